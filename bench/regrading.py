"""Row 14: what a regrade costs each answer, against grading it alone.

A round grades every answer of an assignment one by one, and has a dry run made of the same
answers, reads and writes included; one of the runs is applied at the end.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from bench.figures import Figure, spread
from bench.serving import prepared_app
from interview.services import grading
from interview.services.jobs.running import run_due
from interview.services.principals import Principal
from interview.services.regrading import deciding, making, reading
from interview.services.regrading.records import Wish
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.grades import Grade, Submission
from interview.web.clock import system_clock
from tests.support.classes import principal
from tests.support.regrade_field import Field, fill

ANSWERS = 2_000
ROUNDS = 5
SEED = 14


def figure(name: str, url: str, folder: Path) -> Figure:
    """Compare the CPU time of a dry run with that of grading, and state that of applying."""
    with prepared_app(url, folder).app_context():
        field = fill(ANSWERS, SEED)
        person, answers = principal(field.teacher), _answers()
        rounds = [_round(person, field, answers) for _ in range(ROUNDS + 1)][1:]
        run, changed = _compared(person, field)
        deciding.accept(person, run, "computed", system_clock())
        applying = _cpu(lambda: run_due(system_clock)) / changed * 1e6
    ratio = spread([compared / alone for alone, compared in rounds])
    each = median(compared for _, compared in rounds) / len(answers) * 1e6
    label = f"a dry run ÷ grading one by one, CPU per answer, on {name}"
    note = f"{len(answers)} answers, {each:.0f} µs each; applying {applying:.0f} µs a change"
    return Figure("14", label, ratio, "≤ 1.1", note)


def _round(person: Principal, field: Field, answers: list[tuple[int, str]]) -> tuple[float, float]:
    alone = _cpu(lambda: [grading.grade_answer(*one) for one in answers])
    return alone, _cpu(lambda: _compared(person, field))


def _compared(person: Principal, field: Field) -> tuple[int, int]:
    wish = Wish("assignment", field.assignment, None, None, None, "computed", "Bench")
    run = making.make(person, wish, system_clock())
    assert run_due(system_clock) == 1
    return run, reading.run_for(person, run).counts.changed


def _answers() -> list[tuple[int, str]]:
    """Every answer with the version that a run grades it by."""
    current = sa.select(Question.current_version_id, Submission.text)
    rows = db.session.execute(
        current.join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(Grade, Grade.question_version_id == QuestionVersion.id)
        .join(Submission, Submission.id == Grade.submission_id)
        .order_by(Submission.id)
    ).all()
    db.session.rollback()
    return [(version, text) for version, text in rows if version is not None]


def _cpu(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start
