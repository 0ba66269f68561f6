"""Asking again for a run that ended before it came to anything, from its page."""

import sqlalchemy as sa
from flask import Flask

from interview.services.jobs.running import run_due
from interview.services.regrading import deciding
from interview.services.unit import write
from interview.store.regrades import RegradeRun
from tests.support.attempts import add_person
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.regraded import regraded


def test_an_undo_that_failed_has_a_button_and_another_persons_classes_have_none(
    app: Flask, client: CheckingClient, clock: FakeClock
) -> None:
    with app.app_context():
        world = regraded()
        run = world.ask()
        run_due(clock)
        deciding.accept(world.iris, run, "computed", clock())
        run_due(clock)
        undo = deciding.undo(world.iris, run, "Too generous.", clock())
        over_classes = world.ask(scope="classes", assignment_id=None)
        with write() as session:
            runs = sa.update(RegradeRun).where(RegradeRun.id.in_([undo, over_classes]))
            session.execute(runs.values(state="failed", finished_at=clock()))
        root = add_person("Root", role="admin")
    client.log_in(world.iris.id)
    page = client.submit(client.get(f"/regrades/{undo}"), "Try again")
    assert page.texts("h1") == ["Putting back the grades from before"]
    again = "Look for changes again"
    path = f"/regrades/{over_classes}"
    assert again in client.get(path).texts("button")
    client.log_in(root)
    assert again not in client.get(path).texts("button")
