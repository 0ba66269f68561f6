"""Agreement of the grader with human marks, set by set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from interview.grading.evaluation import metrics, resampling
from interview.grading.evaluation.agreement import Compared, compare, mean_agreement
from interview.grading.evaluation.graded import (
    Graded,
    Progress,
    grade_rows,
    grader_with,
    rubric_of,
    shipped_grader,
    snapshot_with,
)
from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.evaluation.reports import (
    Agreement,
    Conduct,
    DatasetReport,
    Evaluation,
    Figures,
    mean_record,
)
from interview.grading.evaluation.rows import GradedAnswer, by_dataset
from interview.grading.evaluation.slips import misspelt
from interview.grading.grader import AnswerGrader

SETTINGS = 2
"""Each answer is graded under so many settings of the idf."""

# A set with fewer answers is misspelt whole, of another every tenth answer.
FEWEST_TO_SAMPLE = 500
SAMPLED_EVERY = 10


@dataclass(frozen=True, slots=True)
class _Marked:
    """What people said of a data set's answers; `number` tells the sets apart."""

    number: int
    marks: Floats
    questions: Ints
    words: Floats


@dataclass(frozen=True, slots=True)
class _Setting:
    """The figures of one data set under one idf."""

    score: Compared
    conduct: Conduct
    cosine: Compared
    recall: Compared

    def figures(self) -> Figures:
        return Figures(
            self.score.agreement, self.conduct, self.cosine.agreement, self.recall.agreement
        )


def evaluate(rows: Sequence[GradedAnswer], progress: Progress) -> Evaluation:
    """Grade marked answers, under the shipped idf and under one that knows the file.

    Nothing is trained: of the rows only prompts and references are counted, set by set.

    Parameters
    ----------
    rows : sequence of GradedAnswer
        At least one.
    progress : callable
        Told the number of grades as they are done; there are `SETTINGS` to a row.
    """
    by_set = by_dataset(rows)
    shipped = shipped_grader()
    measured = [
        _measure(_marked(number, own), own, shipped, progress)
        for number, own in enumerate(by_set.values())
    ]
    reports = [
        DatasetReport(name, len(own), len({row.key for row in own}), *map(_Setting.figures, pair))
        for (name, own), pair in zip(by_set.items(), measured, strict=True)
    ]
    return Evaluation(
        shipped.version, resampling.RESAMPLES, tuple(reports), _mean(reports, measured)
    )


def _mean(
    reports: Sequence[DatasetReport], measured: Sequence[tuple[_Setting, _Setting]]
) -> DatasetReport:
    shipped, extended = (_mean_figures(settings) for settings in zip(*measured, strict=True))
    answers = sum(report.answers for report in reports)
    questions = sum(report.questions for report in reports)
    return DatasetReport("mean", answers, questions, shipped, extended)


def _marked(number: int, rows: Sequence[GradedAnswer]) -> _Marked:
    keys = {key: place for place, key in enumerate(dict.fromkeys(row.key for row in rows))}
    return _Marked(
        number,
        marks=np.array([row.score for row in rows]),
        questions=np.array([keys[row.key] for row in rows], dtype=np.intp),
        words=np.array([len(row.answer.split()) for row in rows], dtype=float),
    )


def _measure(
    marked: _Marked, rows: Sequence[GradedAnswer], shipped: AnswerGrader, progress: Progress
) -> tuple[_Setting, _Setting]:
    extended = grader_with(snapshot_with(shipped.snapshot, rows))
    return (
        _setting(marked, rows, shipped, progress),
        _setting(marked, rows, extended, progress),
    )


def _setting(
    marked: _Marked, rows: Sequence[GradedAnswer], grader: AnswerGrader, progress: Progress
) -> _Setting:
    graded = grade_rows(grader, rows, progress)
    return _Setting(
        score=_compare(marked, graded.scores),
        conduct=_conduct(marked, graded, misspelt_change(grader, rows, graded.scores)),
        cosine=_compare(marked, graded.cosine),
        recall=_compare(marked, graded.recall),
    )


def _compare(marked: _Marked, scores: Floats) -> Compared:
    return compare(marked.marks, scores, marked.questions, marked.number)


def misspelt_change(grader: AnswerGrader, rows: Sequence[GradedAnswer], scores: Floats) -> float:
    """Return the mean change of the score when an answer is misspelt.

    Answers in which no word is misspelt are left out; NaN if no other is left. A large set
    is sampled.

    Parameters
    ----------
    scores : ndarray, shape (answers,)
        Of the answers as they are.
    """
    step = 1 if len(rows) < FEWEST_TO_SAMPLE else SAMPLED_EVERY
    changes = []
    for index in range(0, len(rows), step):
        row = rows[index]
        # Seeded by the answer, so that the order of the rows makes no difference.
        text = misspelt(row.answer, Random(f"{resampling.SEED}/{row.answer}"))  # noqa: S311
        if text != row.answer:
            changes.append(grader.grade(rubric_of(row), text).score - scores[index])
    return metrics.mean(np.array(changes, dtype=float))


def _conduct(marked: _Marked, graded: Graded, change: float) -> Conduct:
    marks, scores, rest = marked.marks, graded.scores, ~graded.review
    errors = metrics.errors_by_length(marks, scores, marked.words)
    return Conduct(
        raw_rmse=metrics.rmse(marks, graded.raw),
        interval_coverage=metrics.interval_coverage(marks, graded.low, graded.high),
        interval_width=metrics.mean(graded.high - graded.low),
        abstained=metrics.mean(graded.review),
        rest_pearson_r=metrics.pearson_r(marks[rest], scores[rest]),
        rest_rmse=metrics.rmse(marks[rest], scores[rest]),
        error_shortest=errors[0],
        error_short=errors[1],
        error_long=errors[2],
        error_longest=errors[3],
        misspelt_change=change,
        us_per_answer=float(np.median(graded.micros)),
    )


def _mean_figures(settings: Sequence[_Setting]) -> Figures:
    def compared(of: Callable[[_Setting], Compared]) -> Agreement:
        return mean_agreement([of(setting) for setting in settings])

    return Figures(
        score=compared(lambda setting: setting.score),
        conduct=mean_record([setting.conduct for setting in settings]),
        cosine=compared(lambda setting: setting.cosine),
        idf_coverage=compared(lambda setting: setting.recall),
    )
