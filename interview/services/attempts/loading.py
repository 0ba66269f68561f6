"""Reading an attempt for its owner; the one place that decides whose it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from interview.rules import attempt as rules
from interview.rules.attempt import ItemState
from interview.rules.clock import earliest
from interview.services.attempts.records import ClockFace, Dot, NotFound, QuestionScreen
from interview.store import sitting
from interview.store.types import AnyRow

Row = AnyRow

LARGEST = 2**31 - 1
"""The largest number of a row; anything larger in an address is no row's number."""


class Place(NamedTuple):
    """Where one item stands in its attempt."""

    position: int
    state: ItemState
    flagged: bool


def attempt_of(session: Session, user_id: int, attempt_id: int, *, lock: bool = False) -> Row:
    """Read somebody's own attempt.

    Parameters
    ----------
    lock : bool
        Whether to hold other writers on it back until the transaction ends.

    Raises
    ------
    NotFound
        When there is none with that number, or it is somebody else's.
    """
    if attempt_id > LARGEST:
        raise NotFound
    statement = sitting.ATTEMPT_LOCKED if lock else sitting.ATTEMPT
    row = session.execute(statement, {"attempt": attempt_id, "user": user_id}).first()
    if row is None:
        raise NotFound
    return row


def item_of(session: Session, attempt_id: int, position: int) -> Row:
    """Read one item of an attempt with its prompt and draft.

    Raises
    ------
    NotFound
        When the attempt has no such question.
    """
    if position > LARGEST:
        raise NotFound
    row = session.execute(sitting.ITEM, {"attempt": attempt_id, "position": position}).first()
    if row is None:
        raise NotFound
    return row


def places_of(session: Session, attempt_id: int) -> list[Place]:
    """Position, state and flag of every item, in order."""
    rows = session.execute(sitting.ITEM_STATES, {"attempt": attempt_id})
    return [Place(position, ItemState(state), flagged) for position, state, flagged in rows]


def with_state(places: Sequence[Place], position: int, state: ItemState) -> list[Place]:
    """The same places after one of them changed its state."""
    return [p._replace(state=state) if p.position == position else p for p in places]


def states_of(places: Sequence[Place]) -> list[ItemState]:
    """The states alone."""
    return [place.state for place in places]


def question_screen(
    attempt: Row, item: Row, places: Sequence[Place], deadline: datetime | None
) -> QuestionScreen:
    """Put together what the question page shows.

    Parameters
    ----------
    attempt, item : Row
        As `attempt_of` and `item_of` read them; the item is open.
    places : sequence of Place
        Every item, for the dots.
    deadline : datetime or None
        The question's own.
    """
    return QuestionScreen(
        attempt_id=attempt.id,
        title=attempt.title,
        position=item.position,
        count=attempt.item_count,
        prompt=item.prompt,
        target=timedelta(seconds=item.target_seconds),
        text=item.text or "",
        base=item.revision or 0,
        writer=token_hex(6),
        saved_at=item.saved_at,
        flagged=item.flagged,
        dots=_dots(places, item.position, returnable=attempt.returnable),
        clocks=clock_faces(attempt, item, deadline),
        feedback_each=attempt.feedback == rules.Feedback.EACH,
        pausable=attempt.pausable,
        returnable=attempt.returnable,
        can_reveal=attempt.preset == rules.Preset.PRACTICE,
        assigned=attempt.assignment_id is not None,
    )


def _dots(places: Sequence[Place], current: int, *, returnable: bool) -> tuple[Dot, ...]:
    states = states_of(places)
    return tuple(
        Dot(
            position=place.position,
            state=place.state,
            flagged=place.flagged,
            current=place.position == current,
            reachable=rules.may_open(states, current, place.position, returnable=returnable),
        )
        for place in places
    )


def clock_faces(
    attempt: Row, item: Row, question_deadline: datetime | None
) -> tuple[ClockFace, ...]:
    """The clocks of an attempt and of one question of it; the nearer to the eye comes first."""
    faces = []
    grace = timedelta(seconds=attempt.grace_seconds)
    if question_deadline and attempt.question_limit_seconds:
        length = _own_limit(attempt, item) + timedelta(seconds=item.added_seconds)
        faces.append(ClockFace("question", question_deadline, length, grace))
    if attempt.deadline_at:
        length = _whole_length(attempt)
        faces.append(ClockFace("attempt", attempt.deadline_at, length, grace))
    return tuple(faces)


def _whole_length(attempt: Row) -> timedelta:
    """The whole time of an attempt; up to its closing where nothing else limits it."""
    if attempt.whole_limit_seconds is None or attempt.reopened_at is not None:
        until_close: timedelta = attempt.deadline_at - (attempt.reopened_at or attempt.started_at)
        return until_close
    stated, added = attempt.whole_limit_seconds, attempt.added_seconds
    return timedelta(seconds=stated * attempt.time_factor + added)


def _own_limit(attempt: Row, item: Row) -> timedelta:
    """The limit of one question for this learner."""
    stated: int = item.limit_seconds or attempt.question_limit_seconds
    own: timedelta = timedelta(seconds=stated) * attempt.time_factor
    return own


def opening_values(attempt: Row, item: Row, now: datetime) -> dict[str, Any]:
    """The columns of an item that change when it is put on screen.

    The question's own clock starts at its first display, and never again. A visit that
    ended without a word (a closed browser) counts as far as its last save.
    """
    first = item.first_shown_at or now
    deadline, cutoff = item.deadline_at, item.cutoff_at
    if item.first_shown_at is None and attempt.question_limit_seconds:
        deadline = earliest(now + _own_limit(attempt, item), attempt.deadline_at)
        cutoff = deadline and deadline + timedelta(seconds=attempt.grace_seconds)
    used = item.seconds_used
    same_visit = attempt.position == item.position and attempt.shown_at is not None
    if same_visit and item.saved_at is not None and item.saved_at > attempt.shown_at:
        used += (item.saved_at - attempt.shown_at).total_seconds()
    return {
        "attempt": attempt.id,
        "at": item.position,
        "to_first": first,
        "to_deadline": deadline,
        "to_cutoff": cutoff,
        "to_seconds": used,
    }


def seconds_on_screen(attempt: Row, item: Row, until: datetime) -> float:
    """Time used on an item by all its visits, the present one included."""
    used: float = item.seconds_used
    if attempt.position == item.position and attempt.shown_at is not None:
        used += max(0.0, (until - attempt.shown_at).total_seconds())
    return used
