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
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app.py", "db", "migrate", "-m", arguments[0]],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE": folder},
            check=False,
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
