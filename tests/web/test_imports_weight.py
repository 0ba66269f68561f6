"""What a web worker does not load to take files in and to write them: the readers' libraries."""

import subprocess
import sys

import pytest
from flask import Flask

from interview.web.config import ROOT
from tests.support.authored import a_set, an_author
from tests.support.clock import FakeClock
from tests.support.databases import SECRET
from tests.support.imports import as_file, imported, questions_of, whole

LIGHT = """
import io, re, sys
from interview.web.app import create_app
client = create_app().test_client()
with client.session_transaction() as session:
    session["_user_id"], session["_fresh"] = "1.0", True
page = client.get("/bank/import").text
token = re.search('name="csrf_token" value="([^"]+)"', page)[1]
file = (io.BytesIO(b"What is it?"), "article.txt")
sent = client.post("/bank/import", data={"csrf_token": token, "file": file})
pages = [sent.location, "/bank/imports/1", "/bank/imports", "/sets/1/export"]
pages += [f"/sets/1/export?format={kind}" for kind in ("native", "csv", "gift", "moodle")]
assert [client.get(page).status_code for page in pages] == [200] * len(pages)
heavy = {"numpy", "sklearn", "pydantic", "yaml", "alembic", "huey"} & set(sys.modules)
sys.exit(f"loaded: {heavy}" if heavy else 0)
"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_a_web_worker_neither_reads_files_nor_loads_what_reads_them(
    app: Flask, clock: FakeClock
) -> None:
    with app.app_context():
        iris = an_author()
        imported(iris, as_file(whole()), clock)
        a_set(iris, [questions_of(iris.id)["what-is-it"].id])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LIGHT],
        cwd=ROOT,
        env={"DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "SECRET_KEY": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
