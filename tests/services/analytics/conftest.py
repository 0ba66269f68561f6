from collections.abc import Iterator

import pytest
from flask import Flask

from interview.services.principals import Principal
from tests.support.classes import add_class, add_instructor, principal


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def iris() -> Principal:
    """Somebody who teaches the class number one."""
    instructor = add_instructor()
    assert add_class(instructor=instructor) == 1
    return principal(instructor)
