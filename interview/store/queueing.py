"""Reads for the marking queue: what waits, how much of it, and the answers of a group.

An answer waits when the newest grade of it asks for a person's eye and its attempt is
finished, as the gradebook counts it. What is counted is found by the gradebook's entries,
which have an index of those where something waits.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.appeals import Appeal
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt
from interview.store.bank import QuestionVersion
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.marking import NEWEST_GRADE
from interview.store.users import User

_A, _E, _S, _G = (table(model).c for model in (Attempt, GradebookEntry, Submission, Grade))
_P, _V, _T = (table(model).c for model in (Appeal, QuestionVersion, Assignment))
_NAME = table(User).c.display_name

Condition = sa.ColumnElement[bool]

# An empty text is odd as well, and there is nothing in it to look at.
FLAGGED: Condition = table(Grade).c.verdict["flags"].as_string().not_in(("[]", '["empty"]'))
"""Whether the grader found something odd about an answer as a whole."""

WAITS: Condition = _G.needs_review
BY_PERSON: Condition = sa.or_(
    _G.graded_by.is_not(None), _G.grader_version == bindparam("person", type_=sa.Text())
)

# As the index of such entries has it: a bound number would not be known to be the same.
_HAS_WAITING: Condition = _E.needs_review > sa.literal_column("0")
_CLASS: sa.BindParameter[int] = bindparam("class", type_=sa.Integer())
_WAITING_ENTRY: Condition = sa.and_(_E.class_id == _CLASS, _HAS_WAITING)


def _answers(*columns: Any) -> sa.Select[Any]:
    """Answers of finished attempts, each with its newest grade."""
    return (
        sa.select(*columns)
        .select_from(table(GradebookEntry))
        .join(
            table(Attempt),
            sa.and_(_A.assignment_id == _E.assignment_id, _A.user_id == _E.user_id),
        )
        .join(table(Submission), _S.attempt_id == _A.id)
        .join(table(Grade), _G.id == NEWEST_GRADE)
        .where(_A.state == "finished")
    )


_NUMBERS: tuple[Any, ...] = (
    sa.func.count().label("waiting"),
    sa.func.sum(sa.case((FLAGGED, 1), else_=0)).label("flagged"),
)

_OPEN_APPEAL = sa.and_(_P.assignment_id == _T.id, _P.status == "open")
_ASKING: Condition = sa.or_(
    _T.id.in_(sa.select(_E.assignment_id).where(_WAITING_ENTRY)),
    sa.exists().where(_OPEN_APPEAL),
)
_LISTED: tuple[Any, ...] = (_T.id, _T.title, _T.archived_at)

ASSIGNMENTS: sa.Select[Any] = (
    sa.select(*_LISTED)
    .where(_T.class_id == _CLASS, _ASKING)
    .order_by(_T.id.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)
"""Assignments of a class in which something waits, the newest first."""

ASSIGNMENTS_BEFORE = ASSIGNMENTS.where(_T.id < bindparam("after", type_=sa.Integer()))


# Added to nothing, so that entries are found by the index of those where something waits,
# and not by way of every attempt at the assignment.
_ENTRY_OF: sa.ColumnElement[int] = _E.assignment_id + 0


def waiting_in(assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """How many answers wait in some assignments of a class."""
    return (
        _answers(_E.assignment_id, *_NUMBERS)
        .where(_WAITING_ENTRY, _ENTRY_OF.in_(assignment_ids), WAITS)
        .group_by(_E.assignment_id)
    )


def contested_in(assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """How many answers are contested in some assignments."""
    contested = sa.func.count(_P.submission_id.distinct()).label("contested")
    return (
        sa.select(_P.assignment_id, contested)
        .where(_P.assignment_id.in_(assignment_ids), _P.status == "open")
        .group_by(_P.assignment_id)
    )


_ASSIGNMENT: sa.BindParameter[int] = bindparam("assignment", type_=sa.Integer())
_OF_ASSIGNMENT: Condition = _E.assignment_id == _ASSIGNMENT
_WAITING_IN: Condition = sa.and_(_WAITING_ENTRY, _ENTRY_OF == _ASSIGNMENT)
_OF_VERSION: Condition = _G.question_version_id == bindparam("version", type_=sa.Integer())

WAITING: sa.Select[Any] = (
    _answers(_G.question_version_id, *_NUMBERS)
    .where(_WAITING_IN, WAITS)
    .group_by(_G.question_version_id)
)
"""How many answers wait in an assignment, by the version that they were graded by."""

GRADED: sa.Select[Any] = (
    _answers(_G.question_version_id, sa.func.count().label("graded"))
    .where(_OF_ASSIGNMENT, BY_PERSON)
    .group_by(_G.question_version_id)
)
"""How many answers of an assignment have a person's grade."""

