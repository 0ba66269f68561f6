"""Everything else that can be pressed beside an answer: skip, flag, reveal, pause."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState, ItemState, Preset, must_finish, next_open
from interview.rules.clock import shifted
from interview.services.attempts.admitting import Admitted, Answer, Overtaken, admit
from interview.services.attempts.drafts import LAST_WORD, Save, write_draft
from interview.services.attempts.loading import (
    attempt_of,
    item_of,
    question_screen,
    seconds_on_screen,
    states_of,
    with_state,
)
from interview.services.attempts.records import (
    Ended,
    Graded,
    NotFound,
    Outcome,
    Paused,
    Showing,
    ToOverview,
)
from interview.services.attempts.settling import Closing, finish
from interview.services.attempts.showing import add_visit, start_showing
from interview.services.unit import write
from interview.store import sitting

Act = Callable[[Session, Admitted, datetime], Outcome]


def _act(user_id: int, attempt_id: int, answer: Answer, now: datetime, act: Act) -> Outcome:
    """Keep what was typed and do one thing more, in one transaction."""
    admitted = admit(user_id, attempt_id, answer, now)
    if not isinstance(admitted, Admitted):
        return admitted
    try:
        with write() as session:
            if attempt_of(session, user_id, attempt_id, lock=True) != admitted.attempt:
                raise Overtaken
            _keep(session, user_id, admitted, answer.writer, now)
            return act(session, admitted, now)
    except Overtaken:
        # A second look finds what the other request made of the question.
        return _act(user_id, attempt_id, answer, now, act)


def _keep(session: Session, user_id: int, admitted: Admitted, writer: str, now: datetime) -> None:
    item, text = admitted.item, admitted.text
    if text == (item.text or ""):
        return
    known = item.revision or 0
    save = Save(admitted.attempt.id, item.position, text, known, writer, LAST_WORD)
    if write_draft(session, user_id, save, text, now) is None:
        raise Overtaken


def skip(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Leave a question for later, its draft kept, and show the next one."""
    return _act(user_id, attempt_id, answer, now, _skip)


def _skip(session: Session, admitted: Admitted, now: datetime) -> Outcome:
    attempt, item = admitted.attempt, admitted.item
    add_visit(session, attempt, item, now)
    states = states_of(admitted.places)
    following = next_open(states, item.position)
    if following is not None:
        return _go_to(session, admitted, following, now)
    # Without return nothing more can be done here; with it, this question is still open.
    if not attempt.returnable and must_finish(states, item.position, returnable=False):
        finish(session, attempt, Closing(now, "finish"), "learner")
        return Ended(attempt.id)
    _put_away(session, attempt.id, item.position)
    return ToOverview(attempt.id)


def _go_to(session: Session, admitted: Admitted, position: int, now: datetime) -> Showing:
    attempt = admitted.attempt
    session.execute(sitting.MOVE, {"attempt": attempt.id, "to_position": position, "to_shown": now})
    item = item_of(session, attempt.id, position)
    deadline = start_showing(session, attempt, item, now)
    return Showing(question_screen(attempt, item, admitted.places, deadline))


def _put_away(session: Session, attempt_id: int, position: int) -> None:
    session.execute(
        sitting.MOVE, {"attempt": attempt_id, "to_position": position, "to_shown": None}
    )


def to_overview(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Keep what was typed and go to the overview."""
    return _act(user_id, attempt_id, answer, now, _overview)


def _overview(session: Session, admitted: Admitted, now: datetime) -> ToOverview:
    add_visit(session, admitted.attempt, admitted.item, now)
    _put_away(session, admitted.attempt.id, admitted.item.position)
    return ToOverview(admitted.attempt.id)


def flag(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Flag a question for review, or take the flag back; the question stays on screen."""
    return _act(user_id, attempt_id, answer, now, _flag)


def _flag(session: Session, admitted: Admitted, _now: datetime) -> Showing:
    attempt, position = admitted.attempt, admitted.item.position
    flagged = not admitted.item.flagged
    session.execute(
        sitting.FLAG_ITEM, {"attempt": attempt.id, "at": position, "to_flagged": flagged}
    )
    item = item_of(session, attempt.id, position)
    places = [
        place._replace(flagged=flagged) if place.position == position else place
        for place in admitted.places
    ]
    return Showing(question_screen(attempt, item, places, item.deadline_at))


def reveal(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Show the reference answer in practice; the question then counts as not answered.

    Raises
    ------
    NotFound
        When the attempt is no practice.
    """
    return _act(user_id, attempt_id, answer, now, _reveal)


def _reveal(session: Session, admitted: Admitted, now: datetime) -> Outcome:
    attempt = admitted.attempt
    if attempt.preset != Preset.PRACTICE:
        raise NotFound
    item = item_of(session, attempt.id, admitted.item.position)
    closed = sitting.changed(
        session,
        sitting.CLOSE_ITEM,
        {
            "attempt": attempt.id,
            "at": item.position,
            "from_states": ("open",),
            "seen_revision": item.revision or 0,
            "to_state": ItemState.REVEALED,
            "to_score": 0.0,
            "to_seconds": seconds_on_screen(attempt, item, now),
        },
    )
    if not closed:
        raise Overtaken
    _put_away(session, attempt.id, item.position)
    states = states_of(with_state(admitted.places, item.position, ItemState.REVEALED))
    if must_finish(states, item.position, returnable=attempt.returnable):
        finish(session, attempt, Closing(now, "finish"), "learner")
    return Graded(attempt.id, item.position)


def pause(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Stop the clocks of a practice attempt; its question is hidden until it goes on.

    Raises
    ------
    NotFound
        When the attempt cannot be paused.
    """
    return _act(user_id, attempt_id, answer, now, _pause)


def _pause(session: Session, admitted: Admitted, now: datetime) -> Outcome:
    attempt = admitted.attempt
    if not attempt.pausable:
        raise NotFound
    add_visit(session, attempt, admitted.item, now)
    _put_away(session, attempt.id, admitted.item.position)
    session.execute(sitting.PAUSE, {"attempt": attempt.id, "to_paused": now})
    return Paused(attempt.id, attempt.title, now)


def go_on(user_id: int, attempt_id: int, now: datetime) -> int:
    """End a pause: every clock is moved on by its length.

    Returns
    -------
    int
        The question that the attempt stands at.
    """
    with write() as session:
        attempt = attempt_of(session, user_id, attempt_id, lock=True)
        position: int = attempt.position
        if attempt.state != AttemptState.OPEN or attempt.paused_at is None:
            return position
        pause_length = now - attempt.paused_at
        item = item_of(session, attempt_id, position)
        session.execute(
            sitting.GO_ON,
            {
                "attempt": attempt_id,
                "to_deadline": shifted(attempt.deadline_at, pause_length),
                "to_cutoff": shifted(attempt.cutoff_at, pause_length),
            },
        )
        session.execute(
            sitting.SHIFT_ITEM,
            {
                "attempt": attempt_id,
                "at": position,
                "to_deadline": shifted(item.deadline_at, pause_length),
                "to_cutoff": shifted(item.cutoff_at, pause_length),
            },
        )
        return position
