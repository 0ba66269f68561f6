"""The review policy, cell by cell: nothing leaks by any page, fragment or file of a learner.

Each cell is one part of a graded answer, shown from one moment, looked at in one moment; all
other parts are never shown. What is looked for is told apart by its words: the score by a
number that occurs nowhere else, the answer, the key point and the reference by sentences.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import bank
from interview.services.unit import write
from interview.store.assignments import Assignment
from tests.support.attempts import Item, add_attempt
from tests.support.bank_files import question, question_set
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
)
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.study_sets import load

CLOSE = START + timedelta(days=7)
DATE = START + timedelta(days=9)
PARTS = ("score", "answer", "points", "reference")
WHENS = ("never", "each", "finish", "close", "date")
SCORE = 0.3719
MARKS = {
    "score": ("37 %", "0.3719", "37.19", "Partly there", "partly there"),
    "answer": ("Zebras wrote this answer", "Zebras"),
    "points": ("The point that has to be made.",),
    "reference": ("Pelicans are the reference.",),
}
# When it is looked at, and from which of the policy's moments on a part is shown then.
MOMENTS = [
    (START + timedelta(hours=1), {"each", "finish"}),
    (CLOSE + timedelta(seconds=1), {"each", "finish", "close"}),
    (DATE, {"each", "finish", "close", "date"}),
]


@dataclass(frozen=True)
class Case:
    """A learner with an attempt at an assignment, and one of own practice that asks the same."""

    learner: int
    class_id: int
    assignment: int
    attempt: int
    practice: int


@pytest.fixture
def backend() -> str:
    return "sqlite"


def arrange(folder: Path, part: str, when: str, *, is_open: bool) -> Case:
    points = [
        {"id": f"p{n}", "text": text} for n, text in enumerate((*MARKS["points"], "B.", "C."))
    ]
    load(
        folder,
        question(
            "alpha", prompt="What is Alpha?", references=list(MARKS["reference"]), key_points=points
        ),
        question("beta", prompt="What is Beta?"),
        sets=[question_set("alpha", "beta", slug="open-set")],
    )
    versions = [bank.current_version("alpha"), bank.current_version("beta")]
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    (learner,) = add_learners(class_id, "Ada")
    policy: dict[str, Any] = {f"{one}_when": when if one == part else "never" for one in PARTS}
    policy |= {f"{one}_from": DATE for one in PARTS}
    assignment = add_assignment(
        class_id, add_set_version(teacher, versions), closes_at=CLOSE, **policy
    )
    done = Item(versions[0], text=MARKS["answer"][0], score=SCORE)
    left = Item(versions[1], state="open", text=None, score=None)
    ended: dict[str, Any] = {
        "state": "open",
        "ended_at": None,
        "score": None,
        "items": [done, left],
    }
    if not is_open:
        ended = {"ended_at": START, "score": SCORE, "items": [done]}
    feedback = "each" if when == "each" else "end"
    attempt = add_assigned(assignment, learner, feedback=feedback, **ended)
    practised = Item(versions[0], text="Something of my own.", score=0.9)
    practice = add_attempt(learner, ended_at=START - timedelta(days=1), items=[practised])
    return Case(learner, class_id, assignment, attempt, practice)


def surfaces(case: Case) -> list[str]:
    """Every address at which a learner could come upon a graded answer."""
    return [
        "/",
        f"/attempts/{case.attempt}/results",
        f"/attempts/{case.attempt}/answers/1",
        f"/attempts/{case.attempt}/answers/1/next",
        f"/attempts/{case.attempt}/overview",
        f"/attempts/{case.attempt}/questions/1",
        f"/attempts/{case.attempt}/questions/2",
        f"/attempts/{case.attempt}/delete",
        f"/attempts/{case.attempt}/read",
        f"/attempts/{case.attempt}/read?as=learner",
        f"/assignments/{case.assignment}",
        f"/classes/{case.class_id}",
        f"/classes/{case.class_id}/gradebook",
        f"/classes/{case.class_id}/gradebook.csv",
        f"/classes/{case.class_id}/learners/{case.learner}",
        f"/classes/{case.class_id}/learners/{case.learner}.csv",
        "/history",
        "/history/export.json",
        "/history/export.csv",
    ]


def others(case: Case) -> list[str]:
    """Where the same question could be looked up."""
    return [
        "/study/open-set",
        "/study/open-set?q=pelicans",
        "/study/search?q=pelicans",
        "/study/search?q=alpha",
        f"/attempts/{case.practice}/results",
        f"/attempts/{case.practice}/answers/1",
    ]


def seen(client: CheckingClient, addresses: list[str]) -> dict[str, str]:
    """What each address answers, as a page and as a fragment, the reader's practice left out."""
    asked = {"page": {}, "fragment": {"HX-Request": "true"}}
    return {
        f"{path} {kind}": client.flask.get(path, headers=headers).get_data(as_text=True)
        for path in addresses
        for kind, headers in asked.items()
    }


def leaks(texts: dict[str, str], part: str) -> list[tuple[str, str]]:
    return [(where, mark) for where, text in texts.items() for mark in MARKS[part] if mark in text]


def look(client: CheckingClient, case: Case, part: str, *, released: bool) -> None:
    """Look everywhere: the part is shown or not, and no other is."""
    client.log_in(case.learner)
    texts = seen(client, surfaces(case))
    for other in PARTS:
        if other != part or not released:
            assert leaks(texts, other) == []
    if released:
        assert leaks(texts, part) != []
    elsewhere = seen(client, others(case))
    # Both of them, since either alone would answer the question.
    assert leaks(elsewhere, "points") == []
    assert leaks(elsewhere, "reference") == []


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("part", PARTS)
def test_while_it_is_open_a_part_is_shown_after_each_answer_or_not_at_all(
    app: Flask, client: CheckingClient, tmp_path: Path, part: str, when: str
) -> None:
    with app.app_context():
        case = arrange(tmp_path, part, when, is_open=True)
    look(client, case, part, released=when == "each")


@pytest.fixture(params=[(part, when) for part in PARTS for when in WHENS], ids="-".join)
def cell(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A part, and from when it is shown."""
    part, when = request.param
    return part, when


def test_after_its_end_a_part_is_shown_from_its_moment_and_nowhere_before(
    app: Flask, client: CheckingClient, clock: FakeClock, tmp_path: Path, cell: tuple[str, str]
) -> None:
    part, when = cell
    with app.app_context():
        case = arrange(tmp_path, part, when, is_open=False)
    for moment, moments in MOMENTS:
        clock.now = moment
        look(client, case, part, released=when in moments)


def test_once_both_are_shown_study_and_practice_show_them_again(
    app: Flask, client: CheckingClient, clock: FakeClock, tmp_path: Path
) -> None:
    with app.app_context():
        case = arrange(tmp_path, "score", "finish", is_open=False)
    clock.now = START + timedelta(hours=1)
    client.log_in(case.learner)
    assert leaks(seen(client, others(case)), "reference") == []
    with app.app_context(), write() as session:
        session.execute(sa.update(Assignment).values(points_when="finish", reference_when="finish"))
    assert len(leaks(seen(client, others(case)), "reference")) == 2 * len(others(case)) - 4
