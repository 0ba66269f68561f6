"""Every saved state and every version of a question, the newest first, and what changed."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.authoring import content as contents
from interview.services.authoring.access import question_for
from interview.services.authoring.diffing import Difference, compare
from interview.services.authoring.reading import working
from interview.services.authoring.records import Content, Standing
from interview.services.principals import Principal
from interview.store import bank_reads
from interview.store.authoring import QuestionDraft
from interview.store.bank import QuestionVersion
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 30

_NAME = re.compile("([dv])([0-9]{1,10})", re.ASCII)
_PLACE = re.compile(r"(\d{1,17})-([dv])-(\d{1,10})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What is published is written with the draft that it was; it stands above it.
_RANK = {"d": 0, "v": 1}


@dataclass(frozen=True, slots=True)
class State:
    """One state of a question.

    Attributes
    ----------
    name : str
        ``d`` and a revision, or ``v`` and the number of a row, as addresses have it.
    number : int
        Of the draft or of the version, from 1.
    author : str
        Who saved or published it; empty where a file brought it.
    reason : str
        Why a version was published although it did not tell right from wrong.
    """

    name: str
    is_version: bool
    number: int
    at: datetime
    author: str
    reason: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """Some states of a question, and where the others begin."""

    standing: Standing
    prompt: str
    states: tuple[State, ...]
    next_after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one state to another."""

    standing: Standing
    prompt: str
    before: State
    after: State
    differences: tuple[Difference, ...]
    rubric_only: bool


def history(person: Principal, question_id: int, after: str = "") -> History:
    """List states of a question that the person may edit.

    Parameters
    ----------
    after : str
        Where to go on, as the page before said; what is no such place is the beginning.

    Raises
    ------
    NotFound
        When it is not theirs to edit.
    """
    row = question_for(person, question_id, to_edit=True)
    standing, content = working(person, row)
    found = _PLACE.fullmatch(after)
    session = db.session()
    drafts = bank_reads.drafts_before(session, row.id, _beyond("d", found), PAGE + 1)
    versions = bank_reads.versions_before(session, row.id, _beyond("v", found), PAGE + 1)
    states = [_draft(one) for one in drafts] + [_version(one, row) for one in versions]
    states.sort(key=_key, reverse=True)
    shown = tuple(states[:PAGE])
    following = _place(shown[-1]) if len(states) > PAGE else ""
    return History(standing, content["prompt"], shown, following)


def _key(state: State) -> tuple[datetime, int, int]:
    kind, number = state.name[0], int(state.name[1:])
    return state.at, _RANK[kind], number


def _place(state: State) -> str:
    micros = (state.at - _EPOCH) // timedelta(microseconds=1)
    return f"{micros}-{state.name[0]}-{state.name[1:]}"


def _beyond(kind: str, found: re.Match[str] | None) -> sa.ColumnElement[bool]:
    """States of a kind that come after a place in the list."""
    if found is None:
        return sa.true()
    at, number = (
        (QuestionDraft.saved_at, QuestionDraft.revision)
        if kind == "d"
        else (QuestionVersion.created_at, QuestionVersion.id)
    )
    moment = sa.literal(_EPOCH + timedelta(microseconds=int(found[1])), at.type)
    rank, of_place = _RANK[kind], _RANK[found[2]]
    if rank != of_place:
        return at <= moment if rank < of_place else at < moment
    return sa.or_(at < moment, sa.and_(at == moment, number < min(int(found[3]), LARGEST)))


def _draft(row: Row) -> State:
    return State(
        f"d{row.revision}",
        is_version=False,
        number=row.revision,
        at=row.saved_at,
        author=row.author or "",
    )


def _version(row: Row, question: Row) -> State:
    return State(
        f"v{row.id}",
        is_version=True,
        number=row.number,
        at=row.created_at,
        author=row.author or "",
        reason=row.reason,
        is_asked=row.id == question.current_version_id,
    )


def comparison(person: Principal, question_id: int, first: str, second: str) -> Comparison:
    """Say what changed between two states of a question, the older one first.

    Parameters
    ----------
    first, second : str
        Names of states.

    Raises
    ------
    NotFound
        When the question is not theirs to edit, or has no such state.
    """
    row = question_for(person, question_id, to_edit=True)
    standing, newest = working(person, row)
    pair = sorted((_state(row, first), _state(row, second)), key=lambda one: _key(one[0]))
    (before, old), (after, new) = pair
    rubric_only = before.is_version or after.is_version
    return Comparison(
        standing=standing,
        prompt=newest["prompt"],
        before=before,
        after=after,
        differences=tuple(compare(old, new, rubric_only=rubric_only)),
        rubric_only=rubric_only,
    )


def _state(question: Row, name: str) -> tuple[State, Content]:
    found = _NAME.fullmatch(name)
    if found is None or int(found[2]) > LARGEST:
        raise NotFound
    session, number = db.session(), int(found[2])
    if found[1] == "d":
        draft = bank_reads.draft(session, question.id, number)
        if draft is None:
            raise NotFound
        return _draft(draft), contents.of_draft(draft.content)
    kept = bank_reads.version(session, question.id, number)
    if kept is None:
        raise NotFound
    return _version(kept, question), contents.of_version(question, (), kept.prompt, kept.rubric)
