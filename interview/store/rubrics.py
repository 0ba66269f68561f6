"""Which version grades an answer, where not the one that was shown: reads and writes."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session, aliased

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class
from interview.store.db import table
from interview.store.regrades import AssignmentRubric, RegradeItem, RegradeRun
from interview.store.regrading import assignments_in, versions_of
from interview.store.sets import SetVersion
from interview.store.types import AnyRow as Row

_A, _I, _R = Attempt, AttemptItem, AssignmentRubric
_UNSYNCED: dict[str, Any] = {"synchronize_session": False}
# A question that was not answered may be opened again with its attempt.
_TO_COME = ("unseen", "open", "unanswered")


def targets(
    session: Session, version_id: int | None, shown: Collection[int]
) -> Sequence[tuple[int, int]]:
    """Pair versions that were shown with the version of the same prompt to grade them by.

    Parameters
    ----------
    version_id : int or None
        That version; None for the current one of each question.
    """
    wanted = version_id if version_id is not None else Question.current_version_id
    by = aliased(QuestionVersion)
    same = (by.question_id == QuestionVersion.question_id, by.prompt == QuestionVersion.prompt)
    found = (
        sa.select(QuestionVersion.id, by.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(by, sa.and_(by.id == wanted, *same))
        .where(QuestionVersion.id.in_(shown))
    )
    return [(row[0], row[1]) for row in session.execute(found)]


def has_moved_on(session: Session, run: Any) -> bool:
    """Whether a question that learners were asked is another than when a run began."""
    return any(
        session.scalar(found.limit(1)) is not None for found in (_newer(run), _compared_by(run))
    )


def _compared_by(run: Any) -> sa.Select[Any]:
    """Select changes by a version that has given way, perhaps to one from before the run."""
    current = aliased(QuestionVersion)
    return (
        sa.select(sa.literal(1))
        .select_from(RegradeItem)
        .join(QuestionVersion, QuestionVersion.id == RegradeItem.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(current, current.id == Question.current_version_id)
        .where(
            RegradeItem.run_id == run.id,
            current.id != QuestionVersion.id,
            current.prompt == QuestionVersion.prompt,
        )
    )


def _newer(run: Any) -> sa.Select[Any]:
    newer = (
        sa.select(sa.literal(1))
        .select_from(_I)
        .join(_A, _A.id == _I.attempt_id)
        .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(*_attempts_of(run))
    )
    current = aliased(QuestionVersion)
    newer = newer.join(current, current.id == Question.current_version_id)
    return newer.where(current.created_at > run.created_at)


def _attempts_of(run: Any) -> list[sa.ColumnElement[bool]]:
    given = _A.assignment_id.in_(assignments_in(run.scope, run.assignment_id, run.owner_id))
    return [sa.or_(_A.assignment_id.is_(None), given) if run.scope == "everywhere" else given]


def hold_classes(session: Session, run: Any) -> None:
    """Have those who start or change anything in the classes of a run wait, in their order."""
    given = assignments_in(run.scope, run.assignment_id, run.owner_id)
    classes = sa.select(Assignment.class_id).where(Assignment.id.in_(given))
    held = sa.select(Class.id).where(Class.id.in_(classes)).order_by(Class.id).with_for_update()
    session.execute(held).all()


def shown_in(session: Session, run: Any) -> set[tuple[int | None, int]]:
    """Pairs of assignment and version that its learners were asked, of a run's scope."""
    asked = (
        sa.select(_A.assignment_id, _I.question_version_id)
        .join(_I, _I.attempt_id == _A.id)
        .where(_A.assignment_id.in_(assignments_in(run.scope, run.assignment_id, run.owner_id)))
        .distinct()
    )
    if run.question_id is not None:
        asked = asked.where(_I.question_version_id.in_(versions_of(run.question_id)))
    return {(row[0], row[1]) for row in session.execute(asked)}


def contents(session: Session, run: Any) -> Sequence[Row]:
    """Assignments of a run's scope, with what their sets ask."""
    given = assignments_in(run.scope, run.assignment_id, run.owner_id)
    columns: tuple[Any, ...] = (Assignment.id, SetVersion.content)
    found = sa.select(*columns).join(SetVersion, SetVersion.id == Assignment.set_version_id)
    return session.execute(found.where(Assignment.id.in_(given))).all()


def rubrics_of(session: Session, assignments: Collection[int]) -> dict[tuple[int, int], int]:
    """By assignment and version that is shown: the version graded by, where it is another."""
    columns: tuple[Any, ...] = (_R.assignment_id, _R.shown_version_id, _R.rubric_version_id)
    found = sa.select(*columns).where(_R.assignment_id.in_(assignments))
    return {(row[0], row[1]): row[2] for row in session.execute(found)}


