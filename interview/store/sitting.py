"""Statements of the two hot paths, answering and saving, prepared once.

They are Core statements on columns: no row object is built, and their number a request
is fixed (held by a test that counts them).
"""

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.bank import Question, QuestionVersion
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.types import UTCDateTime

# Tables and their columns, not mapped classes: the ORM's own machinery would cost as much
# again as the statement.
_ATTEMPTS, _ITEMS, _DRAFTS = table(Attempt), table(AttemptItem), table(Draft)
_SUBMISSIONS, _GRADES = table(Submission), table(Grade)
_VERSIONS, _QUESTIONS = table(QuestionVersion), table(Question)
_A, _I, _D, _S = _ATTEMPTS.c, _ITEMS.c, _DRAFTS.c, _SUBMISSIONS.c
_V, _Q = _VERSIONS.c, _QUESTIONS.c


def changed(session: Session, statement: sa.Update, values: dict[str, Any]) -> bool:
    """Run an update and say whether its conditions held for any row."""
    result = cast("sa.CursorResult[Any]", session.execute(statement, values))
    return result.rowcount > 0


def _bound(name: str, column: Any) -> sa.BindParameter[Any]:
    return bindparam(name, type_=column.type)


_DRAFT_JOIN = sa.and_(_D.attempt_id == _I.attempt_id, _D.position == _I.position)

ATTEMPT = sa.select(
    _A.id, _A.user_id, _A.set_id, _A.assignment_id, _A.title, _A.topic, _A.preset, _A.feedback,
    _A.state, _A.pausable, _A.returnable, _A.whole_limit_seconds, _A.question_limit_seconds,
    _A.time_factor, _A.added_seconds, _A.reopened_at, _A.grace_seconds, _A.started_at,
    _A.deadline_at, _A.cutoff_at, _A.paused_at, _A.position, _A.shown_at, _A.item_count,
    _A.finished_at, _A.finish_reason, _A.score,
).where(_A.id == bindparam("attempt"), _A.user_id == bindparam("user"))  # fmt: skip

ITEM = (
    sa.select(
        _I.position, _I.state, _I.flagged, _I.first_shown_at, _I.deadline_at, _I.cutoff_at,
        _I.seconds_used, _I.score, _I.points, _I.limit_seconds, _I.added_seconds,
        _I.question_version_id, _V.prompt,
        _Q.target_seconds, _D.text, _D.revision, _D.writer, _D.saved_at,
    )
    .select_from(_ITEMS)
    .join(_VERSIONS, _V.id == _I.question_version_id)
    .join(_QUESTIONS, _Q.id == _V.question_id)
    .outerjoin(_DRAFTS, _DRAFT_JOIN)
    .where(_I.attempt_id == bindparam("attempt"), _I.position == bindparam("position"))
)  # fmt: skip

ITEM_STATES = (
    sa.select(_I.position, _I.state, _I.flagged)
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)

# Changing the attempt's row first is also what makes two requests on one attempt take turns.
MOVE = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"), _A.state == "open", _A.paused_at.is_(None))
    .values(position=_bound("to_position", _A.position), shown_at=_bound("to_shown", _A.shown_at))
)

# The step has read the clocks before: the next question must not start by old ones.
STEP = MOVE.where(
    _A.deadline_at.is_not_distinct_from(_bound("seen_deadline", _A.deadline_at)),
    _A.question_limit_seconds.is_not_distinct_from(_bound("seen_limit", _A.question_limit_seconds)),
    _A.time_factor == _bound("seen_factor", _A.time_factor),
)

CLOSE_ITEM = (
    sa.update(_ITEMS)
    .where(
        _I.attempt_id == bindparam("attempt"),
        _I.position == bindparam("at"),
        _I.state.in_(bindparam("from_states", expanding=True)),
        sa.func.coalesce(
            sa.select(_D.revision).where(_DRAFT_JOIN).correlate(_ITEMS).scalar_subquery(), 0
        )
        == bindparam("seen_revision"),
    )
    .values(
        state=_bound("to_state", _I.state),
        score=_bound("to_score", _I.score),
        seconds_used=_bound("to_seconds", _I.seconds_used),
    )
)

OPEN_ITEM = (
    sa.update(_ITEMS)
    .where(
        _I.attempt_id == bindparam("attempt"),
        _I.position == bindparam("at"),
        _I.state.in_(("unseen", "open")),
    )
    .values(
        state="open",
        first_shown_at=_bound("to_first", _I.first_shown_at),
        deadline_at=_bound("to_deadline", _I.deadline_at),
        cutoff_at=_bound("to_cutoff", _I.cutoff_at),
        seconds_used=_bound("to_seconds", _I.seconds_used),
    )
)

ADD_SUBMISSION = sa.insert(_SUBMISSIONS).returning(_S.id)
ADD_GRADE = sa.insert(_GRADES)

