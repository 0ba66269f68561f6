"""A real server process on a fresh database, watched for CPU and memory."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from flask import Flask

from interview.services.bank import load_bank
from interview.services.grading import DATA
from interview.web.app import create_app
from interview.web.clock import system_clock
from interview.web.config import ROOT, Settings
from tests.support.databases import SECRET, migrate

_SERVE = (
    "from waitress import serve; import logging, os;"
    "logging.getLogger('waitress.queue').setLevel(logging.ERROR);"
    "from interview.web.app import create_app;"
    "from interview.web.config import Settings;"
    "from interview.web.serve import THREADS;"
    "app = create_app(Settings.from_env(os.environ, production=False));"
    "serve(app, host='127.0.0.1', port=int(os.environ['PORT']), threads=THREADS, ident='')"
)


@dataclass(frozen=True)
class Server:
    """A running server."""

    app: Flask
    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """CPU seconds used so far, user and system."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    def memory_mib(self) -> float:
        """Resident memory in MiB."""
        return float(self.process.memory_info().rss) / 2**20


def prepared_app(url: str, folder: Path) -> Flask:
    """Migrate a database, load the shipped bank, and return an app on it."""
    migrate(url, folder)
    app = create_app(Settings(database_url=url, secret_key=SECRET, instance=folder))
    with app.app_context():
        load_bank([DATA / "bank"], system_clock())
    return app


@contextmanager
def serving(url: str, folder: Path) -> Iterator[Server]:
    """Serve a fresh database as `make run` does, without its worker."""
    app = prepared_app(url, folder)
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "INSTANCE": str(folder),
        "PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-c", _SERVE], cwd=ROOT, env=environment)
    try:
        _wait(port)
        yield Server(app, port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(timeout=15)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start within ten seconds")
