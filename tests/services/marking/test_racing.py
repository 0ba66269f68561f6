"""Two instructors at the same moment: one grade is written, the other is given back."""

from functools import partial

import pytest
from flask import Flask

from interview.services.marking import overriding
from interview.services.marking.overriding import Decision, Overtaken, override
from interview.services.principals import Principal
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.audit import noted
from tests.support.classes import add_member, principal
from tests.support.clock import START
from tests.support.marking import grades, marked, scores
from tests.support.threads import at_once, meet_at


def test_of_two_grades_at_once_one_is_written_and_the_other_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = marked()
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    base = grades(case.attempt)[-1].id
    meet_at(monkeypatch, overriding, "_give")

    def give(person: Principal, score: float) -> object:
        with app.app_context():
            return override(person, case.attempt, 1, Decision(base, {}, score, "Why"), START)

    outcomes = at_once(partial(give, case.iris, 0.1), partial(give, tim, 0.9))
    db.session.rollback()
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, Overtaken)]
    rows = grades(case.attempt)
    assert len(rows) == 2
    assert lost.answer.grade_id == rows[-1].id
    assert scores(case.attempt)[1][0] == rows[-1].score
    assert len(noted()) == 1


def test_grades_of_two_answers_at_once_both_count_in_the_total(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = marked()
    bases = [grades(case.attempt, position)[-1].id for position in (1, 2)]
    meet_at(monkeypatch, overriding, "_give")

    def give(position: int) -> object:
        decision = Decision(bases[position - 1], {}, 1.0, "Why")
        with app.app_context():
            return override(case.iris, case.attempt, position, decision, START)

    at_once(partial(give, 1), partial(give, 2))
    db.session.rollback()
    assert scores(case.attempt) == ((1.0 + 3 * 1.0) / 5, [1.0, 1.0, None])
