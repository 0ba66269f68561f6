"""The shipped bank, loaded once and copied for every journey."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from interview.services import grading
from interview.services.bank import load_bank
from interview.web.config import ROOT, Settings
from tests.conftest import app_under_test
from tests.support.clock import ShiftedClock
from tests.support.databases import SECRET

# So that it says which rule a page broke, and where.
pytest.register_assert_rewrite("tests.journeys.looks")

# What is waited for comes, however busy the machine is.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def migrated_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty database with the shipped bank in it."""
    folder = tmp_path_factory.mktemp("bank")
    path = folder / "template.db"
    shutil.copyfile(migrated_file, path)
    settings = Settings(database_url=f"sqlite:///{path}", secret_key=SECRET, instance=folder)
    clock = ShiftedClock()
    with app_under_test(settings, clock) as app, app.app_context():
        load_bank([ROOT / "data" / "bank"], clock())
    assert not path.with_name("template.db-wal").exists(), "loading left a journal behind"
    return path


@pytest.fixture(autouse=True)
def _fresh_rubrics() -> Iterator[None]:
    """Forget rubrics of other tests' databases, whose versions have the same numbers."""
    grading.forget_compiled()
    yield
    grading.forget_compiled()
