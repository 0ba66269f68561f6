"""A class whose answers a better rubric grades otherwise: one key point gains a wording."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.services import grading
from interview.services.principals import Principal
from interview.services.regrading import making
from interview.services.regrading.records import Wish
from interview.services.unit import UNSYNCED, write
from interview.store.appeals import Appeal
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.attempts import Item, add_attempt, add_question
from tests.support.authored import revise
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.clock import START
from tests.support.page import Page

PROMPT = "What does a CSRF token protect against?"
WORDING = "checks that you yourself pressed the button"
SAID = "It checks that you yourself pressed the button. It is sent in a hidden field of the form."
REFERENCE = (
    "The token stops another site from forging a request with the session of the user: "
    "that site cannot read the token, which is sent in a hidden field of the form."
)
OTHER = "It is sent in a hidden field of the form."


def _rubric(*phrasings: str) -> dict[str, Any]:
    def point(name: str, text: str, *others: str) -> dict[str, Any]:
        return {"id": name, "text": text, "phrasings": list(others), "weight": 1.0}

    return {
        "references": [REFERENCE],
        "key_points": [
            point("forged", "Another site cannot forge a request with the session.", *phrasings),
            point("secret", "Another site cannot read the token."),
            point("hidden", "The token is sent in a hidden field of the form."),
        ],
        "misconceptions": [],
    }


@dataclass(frozen=True)
class Regraded:
    """The class, its learners by name, and the versions with and without the wording.

    Attributes
    ----------
    attempts : dict of str to int
        By learner; each has answered once.
    """

    iris: Principal
    class_id: int
    assignment: int
    question: int
    old: int
    new: int
    attempts: dict[str, int]

    def wish(self, **changes: Any) -> Wish:
        usual: dict[str, Any] = {
            "scope": "assignment",
            "assignment_id": self.assignment,
            "question_id": self.question,
            "version_id": None,
            "appeal_id": None,
            "policy": "computed",
            "reason": "A wording was accepted.",
        }
        return Wish(**{**usual, **changes})

    def ask(self, person: Principal | None = None, **changes: Any) -> int:
        """Ask for a run, as the form does."""
        return making.make(person or self.iris, self.wish(**changes), START)

    def appeal(self, name: str) -> int:
        """Have somebody's appeal accepted, with the wording that the newer version has."""
        row = db.session.execute(
            sa.select(Submission.id, Grade.id.label("grade_id"))
            .join(Grade, Grade.submission_id == Submission.id)
            .where(Submission.attempt_id == self.attempts[name])
        ).one()
        values = {
            "submission_id": row.id, "assignment_id": self.assignment, "grade_id": row.grade_id,
            "user_id": learner_of(self.attempts[name]), "point_id": "forged",
            "point_text": "Another site cannot forge a request with the session.",
            "quote": WORDING, "status": "accepted", "wording": WORDING,
            "made_version_id": self.new, "decided_by": self.iris.id, "decided_at": START,
            "created_at": START,
        }  # fmt: skip
        with write() as session:
            return session.execute(
                sa.insert(Appeal).values(values).returning(Appeal.id)
            ).scalar_one()


def regraded(**answers: str) -> Regraded:
    """Class, assignment and answers; the question has a newer version with the wording.

    Parameters
    ----------
    **answers
        What each learner wrote, by name; Ada and Ben say the same by default, Cyd does not.
    """
    iris = principal(add_instructor())
    class_id = add_class(instructor=iris.id)
    old = add_question(prompt=PROMPT)
    _set_rubric(old)
    assignment = add_assignment(class_id, add_set_version(iris.id, [old]))
    said = answers or {"Ada": SAID, "Ben": SAID, "Cyd": OTHER}
    attempts = {
        name: add_assigned(assignment, learner, items=[Item(old, text=said[name])])
        for name, learner in zip(said, add_learners(class_id, *said), strict=True)
    }
    for attempt in attempts.values():
        grade_by(old, attempt)
    question = db.session.scalar(
        sa.select(QuestionVersion.question_id).where(QuestionVersion.id == old)
    )
    assert question is not None
    new = revise(question, rubric=_rubric(WORDING))
    return Regraded(iris, class_id, assignment, question, old, new, attempts)


def practise(world: Regraded, learner: int, text: str = SAID) -> int:
    """Answer the question in own practice, before the wording was accepted."""
    attempt = add_attempt(learner, items=[Item(world.old, text=text)])
    grade_by(world.old, attempt)
    return attempt


def moves(page: Page) -> list[tuple[str, str]]:
    """Whose grades change, and from what to what, as the page of a run lists them."""
    scores = page.texts(".change-score > p:first-child")
    return list(zip(page.texts(".regrade-change h3"), scores, strict=True))


def put_score(attempt: int, score: float) -> None:
    """Give the only grade of an attempt another score, as an older grader might have."""
    with write() as session:
        chosen = sa.select(Submission.id).where(Submission.attempt_id == attempt)
        session.execute(
            sa.update(Grade).where(Grade.submission_id.in_(chosen)).values(score=score),
            execution_options=UNSYNCED,
        )


def grade_by(version: int, attempt: int) -> None:
    """Give the only answer of an attempt the grade that the grader gives it."""
    row = db.session.execute(
        sa.select(Submission.id, Submission.text).where(Submission.attempt_id == attempt)
    ).one()
    grade = grading.grade_answer(version, row.text)
    values = {
        "score": grade.score, "verdict": grade.to_dict(), "needs_review": grade.needs_review,
        "grader_version": grade.grader_version,
    }  # fmt: skip
    with write() as session:
        session.execute(
            sa.update(Grade).where(Grade.submission_id == row.id).values(values),
            execution_options=UNSYNCED,
        )
        session.execute(
            sa.update(AttemptItem)
            .where(AttemptItem.attempt_id == attempt)
            .values(score=grade.score),
            execution_options=UNSYNCED,
        )


def _set_rubric(version: int) -> None:
    with write() as session:
        session.execute(
            sa.update(QuestionVersion)
            .where(QuestionVersion.id == version)
            .values(rubric=_rubric()),
            execution_options=UNSYNCED,
        )


def learner_of(attempt: int) -> int:
    found = db.session.scalar(sa.select(Attempt.user_id).where(Attempt.id == attempt))
    assert found is not None
    return found
