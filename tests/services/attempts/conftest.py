from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def database(app: Flask) -> Iterator[Flask]:
    """The app's database, at hand for services without a request."""
    with app.app_context():
        yield app
