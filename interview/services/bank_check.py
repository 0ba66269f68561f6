"""What is still to be done about the questions of a bank; an operator's command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from interview.grading.likeness import alike, vector_of
from interview.grading.records import Rubric
from interview.grading.separation import (
    Examination,
    Fault,
    Finding,
    Label,
    Sample,
    copied_wording,
    examine,
)
from interview.services.grading import grader, rubric_of
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db

if TYPE_CHECKING:
    from interview.formats.native import QuestionRecord

STALE_AFTER_DAYS = 540
"""A release of most products has gone out of support after a year and a half."""

OVERLAP_PROMPT = 0.85
OVERLAP_ANSWER = 0.7
"""Cosines from which two questions ask the same, or are answered by the same."""

KEY_POINTS = (3, 8)
PHRASINGS = (2, 8)
SAMPLES_EACH = 2

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """A question as it is checked, from a file or from the database."""

    slug: str
    rubric: Rubric
    samples: tuple[Sample, ...]
    derived: int
    is_sourced: bool
    is_dated: bool
    last_verified: date | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing to be done about one question.

    Attributes
    ----------
    kind : str
        ``stale``, ``unsourced``, ``overlapping``, ``ungradable`` or ``thin``.
    """

    slug: str
    kind: str
    message: str


def check_database(today: date) -> Iterator[Complaint]:
    """Check every ready question that the database has."""
    return check(_kept(), today)


def check_files(paths: Iterable[Path], today: date) -> Iterator[Complaint]:
    """Check every question of some files in the native format.

    Raises
    ------
    BrokenBank
        When a file cannot be read.
    """
    from interview.formats import files, problems  # noqa: PLC0415
    from interview.services.bank import BrokenBank  # noqa: PLC0415

    try:
        bank = files.read_bank(paths, today)
    except problems.BrokenBank as error:
        raise BrokenBank(map(str, error.problems)) from error
    return check((checked(record) for _, record in bank.questions), today)


def checked(question: QuestionRecord) -> Checked:
    """Make ready to be checked what a file says of a question."""
    return Checked(
        slug=question.slug,
        rubric=rubric_of(question.prompt, question.rubric()),
        samples=samples_of(sample.model_dump() for sample in question.samples),
        derived=sum(point.derived for point in question.key_points),
        is_sourced=bool(question.sources),
        is_dated=question.valid_for is not None,
        last_verified=question.last_verified,
    )


def samples_of(rows: Iterable[Mapping[str, str]]) -> tuple[Sample, ...]:
    """Make samples of what is stored."""
    return tuple(Sample(Label(row["label"]), row["text"]) for row in rows)


def _kept() -> Iterator[Checked]:
    query = (
        sa.select(
            Question.id, Question.slug, Question.samples, Question.sources, Question.valid_for,
            Question.last_verified, QuestionVersion.prompt, QuestionVersion.rubric,
        )
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(Question.status == "ready", Question.id > sa.bindparam("after"))
        .order_by(Question.id)
        .limit(_PAGE)
    )  # fmt: skip
    after = 0
    while rows := db.session.execute(query, {"after": after}).all():
        for row in rows:
            yield Checked(
                slug=row.slug,
                rubric=rubric_of(row.prompt, row.rubric),
                samples=samples_of(row.samples),
                derived=0,
                is_sourced=bool(row.sources),
                is_dated=row.valid_for is not None,
                last_verified=row.last_verified,
            )
        after = rows[-1].id


def check(questions: Iterable[Checked], today: date) -> Iterator[Complaint]:
    """Find what is stale, unsourced, overlapping or ungradable among some questions.

    Yields
    ------
    Complaint
        By question, and those about two questions last.
    """
    seen = []
    for one in questions:
        seen.append(one)
        for kind, message in of_one(one, today):
            yield Complaint(one.slug, kind, message)
    yield from overlaps(seen)


def of_one(one: Checked, today: date) -> Iterator[tuple[str, str]]:
    """Find what is to be done about one question by itself: kinds and messages."""
    if one.last_verified is None:
        yield "stale", "nobody has verified it yet"
    elif (today - one.last_verified).days > STALE_AFTER_DAYS:
        yield "stale", f"last verified on {one.last_verified.isoformat()}"
    if not one.is_sourced:
        yield "unsourced", "it names no source"
    if not one.is_dated:
        yield "unsourced", "it does not say which versions it is right for"
    yield from (("thin", message) for message in _thin(one))
    examination = examine(grader(), one.rubric, one.samples)
    yield from (("ungradable", told(examination, finding)) for finding in examination.findings)
    for place, sample in enumerate(one.samples, start=1):
        if wording := copied_wording(one.rubric, sample.text):
            yield "ungradable", f"sample {place} repeats the rubric: {wording[:60]!r}"


def _thin(one: Checked) -> Iterator[str]:
    points, least, most = one.rubric.key_points, *KEY_POINTS
    if one.derived:
        yield f"{one.derived} key points were derived and nobody has looked at them"
    if not least <= len(points) <= most:
        yield f"it has {len(points)} key points, and not {least} to {most}"
    fewest, largest = PHRASINGS
    for point in points:
        if not fewest <= len(point.phrasings) <= largest:
            yield f"key point {point.id} has {len(point.phrasings)} other wordings"
    if not one.rubric.misconceptions:
        yield "it has no misconception"
    good = sum(sample.label is Label.GOOD for sample in one.samples)
    mistaken = sum(sample.label.is_mistaken for sample in one.samples)
    if good < SAMPLES_EACH or mistaken < SAMPLES_EACH:
        yield f"it has {good} right and {mistaken} wrong sample answers, and not 2 of each"


def told(examination: Examination, finding: Finding) -> str:
    """Say a finding in words.

    Parameters
    ----------
    examination : Examination
        That the finding is of.
    """
    match finding:
        case Finding(Fault.REFERENCE, int(place)):
            return f"reference {place + 1} scores only {examination.references[place]:.2f}"
        case Finding(Fault.MISCONCEPTION, int(place)):
            score = examination.misconceptions[place]
            return f"misconception {place + 1} scores {score:.2f} where it is not known"
        case Finding(Fault.LOW_GOOD, int(place)):
            return f"{_sample(examination, place)} is called good"
        case Finding(fault, int(higher), int(lower)):
            pair = f"{_sample(examination, higher)}, {_sample(examination, lower)}"
            return f"{pair}: {'too close' if fault is Fault.CLOSE else 'in the wrong order'}"
    return f"there is {finding.fault.value}"


def _sample(examination: Examination, place: int) -> str:
    sample, grade = examination.samples[place]
    return f"sample {place + 1} ({sample.label.value}) scores {grade.score:.2f}"


def overlaps(questions: Sequence[Checked]) -> Iterator[Complaint]:
    """Find the questions that ask the same, or have the same answer, as an earlier one."""
    snapshot = grader().snapshot
    prompts = [vector_of(one.rubric.prompt, snapshot) for one in questions]
    answers = [vector_of(one.rubric.references[0], snapshot) for one in questions]
    for vectors, least, what in (
        (prompts, OVERLAP_PROMPT, "asks the same as"),
        (answers, OVERLAP_ANSWER, "has the same answer as"),
    ):
        for earlier, later, cosine in alike(vectors, least):
            message = f"{what} {questions[earlier].slug} (cosine {cosine:.2f})"
            yield Complaint(questions[later].slug, "overlapping", message)
