"""Programs of the project, run for real and never left behind."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from interview.web.config import ROOT

PATIENCE_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(what: Callable[[], bool], why: str) -> None:
    """Wait until something holds; what it waits for must come, however slow the machine."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, f"waited in vain for {why}"
        time.sleep(0.05)


class Program:
    """A running ``python -m …`` with what it has printed so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self.pid = process.pid
        self._log = log

    @property
    def output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str) -> None:
        """Wait until the program has printed this."""
        wait_for(lambda: text in self.output or self.process.poll() is not None, text)
        assert text in self.output, f"it stopped without {text!r}:\n{self.output}"

    def wait(self) -> int:
        """Wait for its end and return its status."""
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.pid).children(recursive=True)


@contextmanager
def running(module: str, log: Path, *arguments: str, **environment: str) -> Iterator[Program]:
    """Run a module as a program; it and its children are gone after the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    left: list[psutil.Process] = [psutil.Process(process.pid)]
    try:
        program = Program(process, log)
        yield program
    finally:
        if process.poll() is None:
            left += left[0].children(recursive=True)
        for one in left:
            if one.is_running():
                one.kill()
        process.wait()
