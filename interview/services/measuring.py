"""Measuring and training the grader: agreement with human marks, what attacks earn.

For an operator's commands alone: it imports numpy, which no web process should pay for.
"""

from collections.abc import Sequence

from interview.grading.evaluation.attack import AttackFigure, AttackReport, attack
from interview.grading.evaluation.attack_kinds import Target, targets_of
from interview.grading.evaluation.evaluate import SETTINGS, evaluate
from interview.grading.evaluation.reports import DatasetReport, Evaluation, Figures
from interview.grading.evaluation.rows import BadFile, GradedAnswer, read_rows
from interview.grading.evaluation.train import (
    PASSES,
    TooFewQuestions,
    TooFewSets,
    Trained,
    save,
    train,
)
from interview.grading.evaluation.validation import HeldOut
from interview.services.refitting import EmptyBank, ready_rubrics

__all__ = [
    "PASSES",
    "SETTINGS",
    "AttackFigure",
    "AttackReport",
    "BadFile",
    "DatasetReport",
    "EmptyBank",
    "Evaluation",
    "Figures",
    "GradedAnswer",
    "HeldOut",
    "Target",
    "TooFewQuestions",
    "TooFewSets",
    "Trained",
    "attack",
    "bank_targets",
    "evaluate",
    "read_rows",
    "save",
    "targets_of",
    "train",
]


def bank_targets() -> Sequence[Target]:
    """Return every ready question of the bank, to be attacked.

    Raises
    ------
    EmptyBank
        When there is none.
    """
    targets = [Target("bank", slug, rubric) for slug, rubric in ready_rubrics()]
    if not targets:
        raise EmptyBank
    return targets
