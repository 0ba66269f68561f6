"""What the two hot paths, answering and saving, ask of the database: always the same little."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from interview.services import grading
from tests.support.attempts import Item, add_attempt
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]

# Who asks; attempt, item and dots; then the write: move, close, submission, grade, the next
# item and its first display.
A_STEP = 10
# Who asks; the attempt, whose lock keeps a submission apart; the save itself.
A_SAVE = 3


@pytest.fixture(params=[(3, 0), (30, 50)], ids=["small", "large"])
def sitter(request: pytest.FixtureRequest, client: CheckingClient, clock: FakeClock) -> Sitter:
    """Somebody in a short first attempt, or in a long one after fifty others."""
    questions, others = request.param
    made = sit(client, clock, count=questions)
    with made.behind() as candidate:
        version = candidate.item(1).question_version_id
        for _ in range(others):
            add_attempt(candidate.user_id, items=[Item(version=version)])
        # A process reads each rubric once; that is not the cost of a step.
        for position in (1, 2):
            grading.compiled(candidate.item(position).question_version_id)
    return made


def test_a_step_is_few_statements_and_one_commit(sitter: Sitter, statements: Count) -> None:
    page = sitter.open()
    with statements() as seen:
        shown = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, htmx=True)
    assert shown.texts("h1") == ["What is three-2?"]
    assert (len(seen), seen.commits) == (A_STEP, 1), f"{len(seen)} statements:\n{seen}"


def test_a_step_from_a_saved_draft_costs_no_more(sitter: Sitter, statements: Count) -> None:
    page = sitter.open()
    sitter.save("saved", writer=page.one("input[name=writer]").get("value"))
    with statements() as seen:
        sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, htmx=True)
    assert (len(seen), seen.commits) == (A_STEP, 1), f"{len(seen)} statements:\n{seen}"


@pytest.mark.parametrize("before", [0, 1])
def test_a_save_is_few_statements_and_one_commit(
    sitter: Sitter, statements: Count, before: int
) -> None:
    sitter.open()
    for sequence in range(before):
        sitter.save("earlier", base=sequence, sequence=sequence)
    with statements() as seen:
        saved = sitter.save("typed", base=before, sequence=before)
    assert saved.status == 200
    assert (len(seen), seen.commits) == (A_SAVE, 1), f"{len(seen)} statements:\n{seen}"


def test_a_refused_save_costs_two_looks_more(sitter: Sitter, statements: Count) -> None:
    sitter.open()
    sitter.save("from the other tab", writer="other")
    with statements() as seen:
        refused = sitter.save("typed")
    assert refused.status == 409
    assert len(seen) == A_SAVE + 2, str(seen)