CONTESTED: sa.Select[Any] = (
    sa.select(_G.question_version_id, sa.func.count(_P.submission_id.distinct()).label("contested"))
    .select_from(table(Appeal))
    .join(table(Submission), _S.id == _P.submission_id)
    .join(table(Grade), _G.id == NEWEST_GRADE)
    .where(_P.assignment_id == bindparam("assignment"), _P.status == "open")
    .group_by(_G.question_version_id)
)
"""How many answers of an assignment are contested, by the version that graded them."""

_VERSION: tuple[Any, ...] = (_V.id, _V.question_id, _V.prompt, _V.created_at)


def versions(ids: Sequence[int]) -> sa.Select[Any]:
    """What some versions ask."""
    return sa.select(*_VERSION).where(_V.id.in_(ids))


VERSION: sa.Select[Any] = sa.select(*_VERSION, _V.rubric).where(_V.id == bindparam("version"))

# Added to nothing, so that the answers of the assignment are gone through and not all those
# that were ever graded by the version.
ASKED: sa.Select[Any] = (
    sa.select(sa.literal(1))
    .select_from(table(Attempt))
    .join(table(Submission), _S.attempt_id == _A.id)
    .join(table(Grade), _G.submission_id == _S.id)
    .where(
        _A.assignment_id == bindparam("assignment"),
        _G.question_version_id + 0 == bindparam("version"),
    )
    .limit(1)
)
"""Whether an answer of an assignment was ever graded by a version."""


def texts(conditions: Sequence[Condition], *, waiting: bool) -> sa.Select[Any]:
    """Answers to one question of an assignment, by number.

    Parameters
    ----------
    conditions : sequence of Condition
        Which ones, by their newest grade.
    waiting : bool
        Whether only such are asked for that wait.
    """
    found = _answers(_S.id, _S.text).where(
        _WAITING_IN if waiting else _OF_ASSIGNMENT,
        _OF_VERSION,
        _S.id > bindparam("after", type_=sa.Integer()),
        *conditions,
    )
    return found.order_by(_S.id).limit(bindparam("most", type_=sa.Integer()))


_CONTESTED = sa.exists().where(_P.submission_id == _S.id, _P.status == "open").label("contested")
_ANSWER: tuple[Any, ...] = (
    _S.id, _S.attempt_id, _S.position, _S.text, _G.id.label("grade_id"), _G.verdict, _G.reason,
    _A.user_id, _A.number, _NAME, _CONTESTED,
)  # fmt: skip


def answers(ids: Sequence[int]) -> sa.Select[Any]:
    """Some answers in full, each with its newest grade and who wrote it."""
    return (
        sa.select(*_ANSWER)
        .select_from(table(Submission))
        .join(table(Attempt), _A.id == _S.attempt_id)
        .join(table(User), table(User).c.id == _A.user_id)
        .join(table(Grade), _G.id == NEWEST_GRADE)
        .where(_S.id.in_(ids))
    )


_BASE: tuple[Any, ...] = (
    _S.id.label("submission_id"), _S.attempt_id, _S.position, _A.user_id, _A.number,
    _A.assignment_id, _NAME, _G.id.label("grade_id"), _G.verdict,
)  # fmt: skip


def bases(assignment_id: int, version_id: int, grade_ids: Sequence[int]) -> sa.Select[Any]:
    """Grades that a decision was made from, with their answers, in the order of attempts."""
    return (
        sa.select(*_BASE)
        .select_from(table(Grade))
        .join(table(Submission), _S.id == _G.submission_id)
        .join(table(Attempt), _A.id == _S.attempt_id)
        .join(table(User), table(User).c.id == _A.user_id)
        .where(
            _A.assignment_id == assignment_id,
            _G.question_version_id == version_id,
            _G.id.in_(grade_ids),
        )
        .order_by(_A.id, _S.position)
    )


_NEWEST: tuple[Any, ...] = (_S.id, _G.verdict, _G.graded_by, _G.reason)


def newest(ids: Sequence[int]) -> sa.Select[Any]:
    """The newest grade of each of some answers."""
    return (
        sa.select(*_NEWEST)
        .select_from(table(Submission))
        .join(table(Grade), _G.id == NEWEST_GRADE)
        .where(_S.id.in_(ids))
    )
