"""Databases that are migrated once and then copied for each test that wants one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from interview.web.config import ROOT

SECRET = "a-secret-that-only-the-tests-know!"


def migrate(url: str, instance: Path, *command: str) -> None:
    """Bring a database to the newest schema, or elsewhere, by the command of operators."""
    command = command or ("upgrade",)
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app.py", "db", *command],
        cwd=ROOT,
        env={**environment, "INSTANCE": str(instance)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"`flask db {command[0]}` failed:\n{done.stderr[-3000:]}"


def sqlite_template(folder: Path) -> Path:
    """Make the migrated file that tests copy."""
    path = folder / "template.db"
    migrate(f"sqlite:///{path}", folder)
    assert not path.with_name("template.db-wal").exists(), "the migration left a journal behind"
    return path


def sqlite_copy(template: Path, folder: Path) -> str:
    """Copy the migrated file and return the copy's URL."""
    path = folder / "test.db"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"
