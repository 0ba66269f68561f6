"""What is offered for a new run, and what the page of a run shows beside its figures."""

from collections.abc import Iterator

import pytest
from flask import Flask

from interview.services.classes.access import Forbidden
from interview.services.jobs.records import STALE, GivenUp
from interview.services.jobs.running import run_due
from interview.services.regrading import (
    as_csv,
    deciding,
    offering,
    reading,
    showing,
    undoing,
)
from interview.services.regrading.records import Overtaken, RunScreen
from interview.services.unit import write
from interview.store.db import db
from interview.store.grades import Grade
from tests.support.attempts import add_person
from tests.support.classes import add_instructor, principal
from tests.support.clock import FakeClock
from tests.support.regraded import PROMPT, WORDING, Regraded, practise, regraded


@pytest.fixture
def world(app: Flask) -> Iterator[Regraded]:
    """Ada and Ben said what the rubric now knows, Cyd did not."""
    with app.app_context():
        yield regraded()


def compared(world: Regraded, clock: FakeClock, name: str) -> RunScreen:
    """The run that follows from somebody's appeal, its dry run made."""
    run_id = world.ask(appeal_id=world.appeal(name), version_id=world.new)
    run_due(clock)
    return reading.run_for(world.iris, run_id)


def test_what_is_offered_begins_with_the_narrowest(world: Regraded) -> None:
    offered = offering.offer(world.iris, world.assignment, None)
    assert offered.scopes == ("assignment", "classes")
    assert offered.questions == ((world.question, PROMPT),)
    root = principal(add_person("Root", role="admin"))
    assert offering.offer(root, None, world.question).scopes == ("everywhere",)
    with pytest.raises(Forbidden):
        offering.offer(principal(add_instructor("Olga")), None, world.question)


def test_a_change_says_which_words_were_found(world: Regraded, clock: FakeClock) -> None:
    run = compared(world, clock, "Ada")
    lines = reading.items(world.iris, run.id, "all", None).lines
    ada, ben = showing.changes(run.id, lines)
    (reason,) = ada.reasons
    assert (reason.number, reason.before, reason.after) == (1, "not found", "found")
    assert reason.quote == WORDING
    assert (ben.old_band, ben.new_band) == ("partly there", "strong")


def test_the_contested_answer_says_why_it_stays(world: Regraded, clock: FakeClock) -> None:
    changes = showing.contested(compared(world, clock, "Ada"))
    assert changes is not None
    assert (changes.learner, changes.outcome, changes.by_person) == ("Ada", "pending", False)
    stays = showing.contested(compared(world, clock, "Cyd"))
    assert stays is not None
    assert (stays.new_score, stays.by_person) == (None, False)
    with write() as session:
        for grade in session.query(Grade):
            grade.graded_by = world.iris.id
    graded = showing.contested(compared(world, clock, "Ben"))
    assert graded is not None
    assert (graded.new_score, graded.by_person) == (None, True)


def test_a_run_that_was_dropped_is_asked_for_again(world: Regraded, clock: FakeClock) -> None:
    run = compared(world, clock, "Ada")
    with pytest.raises(Overtaken):
        showing.again(world.iris, run.id, clock())
    deciding.cancel(world.iris, run.id, clock())
    made = reading.run_for(world.iris, showing.again(world.iris, run.id, clock()))
    assert (made.appeal_id, made.version_id) == (run.appeal_id, run.version_id)
    assert not showing.work(made, clock()).is_stuck
    assert showing.work(made, clock() + 2 * STALE).is_stuck


def test_an_undo_that_failed_is_gone_on_with_by_its_owner(
    world: Regraded, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = compared(world, clock, "Ada")
    deciding.accept(world.iris, run.id, "computed", clock())
    run_due(clock)
    undo = deciding.undo(world.iris, run.id, "Too generous.", clock())
    with pytest.raises(Overtaken):
        showing.again(world.iris, undo, clock())
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "collect", fail)
        run_due(clock)
    assert reading.run_for(world.iris, undo).can_repeat
    assert showing.again(world.iris, undo, clock()) == undo
    with pytest.raises(Overtaken):
        showing.again(world.iris, undo, clock())
    run_due(clock)
    shown = reading.run_for(world.iris, undo)
    assert (shown.state, shown.counts.applied, shown.can_repeat) == ("applied", 2, False)


def fail(*_: object) -> None:
    raise GivenUp


def test_a_run_over_somebodys_classes_is_asked_for_again_by_them_alone(
    world: Regraded, clock: FakeClock
) -> None:
    root = principal(add_person("Root", role="admin"))
    run = world.ask(scope="classes", assignment_id=None)
    deciding.cancel(root, run, clock())
    assert not reading.run_for(root, run).can_repeat
    with pytest.raises(Forbidden):
        showing.again(root, run, clock())
    assert reading.run_for(world.iris, run).can_repeat
    assert showing.again(world.iris, run, clock()) > run


def test_the_table_names_nobody_who_practised(world: Regraded, clock: FakeClock) -> None:
    root = principal(add_person("Root", role="admin"))
    practise(world, add_person("Zora"))
    run_id = world.ask(root, scope="everywhere", assignment_id=None, question_id=None)
    run_due(clock)
    db.session.rollback()
    heading, *rows = "".join(as_csv.changes(root, run_id)).splitlines()
    assert [row.split(",")[:2] for row in rows] == [
        ["Ada", "First test"],
        ["Ben", "First test"],
        ["", "own practice"],
    ]
    hidden = "".join(as_csv.changes(root, run_id, hide_names=True))
    assert hidden.startswith(heading)
    assert "Ada" not in hidden
