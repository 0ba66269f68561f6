"""Draft a migration by comparing the models with a freshly migrated PostgreSQL.

Run as ``python -m tests.support.migration "what it does"``, or ``make migration``. SQLite
would not do: what Alembic drafts from it is not always understood by PostgreSQL.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from interview.web.config import ROOT
from tests.support.databases import SECRET, migrate
from tests.support.postgres import running_postgres


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not arguments[0].strip():
        print('Say what it does: make migration NAME="add a zone to users"', file=sys.stderr)
        return 2
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        url = server.url(server.create())
        migrate(url, Path(folder))
        environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE": folder}
        if _flask_db(environment, "check", quiet=True) == 0:
            print("The migrations lead to the models already; there is nothing to draft.")
            return 0
        return _flask_db(environment, "migrate", "-m", arguments[0], "--rev-id", _next_number())


def _flask_db(environment: dict[str, str], *command: str, quiet: bool = False) -> int:
    program = [sys.executable, "-m", "flask", "--app", "app.py", "db", *command]
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=quiet, check=False)
    return done.returncode


def _next_number() -> str:
    """Number the revisions: their files then sort in the order in which they apply."""
    numbers = [int(path.name[:4]) for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py")]
    return f"{max(numbers, default=0) + 1:04d}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
