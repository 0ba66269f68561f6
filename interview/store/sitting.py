"""Statements of the two hot paths, answering and saving, prepared once; see also `handing_in`.

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
from interview.store.personal import has_wordings
from interview.store.types import UTCDateTime

# Tables and their columns, not mapped classes: the ORM's own machinery would cost as much
# again as the statement.
_ATTEMPTS, _ITEMS, _DRAFTS = table(Attempt), table(AttemptItem), table(Draft)
_VERSIONS, _QUESTIONS = table(QuestionVersion), table(Question)
_A, _I, _D = _ATTEMPTS.c, _ITEMS.c, _DRAFTS.c
_V, _Q = _VERSIONS.c, _QUESTIONS.c


def changed(session: Session, statement: sa.Update, values: dict[str, Any]) -> bool:
    """Run an update and say whether its conditions held for any row."""
    result = cast("sa.CursorResult[Any]", session.execute(statement, values))
    return result.rowcount > 0


def bound(name: str, column: Any) -> sa.BindParameter[Any]:
    """A parameter that is written as its column is."""
    return bindparam(name, type_=column.type)


DRAFT_JOIN = sa.and_(_D.attempt_id == _I.attempt_id, _D.position == _I.position)
RUBRIC = sa.func.coalesce(_I.rubric_version_id, _I.question_version_id)
"""The version that an answer is graded by."""

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
        _V.question_id, RUBRIC.label("rubric_version_id"), has_wordings(_V.question_id),
        _V.prompt, _Q.target_seconds, _D.text, _D.revision, _D.writer, _D.saved_at,
    )
    .select_from(_ITEMS)
    .join(_VERSIONS, _V.id == _I.question_version_id)
    .join(_QUESTIONS, _Q.id == _V.question_id)
    .outerjoin(_DRAFTS, DRAFT_JOIN)
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
    .values(position=bound("to_position", _A.position), shown_at=bound("to_shown", _A.shown_at))
)

# The step has read the clocks before: the next question must not start by old ones.
STEP = MOVE.where(
    _A.deadline_at.is_not_distinct_from(bound("seen_deadline", _A.deadline_at)),
    _A.question_limit_seconds.is_not_distinct_from(bound("seen_limit", _A.question_limit_seconds)),
    _A.time_factor == bound("seen_factor", _A.time_factor),
)

CLOSE_ITEM = (
    sa.update(_ITEMS)
    .where(
        _I.attempt_id == bindparam("attempt"),
        _I.position == bindparam("at"),
        _I.state.in_(bindparam("from_states", expanding=True)),
        sa.func.coalesce(
            sa.select(_D.revision).where(DRAFT_JOIN).correlate(_ITEMS).scalar_subquery(), 0
        )
        == bindparam("seen_revision"),
    )
    .values(
        state=bound("to_state", _I.state),
        score=bound("to_score", _I.score),
        seconds_used=bound("to_seconds", _I.seconds_used),
    )
)

# What was graded before the write must not have got another rubric since.
CLOSE_GRADED = CLOSE_ITEM.where(bindparam("seen_rubric", type_=sa.Integer()) == RUBRIC)

OPEN_ITEM = (
    sa.update(_ITEMS)
    .where(
        _I.attempt_id == bindparam("attempt"),
        _I.position == bindparam("at"),
        _I.state.in_(("unseen", "open")),
    )
    .values(
        state="open",
        first_shown_at=bound("to_first", _I.first_shown_at),
        deadline_at=bound("to_deadline", _I.deadline_at),
        cutoff_at=bound("to_cutoff", _I.cutoff_at),
        seconds_used=bound("to_seconds", _I.seconds_used),
    )
)

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

# Taking the row's lock: on PostgreSQL two requests on one attempt queue here. SQLite has one
# writer at a time anyway, and ignores it.
ATTEMPT_LOCKED = ATTEMPT.with_for_update()

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
    .values(flagged=bound("to_flagged", _I.flagged))
)

PAUSE = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"), _A.state == "open", _A.paused_at.is_(None))
    .values(paused_at=bound("to_paused", _A.paused_at))
)

GO_ON = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"))
    .values(
        paused_at=None,
        deadline_at=bound("to_deadline", _A.deadline_at),
        cutoff_at=bound("to_cutoff", _A.cutoff_at),
    )
)

SHIFT_ITEM = (
    sa.update(_ITEMS)
    .where(_I.attempt_id == bindparam("attempt"), _I.position == bindparam("at"))
    .values(
        deadline_at=bound("to_deadline", _I.deadline_at),
        cutoff_at=bound("to_cutoff", _I.cutoff_at),
    )
)

OVERVIEW = (
    sa.select(
        _I.position, _I.state, _I.flagged, _I.deadline_at, _I.limit_seconds, _I.added_seconds,
        _V.prompt, _D.text,
    )
    .select_from(_ITEMS)
    .join(_VERSIONS, _V.id == _I.question_version_id)
    .outerjoin(_DRAFTS, DRAFT_JOIN)
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)  # fmt: skip
