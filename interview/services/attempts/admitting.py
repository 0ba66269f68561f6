"""Whether something typed can be taken: whose it is, whether it is in time, and newest."""

from dataclasses import dataclass, replace
from datetime import datetime

from interview.rules.attempt import ANSWER_LIMIT, AttemptState, Feedback, ItemState
from interview.rules.typed import clean
from interview.services.attempts.loading import (
    Place,
    Row,
    attempt_of,
    item_of,
    places_of,
    question_screen,
    states_of,
)
from interview.services.attempts.records import (
    AlreadyClosed,
    Conflict,
    Ended,
    Graded,
    NotShownYet,
    Outcome,
    Paused,
    QuestionScreen,
    Refused,
    TimeUp,
)
from interview.services.attempts.settling import needs_settling, settle
from interview.services.attempts.showing import not_sittable, resume
from interview.store import handing_in
from interview.store.db import db


class Overtaken(Exception):
    """Another request wrote between our look and our write."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sent for one question.

    Attributes
    ----------
    base : int
        Revision of the draft that the page last knew.
    writer : str
        Name of the open page.
    confirmed : bool
        Whether an empty answer is meant.
    """

    position: int
    text: str
    base: int
    writer: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Admitted:
    """An answer that may be written.

    Attributes
    ----------
    text : str
        The answer as it will be kept.
    """

    attempt: Row
    item: Row
    places: list[Place]
    text: str

    def screen(self) -> QuestionScreen:
        """The question's page as it stands."""
        return question_screen(self.attempt, self.item, self.places, self.item.deadline_at)


def admit(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Admitted | Outcome:
    """Check all that must hold before an answer, a skip or a pause is written.

    Returns
    -------
    Admitted or Outcome
        What may be written, or what the learner is shown instead.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    NotShownYet
        When the question has not been on screen.
    """
    attempt = attempt_of(db.session(), user_id, attempt_id)
    item = item_of(db.session(), attempt_id, answer.position)
    text = clean(answer.text).text
    if needs_settling(attempt, item if item.position == attempt.position else None, now):
        return _too_late(user_id, attempt_id, item, text, now)
    if attempt.state != AttemptState.OPEN or ItemState(item.state).is_closed:
        return _first_result(user_id, attempt, item, text, now)
    elsewhere = not_sittable(attempt)
    if elsewhere:
        return _with_unsaved(elsewhere, item, text)
    if item.state == ItemState.UNSEEN:
        raise NotShownYet
    places = places_of(db.session(), attempt_id)
    admitted = Admitted(attempt, item, places, text)
    return _left_behind(admitted) or _refusal(admitted, answer) or admitted


def _with_unsaved(elsewhere: Ended | Paused, item: Row, text: str) -> Outcome:
    """A pause on another page does not swallow what was typed on this one."""
    if isinstance(elsewhere, Paused) and text.strip() != (item.text or "").strip():
        return replace(elsewhere, typed=text)
    return elsewhere


def _left_behind(admitted: Admitted) -> AlreadyClosed | None:
    """Without return a question cannot be answered after it was left."""
    attempt, item = admitted.attempt, admitted.item
    if attempt.returnable or attempt.position == item.position:
        return None
    return AlreadyClosed(attempt.id, item.position, admitted.text)


def _refusal(admitted: Admitted, answer: Answer) -> Refused | Conflict | None:
    item, text = admitted.item, admitted.text
    if len(text) > ANSWER_LIMIT:
        return Refused(admitted.screen(), text, "long")
    newer = item.revision and item.revision != answer.base and item.writer != answer.writer
    if newer and item.text != text:
        return Conflict(admitted.screen(), text)
    return None


def _too_late(user_id: int, attempt_id: int, item: Row, text: str, now: datetime) -> Outcome:
    settle(user_id, attempt_id, now)
    attempt = attempt_of(db.session(), user_id, attempt_id)
    kept = _submitted_text(attempt_id, item.position)
    late = "" if text.strip() == kept.strip() else text
    if attempt.state != AttemptState.OPEN:
        return Ended(attempt_id, late)
    return TimeUp(attempt_id, item.position, attempt.position, kept, item.saved_at, late)


def _first_result(user_id: int, attempt: Row, item: Row, text: str, now: datetime) -> Outcome:
    kept = _submitted_text(attempt.id, item.position)
    another = text.strip() and text.strip() != kept.strip()
    if attempt.state != AttemptState.OPEN:
        return Ended(attempt.id, text if another else "")
    if another:
        return AlreadyClosed(attempt.id, item.position, text)
    if attempt.feedback == Feedback.EACH:
        return Graded(attempt.id, item.position)
    return resume(attempt, states_of(places_of(db.session(), attempt.id)), user_id, now)


def _submitted_text(attempt_id: int, position: int) -> str:
    row = db.session.execute(
        handing_in.SUBMITTED_TEXT, {"attempt": attempt_id, "position": position}
    ).first()
    return row.text if row else ""
