"""Reads of a class's results, for figures: always of those who learn in the class now."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased

from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import ClassMember
from interview.store.grades import Grade, Submission
from interview.store.marking import NEWEST_GRADE
from interview.store.sets import SetVersion

_A, _E, _G, _I, _M, _S = Assignment, GradebookEntry, Grade, AttemptItem, ClassMember, Submission

MOST_POINTS = 20
"""Key points of a question that are looked at: no question has more."""

_CLASS: sa.BindParameter[int] = bindparam("class", type_=sa.Integer())
_LEARNER = sa.and_(_M.class_id == _E.class_id, _M.user_id == _E.user_id, _M.role == "learner")


def of_group(group_id: int | None) -> tuple[sa.ColumnElement[bool], ...]:
    """Only the learners of a group; everybody for none."""
    return () if group_id is None else (_M.group_id == group_id,)


def scores_of(assignment_id: int) -> sa.Select[Any]:
    """What counts for each learner in an assignment."""
    column: tuple[Any, ...] = (_E.score,)
    return (
        sa.select(*column)
        .select_from(_E)
        .join(_M, _LEARNER)
        .where(_E.assignment_id == assignment_id, _E.score.is_not(None))
    )


def _counting(columns: Sequence[Any], assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """The questions of the attempts that count."""
    return (
        sa.select(*columns)
        .select_from(_E)
        .join(_M, _LEARNER)
        .join(Attempt, sa.and_(Attempt.id == _E.attempt_id, Attempt.state == "finished"))
        .join(_I, _I.attempt_id == Attempt.id)
        .where(_E.assignment_id.in_(assignment_ids), _E.score.is_not(None))
    )


_HANDED_IN = sa.and_(_S.attempt_id == _I.attempt_id, _S.position == _I.position)

_ITEM: tuple[Any, ...] = (
    _I.attempt_id, _I.position, _I.question_version_id, _I.state, _I.score, _I.points,
    _I.seconds_used, _G.needs_review,
)  # fmt: skip


def items_of(assignment_id: int) -> sa.Select[Any]:
    """Every question of the attempts that count, with what its newest grade asks for."""
    return (
        _counting(_ITEM, [assignment_id])
        .outerjoin(_S, _HANDED_IN)
        .outerjoin(_G, _G.id == NEWEST_GRADE)
    )


class verdicts(sa.sql.functions.GenericFunction[str]):  # noqa: N801 - named as in SQL
    """The verdicts of a grade's key points in their order, as the text of a JSON array.

    Only these leave the database, and the grade is parsed once: reading grades whole takes
    four times as long. There may be nulls at the end.
    """

    type = sa.Text()
    inherit_cache = True


@compiles(verdicts, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    paths = ", ".join(f"'$.points[{place}].verdict'" for place in range(MOST_POINTS))
    return f"json_extract({compiler.process(element.clauses, **options)}, {paths})"


@compiles(verdicts, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    grade = compiler.process(element.clauses, **options)
    return f"CAST(jsonb_path_query_array(CAST({grade} AS jsonb), '$.points[*].verdict') AS text)"


_SAID: tuple[Any, ...] = (
    _I.question_version_id.label("shown"), _G.question_version_id.label("graded_by"),
    _G.id, verdicts(_G.verdict).label("verdicts"),
)  # fmt: skip


def verdicts_of(assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """What the newest grade of every counting answer says of each key point."""
    return _counting(_SAID, assignment_ids).join(_S, _HANDED_IN).join(_G, _G.id == NEWEST_GRADE)


def grades_numbered(grade_ids: Sequence[int]) -> sa.Select[Any]:
    """Some grades."""
    columns: tuple[Any, ...] = (_G.id, _G.verdict)
    return sa.select(*columns).where(_G.id.in_(grade_ids))


def questions_of(version_ids: Sequence[int]) -> sa.Select[Any]:
    """What some versions ask."""
    columns: tuple[Any, ...] = (
        QuestionVersion.id, QuestionVersion.question_id, QuestionVersion.prompt,
        Question.target_seconds,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.id.in_(version_ids))
        .order_by(QuestionVersion.id)
    )


_BEFORE = aliased(Grade)
_BY_GRADER = (
    sa.select(sa.func.max(_BEFORE.id))
    .where(
        _BEFORE.submission_id == _S.id,
        _BEFORE.graded_by.is_(None),
        _BEFORE.grader_version != bindparam("person"),
    )
    .correlate(_S)
    .scalar_subquery()
)
_OTHER = aliased(Grade)
_PAIR: tuple[Any, ...] = (_OTHER.score.label("by_grader"), _G.score.label("by_person"))


def graded_twice(assignment_id: int) -> sa.Select[Any]:
    """Scores of the grader and of a person, of answers whose newest grade a person gave.

    All attempts at the assignment are looked at, whichever counts. The statement still asks
    for what stands for a ``person`` in the place of the grader's version.
    """
    own = sa.and_(Attempt.assignment_id == _E.assignment_id, Attempt.user_id == _E.user_id)
    return (
        sa.select(*_PAIR)
        .select_from(_E)
        .join(_M, _LEARNER)
        .join(Attempt, own)
        .join(_S, _S.attempt_id == Attempt.id)
        .join(_G, _G.id == NEWEST_GRADE)
        .join(_OTHER, _OTHER.id == _BY_GRADER)
        .where(_E.assignment_id == assignment_id, _G.grader_version == bindparam("person"))
    )


_CONTENT: tuple[Any, ...] = (SetVersion.content,)

CONTENT: sa.Select[Any] = sa.select(*_CONTENT).where(SetVersion.id == bindparam("version"))

_BEGUN = sa.exists().where(aliased(_E).assignment_id == _A.id)
_GIVEN: tuple[Any, ...] = (
    _A.id, _A.title, _A.opens_at, _A.archived_at, SetVersion.question_count,
    sa.func.count(_E.score).label("scores"), sa.func.avg(_E.score).label("mean"),
)  # fmt: skip


def newest_assignments(group_id: int | None, most: int) -> sa.Select[Any]:
    """The assignments of a ``class`` that have opened by ``now``, the newest first.

    Each has the number of scores that count, and their mean.
    """
    scored = sa.join(_E, _M, sa.and_(_LEARNER, *of_group(group_id)))
    return (
        sa.select(*_GIVEN)
        .join(SetVersion, SetVersion.id == _A.set_version_id)
        .outerjoin(scored, _E.assignment_id == _A.id)
        .where(
            _A.class_id == _CLASS,
            _A.opens_at <= bindparam("now", type_=_A.opens_at.type),
            sa.or_(_A.archived_at.is_(None), _BEGUN),
        )
        .group_by(_A.id, SetVersion.question_count)
        .order_by(_A.opens_at.desc(), _A.id.desc())
        .limit(most)
    )


_MEAN: tuple[Any, ...] = (_M.mean_score,)

MEANS: sa.Select[Any] = sa.select(*_MEAN).where(
    _M.class_id == _CLASS, _M.role == "learner", _M.mean_score.is_not(None)
)
