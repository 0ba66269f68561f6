"""Run everything on one machine: migrate, load the bank, then the server and its worker.

This is what ``make run`` starts. It is the parent: a signal to it stops both, and when the
worker dies it stops too, with an exit status that is not zero.
"""

import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

from waitress.server import create_server

from interview.web.app import create_app
from interview.web.config import ROOT, Settings, SettingsError

HOST = "127.0.0.1"
# Few, because SQLite has one writer at a time and waiting writers hold up one another.
THREADS = 4
_PATIENCE_SECONDS = 15

Worker = subprocess.Popen[bytes]


class Server(Protocol):
    """What is used of waitress's server."""

    def run(self) -> None:
        """Serve until a signal ends it."""

    def close(self) -> None:
        """Stop listening."""


def main() -> int:
    """Serve until a signal or the worker's death; the exit status tells which it was."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    instance = Path(os.environ.get("INSTANCE") or ROOT / "instance")
    if not os.environ.get("SECRET_KEY"):
        ensure_secret(instance)
    try:
        settings = Settings.from_env(os.environ, production=False)
        server = bind(settings)
        for command in (("db", "upgrade"), ("bank", "load")):
            _flask(*command)
    except (SettingsError, StartError) as error:
        print(error, file=sys.stderr)
        return 1
    with _worker() as worker:
        print(f"Mock Interview is at http://{HOST}:{settings.port} (Ctrl+C stops it)", flush=True)
        server.run()
        server.close()
        died = worker.poll()
    if died is not None:
        print(f"The worker stopped by itself (status {died}).", file=sys.stderr)
    return int(died is not None)


class StartError(Exception):
    """The app cannot be started; the message is one line for the operator."""


def ensure_secret(instance: Path) -> None:
    """Make a key of this installation's own, once, that its owner alone can read.

    Parameters
    ----------
    instance : Path
        The folder that holds ``secret.key``; made when missing.
    """
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(instance / "secret.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))


def bind(settings: Settings) -> Server:
    """Take the port before anything else is done: that it is taken is the likely failure.

    Parameters
    ----------
    settings : Settings
        Its port is bound on the loopback address alone.

    Returns
    -------
    Server
        Bound and not yet serving; early connections wait in its queue.

    Raises
    ------
    StartError
        When the port cannot be bound.
    """
    try:
        server: Server = create_server(
            create_app(settings),
            host=HOST,
            port=settings.port,
            threads=THREADS,
            ident="",
            # Waitress would drop what a trusted proxy says before the app can read it.
            clear_untrusted_proxy_headers=settings.proxies == 0,
        )
    except OSError as error:
        raise StartError(
            f"Port {settings.port} cannot be used ({error.strerror}). Try: make run PORT=8001"
        ) from error
    return server


def _flask(*command: str) -> None:
    """Run a command in a process of its own: Alembic and the importers stay out of this one."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", "app.py", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode != 0:
        raise StartError(f"`flask {' '.join(command)}` failed; nothing was started.")


@contextmanager
def _worker() -> Iterator[Worker]:
    """Keep a worker running; its death ends the server, and the server's end stops it."""
    # A session of its own, so that Ctrl+C reaches this process alone and the worker can finish
    # what it is doing.
    worker = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "interview.web.worker", "--parent", str(os.getpid())],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=_end_with, args=(worker,), daemon=True).start()
    try:
        yield worker
    finally:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        worker.terminate()
        try:
            worker.wait(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()


def _end_with(worker: Worker) -> None:
    worker.wait()
    os.kill(os.getpid(), signal.SIGTERM)


def _stop(_number: int, _frame: FrameType | None) -> None:
    # Waitress takes this as the sign to finish the requests in hand and return.
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
