"""Fixtures of the services' tests."""

import pytest
from flask import Flask

from interview.services import mail
from tests.support.accounts import Postbox


@pytest.fixture
def postbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Postbox:
    """What the worker sends goes here."""
    box = Postbox(app)
    monkeypatch.setattr(mail, "post", box.post)
    return box
