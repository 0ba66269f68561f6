"""Two classes with everybody who could ask for anything in them.

Names and texts of the class that is asked for are words that occur nowhere else, so that a
leak is told by them.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from interview.services.unit import write
from interview.store.appeals import Appeal
from interview.store.classes import ClassInvitation
from interview.store.db import db
from interview.store.grades import Grade, Submission
from interview.store.sets import AuthoredSet, SetSlot, SetVersion
from tests.support.attempts import KEY_POINT, Item, add_attempt, add_person, add_question
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_group,
    add_instructor,
    add_member,
    add_set_version,
)
from tests.support.clock import START

SECRETS = ("Marmoset", "Okapi", "Quokka", "Zebra", "Pangolin", "TAPIR", "Ocelot", "Bilby")

ROLES = (
    "visitor",
    "guest",
    "other learner",
    "other instructor",
    "classmate",
    "learner",
    "assistant",
    "instructor",
    "administrator",
)


@dataclass(frozen=True)
class Side:
    """One class and what is in it.

    Attributes
    ----------
    numbers : dict of str to int or str
        By the names that addresses give them; ``attempt_id`` is an ended attempt.
    open_attempt : int
        The same learner's attempt that is being sat.
    """

    numbers: dict[str, Any]
    open_attempt: int


@dataclass(frozen=True)
class World:
    """Both classes, and the people's numbers; none for a visitor."""

    own: Side
    other: Side
    people: dict[str, int | None]


def build() -> World:
    """Write both classes, and everybody."""
    iris, olga = add_instructor("Ocelot"), add_instructor("Olga")
    ada, zoe = add_person("Quokka"), add_person("Zoe")
    own = _side(iris, ada, ("Marmoset", "Okapi", "Pangolin", "Zebra", "TAPIR"))
    other = _side(olga, zoe, ("Web 102", "Second test", "Set B", "An answer", "LEMUR"))
    class_id = own.numbers["class_id"]
    people = {
        "visitor": None,
        "guest": add_person("Guest", email=None, is_guest=True),
        "other learner": zoe,
        "other instructor": olga,
        "classmate": add_member(class_id, add_person("Ben")),
        "learner": ada,
        "assistant": add_member(class_id, add_person("Tom"), "assistant"),
        "instructor": iris,
        "administrator": add_person("Root", role="admin"),
    }
    return World(own, other, people)


def _side(teacher: int, learner: int, words: tuple[str, str, str, str, str]) -> Side:
    title, test, set_title, answer, code = words
    class_id = add_class(title, instructor=teacher, join_code=code)
    add_member(class_id, learner)
    versions = [add_question(), add_question()]
    version = add_set_version(teacher, versions)
    set_id = _name_set(version, set_title)
    terms = {"attempts_allowed": 3, "title": test, "reference_when": "never"}
    assignment = add_assignment(class_id, version, **terms)
    done = Item(versions[0], text=f"{answer} said so.")
    left = Item(versions[1], state="open", text=None, score=None)
    attempt = add_assigned(assignment, learner, 1, items=[done, done_again(versions[1])])
    numbers = {
        "class_id": class_id,
        "set_id": set_id,
        "slot_id": _slot(set_id, versions[0]),
        "number": 1,
        "assignment_id": assignment,
        "user_id": learner,
        "group_id": add_group(class_id, f"{title} group"),
        "invitation_id": _invitation(class_id),
        "attempt_id": attempt,
        "appeal_id": _appeal(assignment, learner, attempt, answer),
        "code": code,
    }
    ends = {"state": "open", "ended_at": None, "score": None}
    cutoff = START + timedelta(hours=1)
    sitting = add_assigned(assignment, learner, 2, items=[left], cutoff_at=cutoff, **ends)
    add_attempt(learner, items=[Item(text=f"{answer} in practice.")])
    return Side(numbers, sitting)


def done_again(version: int) -> Item:
    return Item(version, state="unanswered", text=None, score=0.0)


def _name_set(version: int, title: str) -> int:
    with write() as session:
        set_id = session.scalar(sa.select(SetVersion.set_id).where(SetVersion.id == version))
        session.execute(sa.update(AuthoredSet).where(AuthoredSet.id == set_id).values(title=title))
    assert set_id is not None
    return set_id


def _slot(set_id: int, version: int) -> int:
    row = {"set_id": set_id, "position": 1, "kind": "fixed", "question_version_id": version}
    with write() as session:
        return session.execute(sa.insert(SetSlot).values(**row).returning(SetSlot.id)).scalar_one()


def _invitation(class_id: int) -> int:
    row = {"class_id": class_id, "name": "Bilby", "role": "learner", "created_at": START}
    with write() as session:
        return session.execute(
            sa.insert(ClassInvitation)
            .values(**row, email=f"bilby{class_id}@example.org")
            .returning(ClassInvitation.id)
        ).scalar_one()


def _appeal(assignment: int, learner: int, attempt: int, answer: str) -> int:
    graded = sa.select(Submission.id, Grade.id).join(Grade, Grade.submission_id == Submission.id)
    submission, grade = db.session.execute(graded.where(Submission.attempt_id == attempt)).one()
    row = {
        "submission_id": submission, "assignment_id": assignment, "user_id": learner,
        "grade_id": grade, "point_id": "point", "point_text": KEY_POINT,
        "quote": f"{answer} said so.", "created_at": START,
    }  # fmt: skip
    with write() as session:
        return session.execute(sa.insert(Appeal).values(**row).returning(Appeal.id)).scalar_one()


def close() -> None:
    """Let go of the database file, so that it can be copied or put back."""
    db.session.remove()
    db.engine.dispose()
