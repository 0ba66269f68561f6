"""Measuring and training the grader: agreement with human marks, what attacks earn.

For an operator's commands alone: it imports numpy, which no web process should pay for.
"""

from collections.abc import Sequence

import sqlalchemy as sa

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
from interview.services.grading import rubric_of
from interview.services.refitting import EmptyBank
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db

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

# Whole, not by pages: each question is compared with all others.
_READY = (
    sa.select(Question.slug, QuestionVersion.prompt, QuestionVersion.rubric)
    .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
    .where(Question.status == "ready")
    .order_by(Question.id)
)


def bank_targets() -> Sequence[Target]:
    """Return every ready question of the bank, to be attacked.

    Raises
    ------
    EmptyBank
        When there is none.
    """
    rows = db.session.execute(_READY).all()
    if not rows:
        raise EmptyBank
    return [Target("bank", row.slug, rubric_of(row.prompt, row.rubric)) for row in rows]
