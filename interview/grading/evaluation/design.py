"""What the weights are trained on: features of marked answers and of answers worth nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from interview.grading.compile import CompiledRubric
from interview.grading.evaluation.attack_texts import DONT_KNOW, FLUFF
from interview.grading.evaluation.graded import (
    Progress,
    grader_with,
    rubric_of,
    shipped_grader,
    snapshot_with,
)
from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.evaluation.neighbours import Neighbours, families
from interview.grading.evaluation.resampling import SEED
from interview.grading.evaluation.rows import GradedAnswer, by_dataset
from interview.grading.features import FEATURES
from interview.grading.grader import AnswerGrader
from interview.grading.reading import read
from interview.grading.records import Rubric
from interview.grading.views import view_answer

OTHER_REFERENCES = 5

_CLOSEST = FEATURES.index("soft_f1")


@dataclass(frozen=True, slots=True)
class Design:
    """The answers of one data set as numbers.

    Attributes
    ----------
    rows : tuple of GradedAnswer
    grader : AnswerGrader
        Whose idf knows the prompts and references of the set.
    features : ndarray, shape (answers, features)
        Against the reference that the answer is closest to.
    marks : ndarray, shape (answers,)
    questions, families : ndarray of int, shape (answers,)
        The question of each answer, and the family of near copies that it belongs to.
    worthless : tuple of ndarray, each of shape (attacks, features)
        Of answers that deserve nothing, kind by kind: other references, the nearest of
        them, and the prompt with phrases.
    """

    dataset: str
    rows: tuple[GradedAnswer, ...]
    grader: AnswerGrader
    features: Floats
    marks: Floats
    questions: Ints
    families: Ints
    worthless: tuple[Floats, ...]


def designs_of(rows: Sequence[GradedAnswer], progress: Progress) -> list[Design]:
    """Return the design of each data set, in the order of the rows.

    Parameters
    ----------
    progress : callable
        Told the number of answers as they are measured.
    """
    return [_design(name, own, progress) for name, own in by_dataset(rows).items()]


def _design(dataset: str, rows: Sequence[GradedAnswer], progress: Progress) -> Design:
    grader = grader_with(snapshot_with(shipped_grader().snapshot, rows))
    by_rubric: dict[Rubric, list[int]] = {}
    for index, row in enumerate(rows):
        by_rubric.setdefault(rubric_of(row), []).append(index)
    rubrics = list(by_rubric)
    neighbours = Neighbours(rubrics, grader.snapshot)
    distinct = neighbours.distinct()
    features = np.zeros((len(rows), len(FEATURES)))
    worthless: tuple[list[tuple[float, ...]], ...] = ([], [], [])
    for number, (rubric, indexes) in enumerate(by_rubric.items()):
        compiled = grader.compile(rubric)
        features[indexes] = [_closest(grader, compiled, rows[index].answer) for index in indexes]
        random = Random(f"{SEED}/{dataset}/{number}")  # noqa: S311
        kinds = (
            _others(rubrics, number, random),
            _nearest(neighbours, number, distinct),
            [rubric.prompt, *DONT_KNOW, *FLUFF],
        )
        for found, texts in zip(worthless, kinds, strict=True):
            found += [_closest(grader, compiled, text) for text in texts]
        progress(len(indexes))
    family = dict(zip(rubrics, families(neighbours), strict=True))
    return Design(
        dataset,
        tuple(rows),
        grader,
        features,
        np.array([row.score for row in rows]),
        numbered([row.question_id for row in rows]),
        numbered([family[rubric_of(row)] for row in rows]),
        tuple(np.array(found).reshape(-1, len(FEATURES)) for found in worthless),
    )


def numbered(names: Sequence[str | int]) -> Ints:
    """Return equal names as equal numbers, counted from 0."""
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.intp)


def _others(rubrics: Sequence[Rubric], number: int, random: Random) -> list[str]:
    others = [one.references[0] for place, one in enumerate(rubrics) if place != number]
    return random.sample(others, min(OTHER_REFERENCES, len(others)))


def _nearest(neighbours: Neighbours, number: int, distinct: Sequence[int]) -> list[str]:
    nearest = neighbours.nearest(number, distinct) if number in distinct else None
    return [nearest] if nearest is not None else []


def _closest(grader: AnswerGrader, compiled: CompiledRubric, answer: str) -> tuple[float, ...]:
    """Return the features against the closest reference, all 0 for an answer without a word."""
    view = view_answer(read(answer), compiled.prompt, grader.snapshot)
    if not view.reading.terms:
        return (0.0,) * len(FEATURES)
    return max(grader.features(compiled, view), key=lambda row: row[_CLOSEST])