# One statement asks everything and saves: ownership, state, clocks and the newer draft are
# its conditions. No row comes back when one of them fails; the caller then finds out which.
SAVE_DRAFT = sa.text(
    """
    INSERT INTO drafts (attempt_id, position, text, revision, writer, writer_sequence, saved_at)
    SELECT i.attempt_id, i.position, :text, 1, :writer, :sequence, :now
      FROM attempt_items i JOIN attempts a ON a.id = i.attempt_id
     WHERE a.id = :attempt AND i.position = :position AND a.user_id = :user
       AND a.state = 'open' AND a.paused_at IS NULL AND i.state = 'open'
       AND (a.returnable OR a.position = i.position)
       AND (a.cutoff_at IS NULL OR a.cutoff_at >= :now)
       AND (i.cutoff_at IS NULL OR i.cutoff_at >= :now)
    ON CONFLICT (attempt_id, position) DO UPDATE
       SET text = excluded.text, revision = drafts.revision + 1, writer = excluded.writer,
           writer_sequence = CASE
               WHEN drafts.writer = excluded.writer
                    AND drafts.writer_sequence > excluded.writer_sequence
               THEN drafts.writer_sequence ELSE excluded.writer_sequence END,
           saved_at = excluded.saved_at
     WHERE drafts.revision = :base OR drafts.text = excluded.text
        OR (drafts.writer = excluded.writer AND drafts.writer_sequence < excluded.writer_sequence)
    RETURNING revision
    """
).bindparams(
    sa.bindparam("now", type_=UTCDateTime()),
    sa.bindparam("text", type_=sa.Text()),
    sa.bindparam("writer", type_=sa.Text()),
    sa.bindparam("sequence", type_=sa.Integer()),
)

ITEMS_TO_CLOSE = (
    sa.select(
        _I.position, _I.state, _I.score, _I.points, _I.seconds_used, _I.deadline_at, _I.cutoff_at,
        _I.question_version_id, _D.text, _D.revision, _D.saved_at,
    )
    .select_from(_ITEMS)
    .outerjoin(_DRAFTS, _DRAFT_JOIN)
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)  # fmt: skip

FINISH = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"), _A.state == "open")
    .values(
        state=_bound("to_state", _A.state),
        finished_at=_bound("to_finished", _A.finished_at),
        finish_reason=_bound("to_reason", _A.finish_reason),
        score=_bound("to_score", _A.score),
        shown_at=None,
        paused_at=None,
    )
)

# Taking the row's lock: on PostgreSQL two requests on one attempt queue here. SQLite has one
# writer at a time anyway, and ignores it.
ATTEMPT_LOCKED = ATTEMPT.with_for_update()

SUBMITTED_TEXT = sa.select(_S.text, _S.submitted_at).where(
    _S.attempt_id == bindparam("attempt"), _S.position == bindparam("position")
)

OVERDUE = (
    sa.select(_A.id, _A.user_id)
    .where(_A.state == "open", _A.paused_at.is_(None), _A.cutoff_at < _bound("now", _A.cutoff_at))
    .union(
        sa.select(_A.id, _A.user_id)
        .join(_ITEMS, sa.and_(_I.attempt_id == _A.id, _I.position == _A.position))
        .where(
            _A.state == "open",
            _A.paused_at.is_(None),
            _I.state == "open",
            _I.cutoff_at < _bound("now", _I.cutoff_at),
        )
    )
    .limit(bindparam("most", type_=sa.Integer()))
)

# Only an item that is still open gains time: closing one has counted its last visit already.
ADD_SECONDS = (
    sa.update(_ITEMS)
    .where(
        _I.attempt_id == bindparam("attempt"), _I.position == bindparam("at"), _I.state == "open"
    )
    .values(seconds_used=_I.seconds_used + bindparam("seconds", type_=sa.Float()))
)

FLAG_ITEM = (
    sa.update(_ITEMS)
    .where(_I.attempt_id == bindparam("attempt"), _I.position == bindparam("at"))
    .values(flagged=_bound("to_flagged", _I.flagged))
)

PAUSE = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"), _A.state == "open", _A.paused_at.is_(None))
    .values(paused_at=_bound("to_paused", _A.paused_at))
)

GO_ON = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"))
    .values(
        paused_at=None,
        deadline_at=_bound("to_deadline", _A.deadline_at),
        cutoff_at=_bound("to_cutoff", _A.cutoff_at),
    )
)

SHIFT_ITEM = (
    sa.update(_ITEMS)
    .where(_I.attempt_id == bindparam("attempt"), _I.position == bindparam("at"))
    .values(
        deadline_at=_bound("to_deadline", _I.deadline_at),
        cutoff_at=_bound("to_cutoff", _I.cutoff_at),
    )
)

OVERVIEW = (
    sa.select(
        _I.position, _I.state, _I.flagged, _I.deadline_at, _I.limit_seconds, _I.added_seconds,
        _V.prompt, _D.text,
    )
    .select_from(_ITEMS)
    .join(_VERSIONS, _V.id == _I.question_version_id)
    .outerjoin(_DRAFTS, _DRAFT_JOIN)
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)  # fmt: skip
