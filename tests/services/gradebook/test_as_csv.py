"""The gradebook as a file: everybody whom the filters fit, in chunks, as the page has it."""

import csv
import io

import pytest

from interview.services.gradebook import as_csv as module
from interview.services.gradebook.as_csv import as_csv
from interview.services.gradebook.reading import open_book
from interview.services.gradebook.records import Filters, Order
from interview.services.principals import Principal
from interview.store.db import db
from tests.support.classes import add_assignment, add_learners, add_set_version
from tests.support.clock import START
from tests.support.gradebook import add_entries, set_mean

EVERYBODY, BY_NAME = Filters(), Order()


def rows(
    iris: Principal, filters: Filters = EVERYBODY, order: Order = BY_NAME
) -> list[dict[str, str]]:
    text = "".join(as_csv(open_book(iris, 1), filters, order, START))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("order", [Order(), Order("name", descending=True), Order("mean")])
def test_chunks_hold_everybody_once(
    iris: Principal, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 2)
    people = add_learners(1, "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gil")
    for number, user in enumerate(people[:4]):
        set_mean(1, user, 1 - number / 10)
    listed = [row["learner"][0] for row in rows(iris, order=order)]
    expected = {"name": "ABCDEFG", "mean": "DCBAEFG"}[str(order.by)]
    assert "".join(listed) == (expected[::-1] if order.descending else expected)


def test_a_row_has_the_learner_and_every_assignment(iris: Principal) -> None:
    (ada,) = add_learners(1, "=Ada")
    version = add_set_version(iris.id)
    first = add_assignment(1, version, title="Test")
    second = add_assignment(1, version, title="Test")
    third = add_assignment(1, version, title="Other")
    entry = {"score": 0.815, "attempts": 2, "late_days": 1, "needs_review": 3, "overridden": True}
    add_entries(first, 1, [{"user_id": ada, **entry}])
    add_entries(second, 1, [{"user_id": ada, "score": None, "is_open": True}])
    set_mean(1, ada, 0.815)
    (row,) = rows(iris)
    assert (row["learner"], row["number"], row["mean %"]) == ("'=Ada", str(ada), "82")
    told = {
        name.partition(": ")[2]: row[name] for name in row if name.startswith(f"Test ({first})")
    }
    assert told == {
        "score %": "82",
        "attempts": "2",
        "state": "finished",
        "late days": "1",
        "needs review": "3",
        "by a person": "yes",
    }
    assert row[f"Test ({second}): state"] == "in progress"
    assert (row["Other: state"], row["Other: attempts"], row["Other: late days"]) == (
        "not started", "0", "",
    )  # fmt: skip
    (alone,) = rows(iris, Filters(only=third))
    assert {name.partition(":")[0] for name in alone if ":" in name} == {"Other"}


def test_nobody_is_a_file_with_a_heading(iris: Principal) -> None:
    text = "".join(as_csv(open_book(iris, 1), Filters(), Order(), START))
    assert text == "\ufefflearner,e-mail,number,group,mean %,finished\r\n"


def test_no_transaction_is_open_between_chunks(
    iris: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHUNK", 1)
    add_learners(1, "Ada", "Ben")
    pieces = as_csv(open_book(iris, 1), Filters(), Order(), START)
    next(pieces)
    next(pieces)
    assert not db.session().in_transaction()
