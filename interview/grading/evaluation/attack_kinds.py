"""The attacks, and what each may earn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from interview.grading.evaluation import attack_texts as texts
from interview.grading.evaluation.graded import rubric_of
from interview.grading.evaluation.negation import negated
from interview.grading.evaluation.rows import GradedAnswer
from interview.grading.records import Rubric

OTHER_REFERENCES = 5


@dataclass(frozen=True, slots=True)
class Target:
    """A question to be attacked.

    Attributes
    ----------
    source, id : str
        Where it is from, and its name there.
    full_marks : tuple of str
        Answers to it that people gave full marks.
    """

    source: str
    id: str
    rubric: Rubric
    full_marks: tuple[str, ...] = ()


def targets_of(rows: Sequence[GradedAnswer]) -> list[Target]:
    """Return the questions of marked answers, one for each prompt with its references."""
    found: dict[tuple[str, str, Rubric], list[str]] = {}
    for row in rows:
        full_marks = found.setdefault((*row.key, rubric_of(row)), [])
        if row.score >= 1:
            full_marks.append(row.answer)
    return [Target(*named, tuple(full_marks)) for named, full_marks in found.items()]


@dataclass(frozen=True, slots=True)
class Attacked:
    """A question and what an attack on it may use.

    Attributes
    ----------
    others : sequence of str
        References of other questions.
    nearest : str or None
        The one closest to a reference of this question.
    """

    target: Target
    others: Sequence[str]
    nearest: str | None
    random: Random

    def prompt(self) -> list[str]:
        """Return the question copied."""
        return [self.target.rubric.prompt]

    def gibberish(self) -> list[str]:
        """Return keys hit at random."""
        return [texts.mashed(self.random) for _ in range(texts.MASHED_ANSWERS)]

    def some_others(self) -> list[str]:
        """Return references of other questions, drawn at random."""
        return self.random.sample(self.others, min(OTHER_REFERENCES, len(self.others)))

    def the_nearest(self) -> list[str]:
        """Return the nearest reference of another question."""
        return [self.nearest] if self.nearest is not None else []

    def shuffled(self) -> list[str]:
        """Return the words of each reference in several random orders."""
        return [
            texts.shuffled(own, self.random)
            for own in self.target.rubric.references
            for _ in range(texts.SHUFFLES)
        ]

    def keywords(self) -> list[str]:
        """Return the keywords of each reference, with commas and with spaces."""
        return [text for own in self.target.rubric.references for text in texts.keyword_lists(own)]

    def negated(self) -> list[str]:
        """Return each reference denied."""
        return [negated(own) for own in self.target.rubric.references]

    def swapped(self) -> list[str]:
        """Return each reference with the names that the question contrasts exchanged."""
        rubric = self.target.rubric
        changed = (texts.swapped(rubric.prompt, own) for own in rubric.references)
        return [text for text in changed if text is not None]


@dataclass(frozen=True, slots=True)
class Attack:
    """A way to answer, and what it may earn at most or, with `floor`, must at least.

    Attributes
    ----------
    answers : callable
        Returns the answers to try, none where the attack is not possible.
    limit : float or None
        Of the mean score; of a floor, of every score.
    authored : bool
        The limit holds only for rubrics with key points of their own.
    listed : bool
        It should be flagged as a list of keywords.
    """

    name: str
    answers: Callable[[Attacked], Sequence[str]]
    limit: float | None = None
    authored: bool = False
    listed: bool = False
    floor: bool = False


ATTACKS = (
    Attack("empty", lambda _: [""], 0.0),
    Attack("gibberish", Attacked.gibberish, 0.0),
    Attack("question copied", Attacked.prompt, 0.10),
    Attack("“I don't know”", lambda _: texts.DONT_KNOW, 0.15),
    Attack("generic fluff", lambda _: texts.FLUFF, 0.30),
    Attack("another reference", Attacked.some_others, 0.25),
    Attack("nearest other reference", Attacked.the_nearest, 0.45),
    Attack("words shuffled", Attacked.shuffled, 0.60, listed=True),
    Attack("keyword list", Attacked.keywords, 0.60, listed=True),
    Attack("reference negated", Attacked.negated, 0.45, authored=True),
    Attack("subjects swapped", Attacked.swapped, 0.45, authored=True),
    Attack("reference itself", lambda at: at.target.rubric.references, 0.95, floor=True),
    Attack("full marks by humans", lambda at: at.target.full_marks, floor=True),
)
