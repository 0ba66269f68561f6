"""Which room may import which, and what a process must never load."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interview.web.config import ROOT
from tests.support.databases import SECRET
from tests.support.files import named, of_kind

HEAVY = ("sklearn", "scipy", "numpy", "alembic", "flask_migrate", "pydantic", "huey")
LOADED = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded_by(program: str, **environment: str) -> set[str]:
    """Run a program in a fresh process and return the packages that it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{LOADED}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_rooms_import_only_what_the_plan_allows() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("room", ["interview.grading", "interview.rules", "interview.formats"])
def test_pure_rooms_load_neither_flask_nor_sqlalchemy(room: str) -> None:
    assert not loaded_by(f"import {room}") & {"flask", "sqlalchemy"}


def test_web_process_loads_nothing_heavy(tmp_path: Path) -> None:
    program = "from interview.web.app import create_app; create_app()"
    loaded = loaded_by(program, SECRET_KEY=SECRET, INSTANCE=str(tmp_path))
    assert "flask" in loaded
    assert not loaded & set(HEAVY)


def test_rules_need_the_standard_library_alone() -> None:
    allowed = sys.stdlib_module_names | {"interview"}
    for path in of_kind(".py", under="interview/rules/"):
        assert imports_of(path) <= allowed, named(path)


def imports_of(path: Path) -> set[str]:
    """The packages that a file's import statements name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found
