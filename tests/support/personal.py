"""Somebody's own practice with an answer that the grader does not understand."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services import own_wordings
from interview.services.attempts import counting, reviewing, starting
from interview.services.attempts.reviewing import AnswerScreen
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.appeals import PersonalWording
from interview.store.bank import QuestionVersion
from interview.store.db import db
from tests.support.candidate import Candidate, start
from tests.support.classes import principal
from tests.support.clock import FakeClock

EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)
RUBRIC: dict[str, Any] = {
    "references": [
        "A cache keeps copies of slow answers in fast memory. Old copies are thrown away."
    ],
    "key_points": [
        {"id": "copies", "text": "A cache keeps copies of answers in fast memory.",
         "phrasings": [], "weight": 2.0, "required": False},
        {"id": "thrown", "text": "Old copies are thrown away.",
         "phrasings": [], "weight": 1.0, "required": False},
    ],
    "misconceptions": [],
}  # fmt: skip
OWN_WORDS = "Whatever went stale gets evicted sooner or later."
ANSWER = f"A cache keeps copies of answers in fast memory. {OWN_WORDS}"
THROWN = 2
"""The number of the key point that `ANSWER` names in words of its own."""
OWN = 1
"""And which sentence of it does."""


@dataclass
class Practice:
    """A person with a practice attempt of three questions, the first one answered."""

    candidate: Candidate
    person: Principal

    @property
    def attempt(self) -> int:
        return self.candidate.attempt_id

    def screen(self, position: int = 1) -> AnswerScreen:
        now = self.candidate.now()
        return reviewing.answer(self.person.id, self.attempt, position, now)

    def verdicts(self, position: int = 1) -> list[str]:
        evidence = self.screen(position).evidence
        assert evidence is not None
        return [point.verdict for point in evidence.points]

    def count(self, number: int = THROWN, choice: int = OWN, position: int = 1) -> None:
        now = self.candidate.now()
        counting.count(self.person, self.attempt, position, number, choice, now)

    def again(self, clock: FakeClock, *, answer: str = ANSWER) -> "Practice":
        """End this attempt, and answer the first question in another one."""
        self.candidate.finish()
        return _sit(clock, self.person, answer)


def practise(
    clock: FakeClock, *, answer: str = ANSWER, plan: Plan = EACH, **rubric: Any
) -> Practice:
    """Answer the first of three questions on caches; `rubric` changes what they accept."""
    candidate = start(clock, plan)
    with write() as session:
        session.execute(sa.update(QuestionVersion).values(rubric={**RUBRIC, **rubric}))
    candidate.show(1)
    candidate.submit(1, answer)
    return Practice(candidate, principal(candidate.user_id))


def _sit(clock: FakeClock, person: Principal, answer: str) -> Practice:
    clock.advance(minutes=1)
    chosen = starting.Choice(set_slug="three")
    candidate = Candidate(person.id, starting.start(person.id, chosen, EACH, clock()), clock)
    candidate.show(1)
    candidate.submit(1, answer)
    return Practice(candidate, person)


def wordings() -> list[Any]:
    """All that are kept, oldest first."""
    columns = sa.inspect(PersonalWording).columns
    return list(db.session.execute(sa.select(*columns).order_by(PersonalWording.id)))


def add_wordings(like: Any, number: int) -> None:
    """Add wordings to the same key point."""
    row = {name: value for name, value in like._mapping.items() if name != "id"}
    rows = [{**row, "wording": f"w {one}"} for one in range(1, number + 1)]
    with write() as session:
        session.execute(sa.insert(PersonalWording), rows)


def remove(practice: Practice, wording: int | None = None) -> int:
    number = wordings()[0].id if wording is None else wording
    return own_wordings.remove(practice.person, number, practice.candidate.now())
