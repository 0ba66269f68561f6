"""`make run`'s parent: real processes, real signals."""

import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest

from interview.web.serve import ensure_secret
from tests.support.processes import Program, free_port, running, wait_for


@contextmanager
def served(folder: Path, port: int) -> Iterator[Program]:
    """The app as `make run` starts it, in an installation of its own."""
    environment = {"PORT": str(port), "INSTANCE": str(folder / "instance"), "SECRET_KEY": ""}
    environment |= {"DATABASE_URL": "", "MAIL_URL": "", "PUBLIC_URL": ""}
    with running("interview.web.serve", folder / "log", **environment) as program:
        yield program


def refuses(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_server_and_worker(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    with served(tmp_path, port) as program:
        program.wait_for(f"http://127.0.0.1:{port}")
        with urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == HTTPStatus.OK
        (worker,) = program.children()
        os.kill(program.pid, number)
        assert program.wait() == 0
        assert not worker.is_running()
        assert refuses(port)
        assert "Traceback" not in program.output


def test_worker_goes_when_its_parent_was_killed(tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as program:
        program.wait_for("Mock Interview is at")
        (worker,) = program.children()
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        wait_for(lambda: not worker.is_running(), "the worker's end")


def test_server_goes_with_a_bad_status_when_its_worker_died(tmp_path: Path) -> None:
    with served(tmp_path, free_port()) as program:
        program.wait_for("Mock Interview is at")
        (worker,) = program.children()
        worker.kill()
        assert program.wait() == 1
        assert "The worker stopped by itself" in program.output


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with served(tmp_path, port) as program:
            assert program.wait() == 1
            assert f"Port {port} cannot be used" in program.output
    assert not (tmp_path / "instance" / "interview.db").exists()


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    ensure_secret(tmp_path / "instance")
    kept = tmp_path / "instance" / "secret.key"
    key = kept.read_text(encoding="ascii")
    ensure_secret(tmp_path / "instance")
    assert kept.read_text(encoding="ascii") == key
    assert len(key) == 64
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
