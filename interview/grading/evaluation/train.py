"""Training the weights, with a record of what they come from and how well they do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from interview.grading.calibrate import Coefficients
from interview.grading.evaluation import fitting, metrics, validation
from interview.grading.evaluation.design import Design, designs_of
from interview.grading.evaluation.graded import Progress
from interview.grading.evaluation.rows import GradedAnswer
from interview.grading.evaluation.validation import HeldOut, Unseen
from interview.grading.grader import CODE_VERSION, COEFFICIENTS_FILE
from interview.grading.thesaurus import DATA

LEAST_FAMILIES = 4
PASSES = 3
"""Each answer is measured once and graded twice."""

# What is known of the sets that the shipped weights come from.
SOURCES = {
    "saf_en": ("Short Answer Feedback, English (Filighera et al. 2022)", "MIT"),
    "beetle": ("SemEval-2013 Task 7, Beetle (Dzikovska et al. 2013)", "CC BY-SA 3.0"),
    "scientsbank": ("SemEval-2013 Task 7, SciEntsBank (Dzikovska et al. 2013)", "CC BY-SA 3.0"),
}


class TooFewSets(Exception):
    """Held-out data sets can be measured only if there are at least two."""


class TooFewQuestions(Exception):
    """A data set has too few distinct questions to hold some out.

    Parameters
    ----------
    dataset : str
    """

    def __init__(self, dataset: str) -> None:
        self.dataset = dataset
        super().__init__(f"{dataset}: fewer than {LEAST_FAMILIES} distinct questions")


@dataclass(frozen=True, slots=True)
class Trained:
    """New coefficients, and every figure on answers that the weights have not seen.

    Attributes
    ----------
    coverage : float
        The share of marks within intervals of widths from other questions.
    """

    coefficients: Coefficients
    held_out: tuple[HeldOut, ...]
    coverage: float

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types."""
        return {
            "held_out": [one.to_dict() for one in self.held_out],
            "interval_coverage": round(self.coverage, 3),
            "coefficients": self.coefficients.to_dict(),
        }


def train(
    rows: Sequence[GradedAnswer],
    paths: Sequence[Path],
    stamp: tuple[date, str | None],
    progress: Progress,
) -> Trained:
    """Train the estimate and the intervals of derived rubrics on marked answers.

    How key points combine, and the intervals of rubrics with key points of their own, stay
    as they are in the shipped coefficients.

    Parameters
    ----------
    rows : sequence of GradedAnswer
        Of two data sets or more.
    paths, stamp : sequence of Path, (date, str or None)
        For the record: the files of the rows, the day and the revision of this code.
    progress : callable
        Told the number of answers as they are dealt with; there are `PASSES` to an answer.

    Raises
    ------
    TooFewSets
        If there is only one data set.
    TooFewQuestions
        If one has fewer than `LEAST_FAMILIES` questions that are no copies of each other.
    """
    if len({row.dataset for row in rows}) < 2:  # noqa: PLR2004 - one is held out
        raise TooFewSets
    base = Coefficients.load(DATA / COEFFICIENTS_FILE)
    designs = designs_of(rows, progress)
    for design in designs:
        if len(set(design.families)) < LEAST_FAMILIES:
            raise TooFewQuestions(design.dataset)
    unseen = validation.by_dataset(designs, base, progress)
    folds = validation.by_question(designs, base, progress)
    held_out = (
        *validation.compare("dataset", unseen),
        *validation.compare("question", folds),
    )
    coverage = validation.coverage_of_halves(unseen, base.coverage)
    scored = [(one.graded.scores, one.design.marks) for one in unseen]
    numbers = replace(
        validation.with_estimate(base, fitting.fit(designs)),
        derived_widths=fitting.half_widths(scored, base.coverage),
    )
    day = {"date": stamp[0].isoformat(), "commit": stamp[1], "code_version": CODE_VERSION}
    provenance = {
        **base.provenance,
        "estimate": day | _estimate_record(paths, rows, designs, held_out),
        "interval": base.provenance["interval"]
        | {"derived": day | _interval_record(unseen, coverage)},
    }
    return Trained(replace(numbers, provenance=provenance), held_out, coverage)


def _estimate_record(
    paths: Sequence[Path],
    rows: Sequence[GradedAnswer],
    designs: Sequence[Design],
    held_out: Sequence[HeldOut],
) -> dict[str, Any]:
    return {
        "method": (
            "ridge regression of human marks on standardised features, the same weight for "
            "every data set, marks and features counted from the mean of their set and in part "
            "of their question, with answers that deserve nothing; less a loss for little overlap"
        ),
        "penalty": fitting.PENALTY,
        "question_centring": fitting.CENTRING,
        "attack_share": fitting.ATTACK_SHARE,
        "files": [
            {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} for path in paths
        ],
        "datasets": _sources(rows, designs),
        "held_out": [one.to_dict() for one in held_out],
    }


def _sources(rows: Sequence[GradedAnswer], designs: Sequence[Design]) -> list[dict[str, Any]]:
    answers = Counter(row.dataset for row in rows)
    return [
        {
            "dataset": design.dataset,
            "name": SOURCES.get(design.dataset, (design.dataset, ""))[0],
            "licence": SOURCES.get(design.dataset, ("", "unknown"))[1],
            "rows": answers[design.dataset],
            "questions": int(design.questions.max()) + 1,
        }
        for design in designs
    ]


def _interval_record(unseen: Sequence[Unseen], coverage: float) -> dict[str, Any]:
    return {
        "method": (
            "split-conformal: in each band of scores, the quantile of the distance between "
            "score and human mark over the sets with equal weight, each graded by weights of "
            "the other sets"
        ),
        "coverage_on_unseen_questions": round(coverage, 3),
        "rmse": {one.design.dataset: _rmse(one) for one in unseen},
    }


def _rmse(unseen: Unseen) -> float:
    return round(metrics.rmse(unseen.design.marks, unseen.graded.scores), 3)


def save(trained: Trained, folder: Path) -> Path:
    """Write the coefficients to ``folder/coefficients.json`` and return its path."""
    path = folder / COEFFICIENTS_FILE
    body = json.dumps(trained.coefficients.to_dict(), indent=2, ensure_ascii=False)
    path.write_text(body + "\n", encoding="utf-8")
    return path
