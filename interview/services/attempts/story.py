"""The story of a grade: how an answer came to the score that it has, moment by moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise

from interview.grading.overriding import PERSON
from interview.rules.access import Visible
from interview.services.attempts.evidence import PointLine
from interview.services.attempts.loading import Row
from interview.store import reviewing as reads
from interview.store.db import db

COUNTED = "You counted this yourself"
TAKEN_BACK = "You took your own wording back"
"""Reasons of the grades that own practice gives for a personal wording, and without it."""

NOBODY = "Somebody who has left"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to an answer, as far as its reader may know of it.

    Attributes
    ----------
    kind : str
        ``graded`` (the first time), ``regraded``, ``undone``, ``by person``, ``grader again``
        (a person took the grader's grade), ``counted``, ``taken back``, ``contested``,
        ``withdrawn``, ``accepted``, ``adjusted``, ``declined`` or ``remark``.
    who : str
        The person who did it, where it was not the learner.
    before, score : float or None
        Of the grade before, and of the one that was given.
    numbers : tuple of int
        The key points that it is about, by their numbers on the page.
    point : str
        The text of a contested key point that the newest grade does not know.
    quote : str
        The learner's own words.
    words : str
        The reason, the reply, the remark, or why the learner contests.
    """

    kind: str
    at: datetime
    who: str = ""
    before: float | None = None
    score: float | None = None
    numbers: tuple[int, ...] = ()
    point: str = ""
    quote: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """An answer whose story is told.

    Attributes
    ----------
    visible : Visible
        What of it the reader may see.
    points : sequence of PointLine
        Key points of its newest grade; none where they may not be seen.
    """

    visible: Visible
    points: Sequence[PointLine]

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers that key points have on the page."""
        wanted = set(ids)
        return tuple(point.number for point in self.points if point.id in wanted)


# At one and the same moment what is decided comes before the grade that follows from it.
_RANK = {"graded": 0, "contested": 1, "withdrawn": 2, "accepted": 2, "adjusted": 2, "declined": 2}
_LATE = 3


def stories(attempt_id: int, subjects: Mapping[int, Subject]) -> dict[int, tuple[Moment, ...]]:
    """Tell what happened to some answers of an attempt, oldest first, in three statements.

    Parameters
    ----------
    subjects : mapping of int to Subject
        By their positions.
    """
    found: defaultdict[int, list[Moment]] = defaultdict(list)
    named = {"attempt": attempt_id}
    graded = db.session.execute(reads.STORY_GRADES, named).all()
    for position, rows in groupby(graded, key=lambda row: row.position):
        if position in subjects:
            found[position] += _grades(list(rows), subjects[position])
    for row in db.session.execute(reads.STORY_APPEALS, named):
        if row.position in subjects:
            found[row.position] += _appeal(row, subjects[row.position])
    for row in db.session.execute(reads.STORY_COMMENTS, named):
        if row.position in subjects and subjects[row.position].visible.answer:
            who = row.display_name or NOBODY
            found[row.position].append(Moment("remark", row.created_at, who, words=row.text))
    return {position: _in_order(moments) for position, moments in found.items()}


def _in_order(moments: list[Moment]) -> tuple[Moment, ...]:
    found = sorted(moments, key=lambda one: (one.at, _RANK.get(one.kind, _LATE)))
    for place, (one, following) in enumerate(pairwise(found), start=1):
        # Who adjusts a grade for an appeal gives the reply as the reason too.
        if (one.at, one.words) == (following.at, following.words):
            found[place] = replace(following, words="")
    return tuple(found)


def _grades(rows: Sequence[Row], subject: Subject) -> Iterator[Moment]:
    shown = subject.visible.score
    before: Row | None = None
    for row in rows:
        kind = _kind(row) if before else "graded"
        own = set(before.own_points or ()) ^ set(row.own_points or ()) if before else set()
        by_person = kind in ("by person", "grader again")
        yield Moment(
            kind,
            row.created_at,
            who=(row.display_name or NOBODY) if by_person else "",
            before=before.score if before and shown else None,
            score=row.score if shown else None,
            numbers=subject.numbers(own) if kind in ("counted", "taken back") else (),
            words=row.reason if shown and kind not in ("counted", "taken back") else "",
        )
        before = row


def _kind(row: Row) -> str:
    if row.regrade_run_id is not None:
        return "undone" if row.run_kind == "undo" else "regraded"
    if row.grader_version == PERSON:
        return "by person"
    if row.graded_by is not None:
        return "grader again"
    return {COUNTED: "counted", TAKEN_BACK: "taken back"}.get(row.reason, "regraded")


def _appeal(row: Row, subject: Subject) -> Iterator[Moment]:
    visible = subject.visible
    numbers = subject.numbers([row.point_id])
    point = row.point_text if visible.key_points and not numbers else ""
    quote, why = (row.quote, row.why) if visible.answer else ("", "")
    yield Moment("contested", row.created_at, numbers=numbers, point=point, quote=quote, words=why)
    if row.status != "open":
        yield Moment(
            row.status,
            row.decided_at or row.created_at,
            who="" if row.status == "withdrawn" else row.display_name or NOBODY,
            numbers=numbers,
            point=point,
            words=row.reply if visible.key_points else "",
        )
