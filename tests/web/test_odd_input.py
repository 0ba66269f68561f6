"""Whatever is sent in the place of a value, nobody is shown an error of ours."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from interview.web.config import Settings
from tests.support.world import build, close
from tests.web.odd_input import FOR_NUMBERS, FOR_POSTGRESQL, Sender
from tests.web.roles import Walk


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Nothing is tried too often here."""
    return replace(settings, log_in_limit="1000000 per 1 minute")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_no_odd_value_breaks_a_page(app: Flask, tmp_path: Path) -> None:
    walk = Walk.of(app, tmp_path / "test.db", tmp_path / "world.db")

    def put_back() -> None:
        walk.changed = True
        walk.put_back()

    sender = Sender(app, walk.world, put_back)
    assert sender.everything(FOR_NUMBERS) == []


@pytest.mark.postgres
@pytest.mark.parametrize("backend", ["postgresql"])
def test_nothing_that_postgresql_refuses_reaches_it(app: Flask) -> None:
    with app.app_context():
        world = build()
        close()
    assert Sender(app, world).everything(FOR_POSTGRESQL) == []
