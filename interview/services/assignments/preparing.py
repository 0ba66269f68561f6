"""What a learner is told of an assignment before the clock starts, and of what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from interview.rules.access import Release, ReviewPolicy, When
from interview.rules.assigning import Refusal, Taken, Terms, refusal
from interview.rules.attempt import Feedback
from interview.services.assignments.policies import PARTS, policy_of
from interview.services.assignments.standing import settled_standing
from interview.services.assignments.terms import terms_of
from interview.services.assignments.versions import Version, version_of
from interview.services.classes.access import Place
from interview.services.classes.teachers import teachers_of
from interview.services.principals import Principal
from interview.store import assignment_reads as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

EARLIER = 50
"""Attempts that the page lists: the newest ones."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One attempt that was started.

    Attributes
    ----------
    score : float or None
        None where it is not shown, or there is none.
    """

    id: int
    number: int
    state: str
    started_at: datetime
    finished_at: datetime | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Released:
    """When one part of the graded answers is shown.

    Attributes
    ----------
    part : str
        One of `policies.PARTS`.
    since : datetime or None
        A date that is known by now.
    """

    part: str
    when: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Contesting:
    """From when until when key points may be contested; none for no such limit."""

    appeals_from: datetime | None
    appeals_until: datetime | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An assignment as one learner meets it.

    Attributes
    ----------
    terms : Terms
        The learner's own, accommodation included.
    zone : str
        In which the dates were stated.
    refusal : Refusal or None
        Why it cannot be started now.
    wait_until : datetime or None
        From when it can be, where that is known.
    length : timedelta or None
        How long an attempt that starts now, or at the opening, would have; None where
        nothing ends it.
    is_cut : bool
        Whether that is less than the learner's full time.
    ends_at : datetime or None
        When that attempt would end.
    running : int or None
        The learner's open attempt.
    shows_scores : bool
        Whether the scores of ended attempts are shown by now.
    contesting : Contesting or None
        None where nothing can be contested.
    """

    id: int
    title: str
    instructions: str
    class_id: int
    class_title: str
    teachers: tuple[str, ...]
    zone: str
    version: Version
    terms: Terms
    attempts: int
    counts: str
    late_percent: int
    returnable: bool
    feedback: Feedback
    needs_code: bool
    released: tuple[Released, ...]
    class_is_archived: bool
    refusal: Refusal | None
    wait_until: datetime | None
    length: timedelta | None
    is_cut: bool
    ends_at: datetime | None
    running: int | None
    earlier: tuple[Earlier, ...]
    shows_scores: bool
    contesting: Contesting | None

    @property
    def left(self) -> int | None:
        """How many attempts may be started still; None for as many as are wanted."""
        allowed = self.terms.attempts_allowed
        return None if allowed is None else max(0, allowed - self.attempts)


def prepare(person: Principal, assignment: Row, place: Place, now: datetime) -> Prepared:
    """Read what a learner is told of an assignment that is for them.

    Parameters
    ----------
    assignment, place
        As `assignment_for` found them for this person.
    """
    standing = settled_standing(person.id, assignment.id, now)
    terms = terms_of(assignment, standing.class_factor, standing)
    policy = policy_of(assignment)
    start_at = max(now, terms.opens_at)
    return Prepared(
        **_given(assignment, place),
        **_chances(assignment, place, terms, standing, now),
        terms=terms,
        feedback=policy.feedback,
        released=released(policy),
        length=_length(terms, start_at),
        is_cut=terms.is_cut(start_at),
        ends_at=terms.deadline(start_at),
        earlier=_earlier(person.id, assignment.id, policy, now),
        shows_scores=_shows(policy, now),
        contesting=_contesting(assignment, policy),
    )


def _given(assignment: Row, place: Place) -> dict[str, Any]:
    teachers: Mapping[int, tuple[str, ...]] = teachers_of([place.class_id])
    return {
        "id": assignment.id,
        "title": assignment.title,
        "instructions": assignment.instructions,
        "class_id": place.class_id,
        "class_title": place.title,
        "teachers": teachers.get(place.class_id, ()),
        "zone": assignment.time_zone,
        "version": version_of(assignment.set_version_id),
        "counts": assignment.counts,
        "late_percent": assignment.late_percent,
        "returnable": assignment.returnable and assignment.question_limit_seconds is None,
        "needs_code": bool(assignment.access_code),
        "class_is_archived": place.archived_at is not None,
    }


def _chances(
    assignment: Row, place: Place, terms: Terms, standing: Row, now: datetime
) -> dict[str, Any]:
    taken = Taken(standing.attempts, standing.last_ended)
    withdrawn = assignment.archived_at is not None or place.archived_at is not None
    why = Refusal.WITHDRAWN if withdrawn else refusal(terms, taken, now)
    return {
        "attempts": standing.attempts,
        "running": standing.running,
        "refusal": why,
        "wait_until": _wait_until(why, terms, taken),
    }


def _wait_until(why: Refusal | None, terms: Terms, taken: Taken) -> datetime | None:
    if why is Refusal.NOT_OPEN:
        return terms.opens_at
    if why is Refusal.TOO_SOON and taken.last_ended is not None:
        return taken.last_ended + terms.delay
    return None


def _contesting(assignment: Row, policy: ReviewPolicy) -> Contesting | None:
    parts = (policy.key_points, policy.answer)
    if not assignment.appeals or any(part.when is When.NEVER for part in parts):
        return None
    return Contesting(assignment.appeals_from, assignment.appeals_until)


def _length(terms: Terms, start_at: datetime) -> timedelta | None:
    deadline = terms.deadline(start_at)
    return None if deadline is None else deadline - start_at


def released(policy: ReviewPolicy) -> tuple[Released, ...]:
    """Say from when each part of the graded answers is shown."""
    parts = (policy.score, policy.answer, policy.key_points, policy.reference)
    return tuple(
        Released(name, part.when.value, _known_date(part, policy))
        for name, part in zip(PARTS, parts, strict=True)
    )


def _known_date(part: Release, policy: ReviewPolicy) -> datetime | None:
    return policy.all_closed_at if part.when is When.CLOSE else part.since


def _shows(policy: ReviewPolicy, now: datetime) -> bool:
    return policy.shows(policy.score, ended=True, item_closed=True, now=now)


def _earlier(
    user_id: int, assignment_id: int, policy: ReviewPolicy, now: datetime
) -> tuple[Earlier, ...]:
    named = {"assignment": assignment_id, "user": user_id, "most": EARLIER}
    shown = _shows(policy, now)
    return tuple(
        Earlier(
            id=row.id,
            number=row.number,
            state=row.state,
            started_at=row.started_at,
            finished_at=row.finished_at,
            score=row.score if shown else None,
        )
        for row in db.session.execute(reads.OWN_ATTEMPTS, named)
    )
