"""Grading of typed answers: deterministic, offline, explained point by point.

Nothing here imports Flask, SQLAlchemy, numpy or scikit-learn; `AnswerGrader.fit` alone
imports scikit-learn, when it is called.
"""

from interview.grading.compile import CompiledRubric
from interview.grading.grader import AnswerGrader
from interview.grading.idf import IdfSnapshot
from interview.grading.records import (
    Band,
    Flag,
    Grade,
    KeyPoint,
    Misconception,
    MisconceptionFinding,
    PointVerdict,
    Rubric,
    Span,
    Verdict,
)

__all__ = [
    "AnswerGrader",
    "Band",
    "CompiledRubric",
    "Flag",
    "Grade",
    "IdfSnapshot",
    "KeyPoint",
    "Misconception",
    "MisconceptionFinding",
    "PointVerdict",
    "Rubric",
    "Span",
    "Verdict",
]
