"""What an export holds of appeals, remarks and notifications, and what it keeps back."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from interview.services import export_text, exporting, exporting_told, notifying
from interview.services.marking.remarks import remark
from interview.services.notifying import Told
from interview.services.outbox import REMINDER
from interview.services.unit import write
from tests.support.appealed import (
    REPLY,
    SAID,
    Appealed,
    appealed,
    decide,
    decline,
    set_terms,
)
from tests.support.attempts import add_person
from tests.support.clock import START
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
REMARK = "Well put."
POINT_TEXT = "Other threads block until the mutex is released."


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def case() -> Appealed:
    """What Ada contested is declined, and Tim has written beside her answer."""
    case = appealed()
    decide(case.tim, case.contest(), decline())
    remark(case.tim, case.attempt, 1, REMARK, START)
    return case


def exported(user: int) -> Any:
    return json.loads("".join(export_text.as_json(user, START)))


def item_of(case: Appealed) -> Any:
    return exported(case.ada.id)["attempts"][0]["items"][0]


def test_what_was_contested_said_and_told_is_there(case: Appealed) -> None:
    (appeal,), (said,) = item_of(case)["appeals"], item_of(case)["remarks"]
    assert appeal == {
        "key_point": POINT_TEXT,
        "quote": [SAID],
        "why": "They wait there.",
        "contested_at": START.isoformat(),
        "status": "declined",
        "reply": REPLY,
        "decided_by": "Tim",
        "decided_at": START.isoformat(),
    }
    assert said == {"text": REMARK, "by": "Tim", "written_at": START.isoformat()}
    told = exported(case.ada.id)["notifications"]
    assert [(one["kind"], one["detail"]) for one in told] == [
        ("appeal_decided", REPLY), ("comment", REMARK),
    ]  # fmt: skip
    assert (told[0]["told_at"], told[0]["read_at"]) == (START.isoformat(), None)
    table = "".join(export_text.as_csv(case.ada.id, START))
    for words in ("Declined: ", "They wait there.", REPLY, REMARK):
        assert words in table
    assert REPLY not in json.dumps(exported(case.ben.id))


@pytest.mark.parametrize(
    ("part", "kept_back", "shown"),
    [
        ("points_when", (REPLY, POINT_TEXT), (SAID, REMARK)),
        ("answer_when", (REPLY, SAID, REMARK), ()),
    ],
)
def test_what_the_pages_do_not_show_is_not_there(
    case: Appealed, part: str, kept_back: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    set_terms(case.assignment, **{part: "never"})
    appeal = item_of(case)["appeals"][0]
    assert (appeal["key_point"], appeal["reply"], appeal["why"]) == (None, None, "They wait there.")
    for file in (export_text.as_json, export_text.as_csv):
        found = "".join(file(case.ada.id, START))
        assert all(words not in found for words in kept_back)
        assert all(words in found for words in shown)


def test_what_is_said_of_a_chunk_takes_two_more_statements(
    case: Appealed, statements: Count
) -> None:
    def cost() -> int:
        with statements() as seen:
            list(exporting.attempts(case.ada.id, START))
        return len(seen)

    first = cost()
    case.contest(number=3)
    remark(case.iris, case.attempt, 1, "Again.", START)
    assert cost() == first


def test_notifications_are_read_in_chunks(
    statements: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting_told, "CHUNK", 2)
    user = add_person()
    with write() as session:
        told = [Told(user, REMINDER, f"Number {number}") for number in range(5)]
        notifying.tell(session, told, START)
    with statements() as seen:
        found = list(exporting_told.notifications(user, START))
    assert [one["words"] for one in found] == [f"Number {number}" for number in range(5)]
    assert len(seen) == 4
