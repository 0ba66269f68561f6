"""Somebody who sits an attempt, as tests play them: every move through the real services."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import drafts, moving, overview, showing, starting, submitting
from interview.services.attempts.admitting import Answer
from interview.services.attempts.drafts import NotSaved, Save
from interview.services.attempts.records import Outcome, QuestionScreen, Saved, Showing
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionSet, QuestionSetItem, QuestionVersion
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.attempts import add_person, add_question
from tests.support.clock import FakeClock

GOOD = "The point that has to be made, made in full."
MOCK = Plan(Preset.MOCK, Feedback.END, None, None)


def add_bank(count: int = 3, slug: str = "three") -> str:
    """Add a set of questions and return its slug."""
    versions = [add_question(f"{slug}-{n}", tags=("tag",)) for n in range(1, count + 1)]
    with write() as session:
        found = session.execute(
            sa.select(QuestionVersion.id, QuestionVersion.question_id).where(
                QuestionVersion.id.in_(versions)
            )
        )
        questions = {row.id: row.question_id for row in found}
        made = QuestionSet(slug=slug, title="Three questions", description="", study="open")
        made.updated = date(2026, 1, 1)
        session.add(made)
        session.flush()
        for position, version in enumerate(versions, start=1):
            session.add(
                QuestionSetItem(set_id=made.id, position=position, question_id=questions[version])
            )
    return slug


@dataclass
class Candidate:
    """One person with one attempt.

    Parameters
    ----------
    now
        The clock that every move reads.
    """

    user_id: int
    attempt_id: int
    now: Callable[[], datetime]
    pages: dict[int, QuestionScreen] = field(default_factory=dict)

    def show(self, position: int) -> Outcome:
        outcome = showing.show(self.user_id, self.attempt_id, position, self.now())
        return self._seen(outcome)

    def question(self, position: int) -> QuestionScreen:
        outcome = self.show(position)
        assert isinstance(outcome, Showing), outcome
        return outcome.screen

    def answer(self, position: int, text: str, **values: Any) -> Answer:
        page = self.pages.get(position)
        known = {"base": page.base if page else 0, "writer": page.writer if page else "page"}
        return Answer(position=position, text=text, **{**known, **values})

    def submit(self, position: int, text: str = GOOD, **values: Any) -> Outcome:
        answer = self.answer(position, text, **values)
        return self._seen(submitting.submit(self.user_id, self.attempt_id, answer, self.now()))

    def act(self, name: str, position: int, text: str = "", **values: Any) -> Outcome:
        """Press one of the other buttons: skip, flag, reveal, pause, to_overview."""
        act = getattr(moving, name)
        answer = self.answer(position, text, **values)
        return self._seen(act(self.user_id, self.attempt_id, answer, self.now()))

    def save(
        self, position: int, text: str, *, base: int = 0, writer: str = "page", sequence: int = 1
    ) -> Saved | NotSaved:
        save = Save(self.attempt_id, position, text, base, writer, sequence)
        return drafts.save_draft(self.user_id, save, self.now())

    def overview(self) -> Any:
        return overview.overview(self.user_id, self.attempt_id, self.now())

    def finish(self) -> Outcome:
        return overview.finish_now(self.user_id, self.attempt_id, self.now())

    def attempt(self) -> Any:
        return db.session.execute(
            sa.select(*Attempt.__table__.columns).where(Attempt.id == self.attempt_id)
        ).one()

    def states(self) -> list[str]:
        query = sa.select(AttemptItem.state).where(AttemptItem.attempt_id == self.attempt_id)
        return list(db.session.scalars(query.order_by(AttemptItem.position)))

    def item(self, position: int) -> Any:
        columns = AttemptItem.__table__.columns
        query = sa.select(*columns).where(
            AttemptItem.attempt_id == self.attempt_id, AttemptItem.position == position
        )
        return db.session.execute(query).one()

    def submissions(self) -> Sequence[Any]:
        columns = (Submission.position, Submission.text, Submission.source, Submission.submitted_at)
        query = sa.select(*columns).where(Submission.attempt_id == self.attempt_id)
        return db.session.execute(query.order_by(Submission.position)).all()

    def grades(self) -> int:
        query = sa.select(sa.func.count(Grade.id)).join(Submission)
        count = db.session.scalar(query.where(Submission.attempt_id == self.attempt_id))
        return count or 0

    def _seen(self, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Showing):
            self.pages[outcome.screen.position] = outcome.screen
        return outcome


def start(clock: FakeClock, plan: Plan = MOCK, *, count: int = 3, slug: str = "") -> Candidate:
    """Let a new person start an attempt on a set of questions."""
    slug = slug or add_bank(count)
    user_id = add_person()
    attempt_id = starting.start(user_id, starting.Choice(set_slug=slug), plan, clock())
    return Candidate(user_id, attempt_id, clock)
