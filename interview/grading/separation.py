"""Whether a rubric can be trusted: it must tell right sample answers from wrong ones.

A question is asked only once its own references pass as complete answers, its misconceptions
earn little even where the rubric does not name them, and the sample answers that its author
labelled come out in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from interview.grading.grader import AnswerGrader
from interview.grading.records import Grade, Misconception, Rubric

REFERENCE_AT_LEAST = 0.95
MISTAKE_AT_MOST = 0.45
GOOD_AT_LEAST = 0.5
MARGIN = 0.1
"""How far, on the shown scale, the worst good sample stays above the best wrong one."""

# Names and commands have no second wording ("abstract base class", "pip install django"), so
# only what is as long as a clause counts as taken from the rubric.
CLAUSE_WORDS = 6

_WORD = re.compile(r"[^\W_]+")


class Label(StrEnum):
    """What the author says that a sample answer is."""

    GOOD = "good"
    PARTIAL = "partial"
    WRONG = "wrong"
    CONTRADICTORY = "contradictory"

    @property
    def is_mistaken(self) -> bool:
        """Whether it shall score below everything that is at least partly right."""
        return self in {Label.WRONG, Label.CONTRADICTORY}


@dataclass(frozen=True, slots=True)
class Sample:
    """An answer whose worth its author has said; `text` is Markdown as a learner types it."""

    label: Label
    text: str


class Fault(StrEnum):
    """Why a rubric is not to be trusted yet."""

    REFERENCE = "reference"
    MISCONCEPTION = "misconception"
    NO_GOOD = "no good sample"
    NO_WRONG = "no wrong sample"
    LOW_GOOD = "good sample too low"
    ORDER = "samples out of order"
    CLOSE = "samples too close"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, and what it is about.

    Attributes
    ----------
    higher, lower : int or None
        Places in the references, in the misconceptions or among the samples, from 0: what
        `fault` is about, or the pair of samples of which `higher` should score more.
    """

    fault: Fault
    higher: int | None = None
    lower: int | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What a rubric makes of its own texts.

    Attributes
    ----------
    references : tuple of float
        Score of each reference, 0 to 1.
    misconceptions : tuple of float
        Score of each misconception's own words, graded without that misconception.
    samples : tuple of (Sample, Grade)
        In their order.
    """

    references: tuple[float, ...]
    misconceptions: tuple[float, ...]
    samples: tuple[tuple[Sample, Grade], ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that keeps the rubric from being trusted; empty when nothing does."""
        return (*self._of_rubric(), *self._of_samples())

    def _of_rubric(self) -> Iterator[Finding]:
        for place, score in enumerate(self.references):
            if score < REFERENCE_AT_LEAST:
                yield Finding(Fault.REFERENCE, place)
        for place, score in enumerate(self.misconceptions):
            if score > MISTAKE_AT_MOST:
                yield Finding(Fault.MISCONCEPTION, place)

    def _of_samples(self) -> Iterator[Finding]:
        good = self._places(Label.GOOD)
        wrong = self._places(Label.WRONG, Label.CONTRADICTORY)
        if not good:
            yield Finding(Fault.NO_GOOD)
        if not wrong:
            yield Finding(Fault.NO_WRONG)
        low = (place for place in good if self._score(place) < GOOD_AT_LEAST)
        yield from (Finding(Fault.LOW_GOOD, place) for place in low)
        kinds = (good, self._places(Label.PARTIAL), wrong)
        for above, below in pairwise(kind for kind in kinds if kind):
            yield from self._between(above, below, 0.0, Fault.ORDER)
        if good and wrong:
            yield from self._between(good, wrong, MARGIN, Fault.CLOSE)

    def _between(
        self, above: list[int], below: list[int], margin: float, fault: Fault
    ) -> Iterator[Finding]:
        """Find whether two kinds of samples are out of order, or else nearer than a margin."""
        higher, lower = min(above, key=self._score), max(below, key=self._score)
        distance = self._score(higher) - self._score(lower)
        if distance <= 0 if margin == 0 else 0 < distance < margin:
            yield Finding(fault, higher, lower)

    def _places(self, *labels: Label) -> list[int]:
        return [place for place, (sample, _) in enumerate(self.samples) if sample.label in labels]

    def _score(self, place: int) -> float:
        return self.samples[place][1].score


def examine(grader: AnswerGrader, rubric: Rubric, samples: Sequence[Sample]) -> Examination:
    """Grade a rubric's references, misconceptions and sample answers by itself.

    Parameters
    ----------
    grader : AnswerGrader
        Fitted or loaded.
    rubric : Rubric
        With at least one reference that holds a word.
    samples : sequence of Sample
        As the author labelled them.

    Returns
    -------
    Examination
        All scores, and what follows from them.

    Raises
    ------
    ValueError
        If no reference holds a word.
    """
    compiled = grader.compile(rubric)
    return Examination(
        references=tuple(grader.grade(compiled, text).score for text in rubric.references),
        misconceptions=tuple(_unwarned(grader, rubric, idea) for idea in rubric.misconceptions),
        samples=tuple((one, grader.grade(compiled, one.text)) for one in samples),
    )


def _unwarned(grader: AnswerGrader, rubric: Rubric, idea: Misconception) -> float:
    """Grade a misconception's own words as if the rubric had never heard of it."""
    others = tuple(other for other in rubric.misconceptions if other is not idea)
    return grader.grade(grader.compile(replace(rubric, misconceptions=others)), idea.text).score


def copied_wording(rubric: Rubric, answer: str) -> str:
    """Find a wording of the rubric, of a clause's length, that stands in an answer or holds it.

    A sample that repeats the rubric shows nothing about answers in other words.

    Returns
    -------
    str
        The wording; empty when there is none.
    """
    told = _normal(answer)
    points = (w for point in rubric.key_points for w in (point.text, *point.phrasings))
    ideas = (w for idea in rubric.misconceptions for w in (idea.text, *idea.phrasings))
    for wording in (*rubric.references, *points, *ideas):
        said = _normal(wording)
        if len(said.split()) >= CLAUSE_WORDS and (said in told or told in said):
            return wording
    return ""


def _normal(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
