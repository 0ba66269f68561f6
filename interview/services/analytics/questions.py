"""How each question of an assignment went, from the attempts that count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from interview.rules.attempt import ItemState
from interview.rules.measures import Part, discrimination, mean, quartiles
from interview.services.analytics.figures import ENOUGH_PAIRS, Figure, share
from interview.services.analytics.records import QuestionLine
from interview.store import analytics as reads
from interview.store.db import db
from interview.store.types import AnyRow

CHUNK = 1000
"""Rows fetched at a time: a large class is never in memory as rows."""


@dataclass(slots=True)
class _Tally:
    """What is gathered of one question.

    Attributes
    ----------
    parts : list of (int, float, float)
        Attempt, points earned, points possible.
    seconds : list of float
        Of those who answered.
    position : int
        The earliest place that it had in an attempt.
    """

    position: int
    parts: list[tuple[int, float, float]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    reviews: int = 0
    graded: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """In which order a set asks.

    Attributes
    ----------
    places : mapping of int to int
        Of the questions that everybody is asked.
    shuffled : bool
        Whether the place in an attempt says nothing.
    """

    places: Mapping[int, int]
    shuffled: bool

    @classmethod
    def of(cls, slots: Sequence[Mapping[str, Any]], *, shuffled: bool) -> "Order":
        """Read the order from the slots of a published set."""
        places, place = {}, 1
        for slot in slots:
            if slot["kind"] == "fixed":
                places[slot["question_id"]] = place
            place += slot.get("count", 1)
        return cls(places, shuffled)

    def key(self, question_id: int, tally: _Tally) -> tuple[float, int]:
        """What to sort by; drawn questions come last where the places are shuffled."""
        drawn = float("inf") if self.shuffled else tally.position
        return self.places.get(question_id, drawn), question_id


def question_lines(
    assignment_id: int, group_id: int | None, order: Order
) -> tuple[QuestionLine, ...]:
    """Read the questions of an assignment, in the order of its set, in two statements."""
    by_version, totals = _gather(_items(assignment_id, group_id))
    versions = db.session.execute(reads.questions_of(list(by_version))).all()
    tallies: dict[int, _Tally] = {}
    asks: dict[int, AnyRow] = {}
    for row in versions:
        # Versions of one question are one question; the newest says what it asks.
        asks[row.question_id] = row
        found = by_version[row.id]
        known = tallies.get(row.question_id)
        tallies[row.question_id] = _joined(known, found) if known else found
    inorder = sorted(tallies, key=lambda question: order.key(question, tallies[question]))
    return tuple(
        _line(
            place,
            asks[question],
            tallies[question],
            totals,
            is_drawn=question not in order.places,
        )
        for place, question in enumerate(inorder, 1)
    )


def _items(assignment_id: int, group_id: int | None) -> Iterable[Any]:
    statement = reads.items_of(assignment_id).where(*reads.of_group(group_id))
    return db.session.execute(statement, execution_options={"yield_per": CHUNK})


def _gather(
    rows: Iterable[Any],
) -> tuple[dict[int, _Tally], dict[int, tuple[float, float]]]:
    """Sort what was asked by version, and add up what each attempt earned and could earn."""
    tallies: dict[int, _Tally] = {}
    totals: dict[int, tuple[float, float]] = {}
    for attempt, position, version, state, score, points, seconds, review in rows:
        tally = tallies.get(version)
        if tally is None:
            tally = tallies[version] = _Tally(position)
        tally.position = min(tally.position, position)
        earned = (score or 0.0) * points
        tally.parts.append((attempt, earned, points))
        total, worth = totals.get(attempt, (0.0, 0.0))
        totals[attempt] = (total + earned, worth + points)
        if state == ItemState.SUBMITTED:
            tally.seconds.append(seconds)
        if review is not None:
            tally.graded += 1
            tally.reviews += review
    return tallies, totals


def _joined(one: _Tally, other: _Tally) -> _Tally:
    return _Tally(
        position=min(one.position, other.position),
        parts=one.parts + other.parts,
        seconds=one.seconds + other.seconds,
        reviews=one.reviews + other.reviews,
        graded=one.graded + other.graded,
    )


def _line(
    place: int,
    ask: AnyRow,
    tally: _Tally,
    totals: Mapping[int, tuple[float, float]],
    *,
    is_drawn: bool,
) -> QuestionLine:
    asked = len(tally.parts)
    times = quartiles(tally.seconds)
    return QuestionLine(
        place=place,
        question_id=ask.question_id,
        prompt=ask.prompt,
        is_drawn=is_drawn,
        asked=asked,
        facility=Figure(mean([earned / worth for _, earned, worth in tally.parts]), asked),
        discrimination=_discrimination(tally, totals),
        seconds=Figure(times.median if times else None, len(tally.seconds)),
        target=ask.target_seconds,
        unanswered=share(asked - len(tally.seconds), asked),
        review=share(tally.reviews, tally.graded),
    )


def _discrimination(tally: _Tally, totals: Mapping[int, tuple[float, float]]) -> Figure:
    parts = [Part(earned, possible, *totals[attempt]) for attempt, earned, possible in tally.parts]
    compared = sum(part.has_others for part in parts)
    return Figure(discrimination(parts), compared, ENOUGH_PAIRS)
