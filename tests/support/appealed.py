"""A class whose learner said a key point in words that nobody had thought of."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from interview.services.appeals import contesting, deciding
from interview.services.appeals.deciding import Ruling
from interview.services.assignments import starting
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.appeals import Appeal
from interview.store.assignments import Assignment
from interview.store.bank import Question
from interview.store.db import db
from interview.store.notices import Notification
from tests.support.attempts import add_person
from tests.support.authored import an_author, version_of
from tests.support.authoring import a_question
from tests.support.candidate import Candidate
from tests.support.classes import (
    add_assignment,
    add_class,
    add_learners,
    add_member,
    add_set_version,
    principal,
)
from tests.support.clock import START, FakeClock

SAID = "The rest queue up at the door."
TEXT = f"A mutex lets only one thread into a critical section at a time. {SAID}"
POINT = "others-wait"
NUMBER = 2
REPLY = "Quite so."


@dataclass
class Appealed:
    """Class 1: Iris teaches, Tim assists, Ada and Ben learn; Ada has sat the assignment."""

    iris: Principal
    tim: Principal
    ada: Principal
    ben: Principal
    question: int
    version: int
    assignment: int
    attempt: int

    def sit(self, learner: Principal, text: str = TEXT) -> int:
        """Let a learner sit the assignment, and the grader grade the answer."""
        return sit(self.assignment, learner, text)

    def contest(
        self, learner: Principal | None = None, attempt: int = 0, *, number: int = NUMBER
    ) -> int:
        """Contest a key point with the answer's second sentence."""
        person = learner or self.ada
        about = contesting.look(person, attempt or self.attempt, 1, number, START)
        return contesting.contest(person, about, [1], "They wait there.", START)


def appealed(*, owner: Principal | None = None, **content: Any) -> Appealed:
    """Make the class; the question is Iris's, or the owner's who is given."""
    iris = an_author()
    question = a_question(owner or iris, **content)
    version = version_of(question)
    assert add_class(instructor=iris.id) == 1
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    ada, ben = map(principal, add_learners(1, "Ada", "Ben"))
    assignment = add_assignment(1, add_set_version(iris.id, [version]))
    attempt = sit(assignment, ada, TEXT)
    return Appealed(iris, tim, ada, ben, question, version, assignment, attempt)


def sit(assignment: int, learner: Principal, text: str) -> int:
    attempt = starting.start(learner, assignment, "", START)
    candidate = Candidate(learner.id, attempt, FakeClock())
    candidate.show(1)
    candidate.submit(1, text)
    candidate.finish()
    return attempt


def set_terms(assignment: int, **values: Any) -> None:
    with write() as session:
        session.execute(sa.update(Assignment).where(Assignment.id == assignment).values(values))


def give_question(question: int, owner: int | None) -> None:
    with write() as session:
        session.execute(sa.update(Question).where(Question.id == question).values(owner_id=owner))


def appeal_row(appeal_id: int) -> Any:
    columns = sa.inspect(Appeal).columns
    return db.session.execute(sa.select(*columns).where(Appeal.id == appeal_id)).one()


def told(user_id: int) -> list[tuple[str, str, int | None]]:
    """What somebody was told: kind, target and its number."""
    rows = db.session.execute(
        sa.select(Notification.kind, Notification.target, Notification.target_id)
        .where(Notification.user_id == user_id)
        .order_by(Notification.id)
    )
    return [(row.kind, row.target, row.target_id) for row in rows]


accept = partial(Ruling, "accept", wording=SAID)
decline = partial(Ruling, "decline", reply=REPLY)


def decide(person: Principal, appeal_id: int, ruling: Ruling) -> int | None:
    return deciding.decide(person, appeal_id, ruling, START)
