"""What was written to a learner, beside what an assignment shows of the answer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from interview.services import notices
from interview.services.notifying import APPEAL_DECIDED, COMMENT, REGRADED, Told, tell
from interview.services.unit import write
from tests.support.attempts import Item, add_attempt
from tests.support.classes import principal
from tests.support.clock import START
from tests.support.marking import Marked, marked

LATER = START + timedelta(days=30)
BESIDE = (COMMENT, REGRADED, APPEAL_DECIDED)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def say(user: int, attempt: int, *kinds: str) -> None:
    told = [Told(user, kind, "Told.", "Written.", "answer", attempt, 1) for kind in kinds]
    with write() as session:
        tell(session, told, START)


def kept_back(found: Marked) -> list[str]:
    """The kinds of those whose words are withheld, in the order in which they were told."""
    listed = notices.listing(principal(found.ada), None)
    numbers = notices.withheld(listed, LATER)
    return [one.kind for one in listed.notices if one.id in numbers][::-1]


@pytest.mark.parametrize(
    ("terms", "kinds"),
    [
        ({}, []),
        ({"answer_when": "never"}, [COMMENT, APPEAL_DECIDED]),
        ({"score_when": "never"}, [REGRADED]),
        ({"points_when": "never"}, [APPEAL_DECIDED]),
        ({"score_when": "date", "score_from": LATER}, []),
        ({"score_when": "date", "score_from": LATER + timedelta(seconds=1)}, [REGRADED]),
    ],
)
def test_what_is_written_beside_an_answer_is_shown_with_that_part_of_it(
    terms: dict[str, Any], kinds: list[str]
) -> None:
    found = marked(**terms)
    say(found.ada, found.attempt, *BESIDE)
    assert kept_back(found) == kinds


def test_own_practice_and_what_is_gone_keep_nothing_back() -> None:
    found = marked(**dict.fromkeys(("score_when", "answer_when", "points_when"), "never"))
    own = add_attempt(found.ada, items=[Item()])
    say(found.ada, own, *BESIDE)
    say(found.ada, own + 1, *BESIDE)
    assert kept_back(found) == []
