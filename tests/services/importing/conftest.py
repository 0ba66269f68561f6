"""An author whose context is open, and a clock."""

from collections.abc import Iterator

import pytest
from flask import Flask

from interview.services.principals import Principal
from tests.support.authored import an_author


@pytest.fixture
def person(app: Flask) -> Iterator[Principal]:
    """Iris, who may write questions."""
    with app.app_context():
        yield an_author()
