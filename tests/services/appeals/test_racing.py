"""Two who decide at once, and a question that is changed meanwhile."""

from functools import partial

import pytest
from flask import Flask

from interview.services.appeals import deciding
from interview.services.appeals.deciding import Ruling
from interview.services.appeals.records import Overtaken
from interview.services.appeals.widening import Widening, widening_of
from interview.services.authoring import publishing
from interview.services.authoring.records import Stale
from interview.services.principals import Principal
from interview.store.db import db
from interview.store.types import AnyRow
from tests.support.appealed import accept, appeal_row, appealed, decide, decline, told
from tests.support.authored import version_of
from tests.support.authoring import a_content
from tests.support.clock import START
from tests.support.threads import at_once, meet_at


def test_a_question_that_is_published_meanwhile_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = appealed()
    made = case.contest()

    def overtaken(person: Principal, row: AnyRow) -> Widening | None:
        found = widening_of(person, row)
        publishing.publish(case.iris, case.question, 1, a_content(difficulty="hard"), "", START)
        return found

    monkeypatch.setattr(deciding, "widening_of", overtaken)
    with pytest.raises(Stale):
        decide(case.iris, made, accept())
    assert (appeal_row(made).status, told(case.ada.id)) == ("open", [])


def test_of_two_who_decide_at_once_one_does(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    case = appealed()
    made = case.contest()
    meet_at(monkeypatch, deciding, "write")

    def rule(person: Principal, ruling: Ruling) -> str:
        with app.app_context():
            try:
                decide(person, made, ruling)
            except Overtaken:
                return "overtaken"
            return ruling.choice

    outcomes = at_once(partial(rule, case.iris, accept()), partial(rule, case.tim, decline()))
    db.session.rollback()
    assert outcomes.count("overtaken") == 1
    is_accepted = outcomes[0] == "accept"
    assert appeal_row(made).status == ("accepted" if is_accepted else "declined")
    assert (version_of(case.question) != case.version) is is_accepted
    assert len(told(case.ada.id)) == 1
