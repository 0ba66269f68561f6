"""An app whose context is open, and a kind of job that writes four chunks."""

from collections.abc import Iterator

import pytest
from flask import Flask

from interview.services.jobs import kinds
from tests.support.jobs import KIND, put_chunks


@pytest.fixture(autouse=True)
def in_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(kinds.HANDLERS, KIND, put_chunks)
    with app.app_context():
        yield
