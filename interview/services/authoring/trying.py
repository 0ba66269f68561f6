"""Grading by a rubric that is still being written: one answer, or all samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview.grading.compile import CompiledRubric
from interview.grading.records import Grade, Rubric
from interview.rules.access import EVERYTHING, Visible
from interview.rules.typed import clean
from interview.services.attempts.evidence import AnswerEvidence, evidence_of
from interview.services.authoring.checking import graded_size, too_long
from interview.services.authoring.content import has_word, rubric_of
from interview.services.authoring.records import RUBRIC_LIMIT, TEXT_LIMIT, Content
from interview.services.grading import compiled, grader

COMPILED_AT_ONCE = 16
"""Unsaved rubrics kept compiled: while an answer is typed, its rubric stays the same."""

_BEGINNING = 90
NO_REFERENCE = "Write a reference answer first: everything else is graded beside it."

_TOO_MANY_WORDS = "The samples have {:,} characters together: more than {:,} are not graded here."


class NotGradable(Exception):
    """There is nothing yet, or too much, to grade by; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rubric makes of one typed answer; shaped for the page of a graded answer.

    Attributes
    ----------
    problem : str
        Why there is no grade; empty where there is one.
    """

    text: str = ""
    evidence: AnswerEvidence | None = None
    problem: str = ""
    derived: bool = False
    visible: Visible = EVERYTHING
    graded_by: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """One sample with what it gets.

    Attributes
    ----------
    number : int
        From 1, as the samples stand.
    before : float or None
        What it gets by the version that is asked now; none where none is.
    """

    number: int
    label: str
    text: str
    score: float
    low: float
    high: float
    band: str
    needs_review: bool
    before: float | None = None

    @property
    def moved(self) -> int:
        """By how many points of a hundred it changes."""
        return 0 if self.before is None else round(self.score * 100) - round(self.before * 100)


@dataclass(frozen=True, slots=True)
class Scores:
    """All samples, or why they cannot be graded."""

    samples: tuple[Scored, ...] = ()
    problem: str = ""


def try_answer(content: Content, text: str) -> Tried:
    """Grade an answer by a question as it is just being written.

    Parameters
    ----------
    content : dict
        Perhaps unfinished.
    text : str
        Markdown, as a learner would type it.
    """
    answer = clean(text).text
    if not answer.strip():
        return Tried()
    if len(answer) > TEXT_LIMIT:
        problem = f"An answer can have at most {TEXT_LIMIT:,} characters; this has {len(answer):,}."
        return Tried(answer, problem=problem)
    try:
        ready = compiled_for(content)
    except NotGradable as reason:
        return Tried(answer, problem=str(reason))
    grade = grader().grade(ready, answer)
    return Tried(answer, evidence_of(answer, grade), derived=ready.derived)


def compiled_for(content: Content) -> CompiledRubric:
    """Compile a question that is not saved.

    Raises
    ------
    NotGradable
        When it has no reference, or too much text.
    """
    if not any(map(has_word, content["references"])):
        raise NotGradable(NO_REFERENCE)
    if (size := graded_size(content)) > RUBRIC_LIMIT:
        raise NotGradable(too_long(size))
    try:
        return _compiled(rubric_of(content))
    except ValueError as error:
        raise NotGradable(NO_REFERENCE) from error


@lru_cache(maxsize=COMPILED_AT_ONCE)
def _compiled(rubric: Rubric) -> CompiledRubric:
    return grader().compile(rubric)


def score_samples(content: Content, version_id: int | None) -> Scores:
    """Grade every sample, and by the version that is asked now too.

    Parameters
    ----------
    version_id : int or None
        None where nothing was published.
    """
    samples: Sequence[Mapping[str, str]] = content["samples"]
    if not samples:
        return Scores()
    if (size := sum(len(one["text"]) for one in samples)) > RUBRIC_LIMIT:
        return Scores(problem=_TOO_MANY_WORDS.format(size, RUBRIC_LIMIT))
    try:
        ready = compiled_for(content)
    except NotGradable as reason:
        return Scores(problem=str(reason))
    asked = compiled(version_id) if version_id is not None else None
    scored = []
    for number, sample in enumerate(samples, start=1):
        text = sample["text"][:TEXT_LIMIT]
        before = grader().grade(asked, text).score if asked else None
        scored.append(scored_as(number, sample, grader().grade(ready, text), before))
    return Scores(tuple(scored))


def scored_as(number: int, sample: Mapping[str, str], grade: Grade, before: float | None) -> Scored:
    """Write a sample's grade for a page."""
    words = " ".join(sample["text"].split())
    short = words if len(words) <= _BEGINNING else words[:_BEGINNING].rstrip() + "…"
    return Scored(
        number=number,
        label=sample["label"],
        text=short,
        score=grade.score,
        low=grade.low,
        high=grade.high,
        band=grade.band.value,
        needs_review=grade.needs_review,
        before=before,
    )
