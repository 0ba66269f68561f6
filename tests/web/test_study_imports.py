"""What the study pages must not cost a web worker: heavy libraries that it never uses."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from interview.web.config import ROOT
from tests.support.bank_files import question, question_set
from tests.support.databases import SECRET
from tests.support.study_sets import load

LIGHT = """
import sys
from interview.web.app import create_app
client = create_app().test_client()
pages = ["/study", "/study/all", "/study/all?q=it", "/study/search?q=it"]
assert [client.get(page).status_code for page in pages] == [200] * 4
heavy = {"numpy", "sklearn", "scipy", "pydantic", "yaml", "alembic", "huey"} & set(sys.modules)
sys.exit(f"loaded: {heavy}" if heavy else 0)
"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_a_web_worker_loads_nothing_that_it_does_not_need(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        load(tmp_path, question("q"), sets=[question_set("q")])
    done = subprocess.run(
        [sys.executable, "-c", LIGHT],
        cwd=ROOT,
        env={"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "SECRET_KEY": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
