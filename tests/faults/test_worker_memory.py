"""A web process stays small: what only commands and the worker need is never imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from interview.web.config import ROOT
from tests.support.databases import SECRET, sqlite_copy

HEAVY = ("alembic", "huey", "numpy", "pandas", "pydantic", "scipy", "sklearn", "yaml")

PROGRAM = f"""
import sys
from wsgi import app
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import sit

clock = FakeClock()
app.extensions["clock"] = clock
client = CheckingClient(app)
sitter = sit(client, clock)
assert sitter.save("typed").status == 409
page = sitter.sit_through()
assert page.path.endswith("/results"), page
for path in ("/history", "/history/export.json", "/study/three", "/practise", "/", "/readyz"):
    assert client.get(path).status == 200, path
print(sorted(set({HEAVY!r}) & set(sys.modules)))
"""


def test_serving_answers_results_and_history_imports_nothing_heavy(
    migrated_file: Path, tmp_path: Path
) -> None:
    environment = {
        "DATABASE_URL": sqlite_copy(migrated_file, tmp_path),
        "SECRET_KEY": SECRET,
        "SECURE_COOKIES": "0",
        "INSTANCE": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[]"]


@pytest.mark.parametrize("module", ["interview.grading", "interview.rules.attempt"])
def test_pure_rooms_load_no_framework(module: str) -> None:
    program = (
        f"import sys, {module}; print([m for m in ('flask', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
