"""Pages are tested on SQLite; what a database might take differently, on PostgreSQL too.

The services beneath are tested on both, every one of them. Here it is what people type and
look for that may meet another database: text, filters, numbers in addresses, and orders.
"""

from pathlib import Path

import pytest
from flask import Flask

from interview.services.principals import Principal
from tests.support.authored import an_author
from tests.support.authoring import a_draft
from tests.support.client import CheckingClient

ON_BOTH = {
    "test_accounts_registering",
    "test_assignments_started",
    "test_audit",
    "test_class_escaping",
    "test_gradebook",
    "test_gradebook_csv",
    "test_guests",
    "test_history",
    "test_history_delete",
    "test_joining",
    "test_live_extend",
    "test_marking",
    "test_people",
    "test_practice",
    "test_rosters",
    "test_security",
    "test_sets",
    "test_sitting_stale",
    "test_sitting_typed",
    "test_study",
    "test_typed_answers",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would only show the same page once more."""
    left_out = [item for item in items if _is_of_pages(item) and not _is_wanted(item)]
    config.hook.pytest_deselected(items=left_out)
    gone = set(left_out)
    items[:] = [item for item in items if item not in gone]


def _is_of_pages(item: pytest.Item) -> bool:
    return item.path.parent == Path(__file__).parent


def _is_wanted(item: pytest.Item) -> bool:
    if item.path.stem in ON_BOTH or not isinstance(item, pytest.Function):
        return True
    chosen = any("backend" in mark.args[0] for mark in item.iter_markers("parametrize"))
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return chosen or params.get("backend") != "postgresql"


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> Principal:
    """An author who is logged in."""
    with app.app_context():
        person = an_author()
    client.log_in(person.id)
    return person


@pytest.fixture
def draft(app: Flask, iris: Principal) -> str:
    """Where a whole draft is edited."""
    with app.app_context():
        return f"/bank/{a_draft(iris)}/edit"