_ROW = table(AssignmentRubric)
_OF_ROW = (
    _ROW.c.assignment_id == bindparam("assignment"),
    _ROW.c.shown_version_id == bindparam("shown"),
)
_INSERT = sa.insert(_ROW).values(
    assignment_id=bindparam("assignment"),
    shown_version_id=bindparam("shown"),
    rubric_version_id=bindparam("rubric"),
)
_UPDATE = (
    sa.update(_ROW)
    .where(*_OF_ROW, _ROW.c.rubric_version_id == bindparam("seen"))
    .values(rubric_version_id=bindparam("rubric"))
)
_DELETE = sa.delete(_ROW).where(*_OF_ROW, _ROW.c.rubric_version_id == bindparam("seen"))


def put(session: Session, changes: Sequence[tuple[int, int, int | None, int | None]]) -> None:
    """Write by which version assignments grade.

    Parameters
    ----------
    changes : sequence of (int, int, int or None, int or None)
        Assignment, version that is shown, version graded by as it was and as it is to be;
        None for the one that is shown. A row that says something else meanwhile is left.
    """
    rows = [
        {"assignment": assignment, "shown": shown, "seen": seen, "rubric": rubric}
        for assignment, shown, seen, rubric in changes
    ]
    for statement, chosen in (
        (_INSERT, [row for row in rows if row["seen"] is None and row["rubric"] is not None]),
        (_UPDATE, [row for row in rows if row["seen"] is not None and row["rubric"] is not None]),
        (_DELETE, [row for row in rows if row["seen"] is not None and row["rubric"] is None]),
    ):
        if chosen:
            session.execute(statement, chosen)


def hold_attempts(session: Session, run: Any) -> None:
    """Have those who hand in, in running attempts of a run's scope, wait until it is decided.

    Whoever ends an attempt has read by which version to grade what is left in it.
    """
    held = sa.select(sa.inspect(_A).columns["id"]).where(_A.state == "open", *_attempts_of(run))
    session.execute(held.order_by(_A.id).with_for_update()).all()


def mend_items(
    session: Session,
    assignments: Collection[int | None],
    shown: int,
    rubrics: tuple[int | None, int | None],
) -> None:
    """Have answers that are still to come graded by another version.

    Parameters
    ----------
    assignments : collection of (int or None)
        In attempts at these; None stands for own practice.
    shown : int
        The version that is shown.
    rubrics : tuple of (int or None) and (int or None)
        The version that they are graded by, None for any; and the one to grade them by, None
        for the one that is shown.
    """
    seen, rubric = rubrics
    given = [one for one in assignments if one is not None]
    of = [sa.select(sa.inspect(_A).columns["id"]).where(_A.assignment_id.in_(given))]
    if None in assignments:
        practice = (_A.assignment_id.is_(None), _A.state == "open")
        of.append(sa.select(sa.inspect(_A).columns["id"]).where(*practice))
    session.execute(
        sa.update(_I)
        .where(
            _I.question_version_id == shown,
            _I.state.in_(_TO_COME),
            *([] if seen is None else [_I.rubric_version_id == seen]),
            sa.or_(*(_I.attempt_id.in_(one) for one in of)),
        )
        .values(rubric_version_id=rubric),
        execution_options=_UNSYNCED,
    )


_UNDO = aliased(RegradeRun)

_IS_SETTLED = sa.and_(
    RegradeRun.id > bindparam("run"),
    RegradeRun.accepted_at.is_not(None),
    ~sa.exists().where(_UNDO.undoes_id == RegradeRun.id),
)
_IS_WRITING = sa.and_(
    RegradeRun.id < bindparam("run"), RegradeRun.state.in_(("accepted", "applying"))
)

SETTLED_BESIDE: sa.Select[Any] = sa.select(sa.inspect(RegradeRun).columns["rubrics_before"]).where(
    RegradeRun.kind == "regrade", sa.or_(_IS_SETTLED, _IS_WRITING)
)
"""What newer runs than one have changed and not put back, and what older ones are writing now.

See `RegradeRun.rubrics_before`.
"""

PRACTISED = (
    sa.select(sa.inspect(_I).columns["question_version_id"])
    .join(_A, _A.id == _I.attempt_id)
    .where(_A.assignment_id.is_(None), _A.state == "open", _I.state.in_(_TO_COME))
    .distinct()
)
"""Versions that running attempts of own practice still ask."""
