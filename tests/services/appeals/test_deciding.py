"""Changing a grade by hand, declining, who decides whose appeal, and lists of appeals."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa

from interview.services.appeals import listing, reading
from interview.services.appeals.deciding import Ruling
from interview.services.appeals.reading import Case
from interview.services.appeals.records import Overtaken, Own, Undecidable
from interview.services.attempts import reviewing
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.marking import overriding
from interview.services.marking.overriding import Decision
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.db import db
from tests.support.appealed import (
    NUMBER,
    POINT,
    REPLY,
    SAID,
    Appealed,
    appeal_row,
    appealed,
    decide,
    decline,
    set_terms,
    told,
)
from tests.support.audit import noted
from tests.support.authored import an_author
from tests.support.classes import add_assignment, add_class, add_learners, principal
from tests.support.clock import START
from tests.support.marking import grades, newest
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


def adjust(case: Appealed, **values: Any) -> Ruling:
    base = grades(case.attempt)[-1].id
    return Ruling("adjust", **{"reply": REPLY, "base": base, "verdict": "found", **values})


def test_a_grade_is_adjusted_with_all_that_sums_it_up() -> None:
    case = appealed()
    made = case.contest()
    before = newest(case.attempt)
    decide(case.tim, made, adjust(case))
    after = newest(case.attempt)
    assert after.points[NUMBER - 1].verdict == "found"
    assert after.score > before.score
    assert db.session.scalar(sa.select(GradebookEntry.score)) == after.score
    assert (appeal_row(made).status, appeal_row(made).reply) == ("adjusted", REPLY)
    assert grades(case.attempt)[-1].reason == REPLY
    assert told(case.ada.id) == [("appeal_decided", "answer", case.attempt)]
    assert [one.kind for one in noted()][-2:] == ["appeal.decided", "grade.overridden"]
    screen = reviewing.answer(case.ada.id, case.attempt, 1, START)
    beside = screen.appeals[POINT]
    assert (beside.status, beside.decider, beside.reply) == ("adjusted", "Tim", REPLY)


def test_what_changes_nothing_or_says_nothing_is_no_adjustment() -> None:
    case = appealed()
    made = case.contest()
    for ruling in (adjust(case, verdict="not found"), adjust(case, reply=" \n"), decline(reply="")):
        with pytest.raises(Undecidable):
            decide(case.iris, made, ruling)
    assert (appeal_row(made).status, len(grades(case.attempt))) == ("open", 1)


def test_a_grade_that_came_first_is_not_overwritten() -> None:
    case = appealed()
    made = case.contest()
    ruling = adjust(case)
    overriding.override(case.tim, case.attempt, 1, Decision(ruling.base, {}, 0.9, "So."), START)
    with pytest.raises(Overtaken):
        decide(case.iris, made, ruling)
    assert (appeal_row(made).status, told(case.ada.id)) == ("open", [])
    decide(case.iris, made, adjust(case, score=0.95, verdict=""))
    assert newest(case.attempt).score == 0.95


def test_an_appeal_is_its_learners_and_its_staffs_and_nobody_decides_their_own() -> None:
    case = appealed()
    made = case.contest()
    assert isinstance(reading.look(case.ada, made, START), Own)
    assert isinstance(reading.look(case.tim, made, START), Case)
    otto = an_author("Otto")
    for person in (case.ben, otto):
        with pytest.raises(NotFound):
            reading.look(person, made, START)
        with pytest.raises(NotFound):
            decide(person, made, decline())
    with pytest.raises(Forbidden):
        decide(case.ada, made, decline())
    with pytest.raises(NotFound):
        reading.look(case.iris, 2**40, START)


def test_a_decided_appeal_is_not_decided_again() -> None:
    case = appealed()
    made = case.contest()
    decide(case.iris, made, decline())
    with pytest.raises(Overtaken):
        decide(case.tim, made, adjust(case))
    assert len(told(case.ada.id)) == 1


def test_what_the_assignment_hides_again_is_hidden_in_the_learners_list() -> None:
    case = appealed()
    decide(case.iris, case.contest(), decline())
    (own,) = listing.mine(case.ada, None, START).appeals
    assert (own.quote, own.reply, bool(own.point_text)) == ((SAID,), REPLY, True)
    set_terms(case.assignment, points_when="never")
    (own,) = listing.mine(case.ada, None, START).appeals
    assert (own.point_text, own.reply, own.quote) == ("", "", (SAID,))


def test_the_queue_has_those_that_wait_first_and_goes_on_by_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = appealed()
    monkeypatch.setattr(listing, "PAGE", 2)
    first = case.contest()
    decide(case.iris, first, decline())
    second = case.contest(number=3)
    third, fourth = (
        case.contest(case.ben, attempt, number=number)
        for attempt in [case.sit(case.ben)]
        for number in (2, 3)
    )

    def page(after: object = None, **filters: object) -> listing.Queue:
        chosen = {"status": "", "assignment_id": None, "after": after, **filters}
        return listing.queue(case.tim, 1, **chosen)  # type: ignore[arg-type]

    seen, following = [], None
    for _ in range(2):
        found = page(following)
        seen += [line.id for line in found.lines]
        following = found.next_after
    assert (seen, following) == ([second, third, fourth, first], None)
    assert [line.id for line in page(status="declined").lines] == [first]
    assert page(assignment_id=case.assignment + 1).lines == ()
    assert page().assignments == ((case.assignment, "First test"),)


def test_alike_appeals_of_other_classes_are_not_told() -> None:
    case = appealed()
    decide(case.iris, case.contest(), decline())
    other = add_class(instructor=case.iris.id)
    (cyd,) = map(principal, add_learners(other, "Cyd"))
    case.assignment = add_assignment(other, row_set(case.assignment))
    second = case.contest(cyd, case.sit(cyd))
    found = reading.look(case.iris, second, START)
    assert isinstance(found, Case)
    assert found.alike == ()


def row_set(assignment: int) -> int:
    found = sa.select(Assignment.set_version_id).where(Assignment.id == assignment)
    return db.session.execute(found).scalar_one()


def test_results_are_read_in_as_many_statements_however_much_is_contested(
    statements: Count,
) -> None:
    case = appealed()
    case.contest()

    def cost() -> int:
        with statements() as seen:
            reviewing.results(case.ada.id, case.attempt, START)
        return len(seen)

    once = cost()
    case.contest(number=3)
    assert cost() == once
