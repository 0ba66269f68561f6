"""Rows 5 to 7: what a grade costs, against a dot product, a larger bank, and in bulk."""

import math
import time
from collections.abc import Callable
from statistics import median

from bench.figures import Figure, spread
from bench.learner import ANSWER
from interview.grading import AnswerGrader, CompiledRubric, IdfSnapshot, KeyPoint, Rubric
from interview.grading.features import cosine, view_answer
from interview.services.grading import DATA

ROUNDS = 7
CALLS = 300
QUESTIONS = 1_000_000
VOCABULARY = 250_000


def figures() -> list[Figure]:
    """Measure everything on one core of this process."""
    grader = AnswerGrader.load(DATA / "grader")
    rubric = _rubric()
    compiled = grader.compile(rubric)
    answers = [ANSWER.format(number=number) for number in range(CALLS)]
    signal = [_time(lambda a: _signal(grader, compiled, a), answers) for _ in range(ROUNDS)]
    return [
        _against_dot_product(grader, compiled, answers),
        _full_grade(grader, compiled, answers),
        _larger_bank(rubric, answers, signal),
        _bulk(grader, compiled, answers),
    ]
