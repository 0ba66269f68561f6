"""Two requests at the same moment: one result, both are led on, nothing acknowledged is lost."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services import grading, sweeping
from interview.services.attempts import drafts, overview, settling, starting
from interview.services.attempts.drafts import NotSaved
from interview.services.attempts.records import Conflict, Ended, Saved
from tests.support.attempts import add_person
from tests.support.candidate import GOOD, Candidate, add_bank
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit
from tests.support.threads import Halt, at_once, meanwhile, meet_at

TEN = timedelta(minutes=10)
TIMED = Plan(Preset.MOCK, Feedback.END, TEN, None)
EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)
SAVES = 12
T = TypeVar("T")


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock, TIMED)


def beside(app: Flask, job: Callable[..., T], *arguments: Any, **named: Any) -> Callable[[], T]:
    """A job with a database session of its own."""

    def with_session() -> T:
        with app.app_context():
            return job(*arguments, **named)

    return with_session


def two_browsers(sitter: Sitter) -> list[CheckingClient]:
    clients = [CheckingClient(sitter.client.app) for _ in range(2)]
    for client in clients:
        client.log_in(sitter.candidate.user_id)
    return clients


@pytest.mark.parametrize("plan", [TIMED, EACH], ids=["mock", "practice"])
@pytest.mark.parametrize("htmx", [False, True])
def test_submitting_twice_at_once_is_graded_once_and_both_are_led_on(
    client: CheckingClient,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    plan: Plan,
    htmx: bool,
) -> None:
    sitter = sit(client, clock, plan)
    pairs = [(one, one.get(sitter.question_url())) for one in two_browsers(sitter)]
    meet_at(monkeypatch, grading, "grade_answer")
    pressing = [partial(one.submit, page, BUTTONS["submit"], answer=GOOD) for one, page in pairs]
    pages = at_once(*(partial(press, htmx=htmx, follow=False) for press in pressing))
    assert {page.status for page in pages} == {200 if htmx else 303}
    assert len({page.location for page in pages}) == 1
    assert len({page.headers.get("HX-Push-Url") for page in pages}) == 1
    with sitter.behind() as candidate:
        assert [s.text for s in candidate.submissions()] == [GOOD]
        assert candidate.grades() == 1
        assert candidate.states()[0] == "submitted"


def test_of_two_texts_at_once_one_is_graded_and_the_other_given_back(
    sitter: Sitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["from the phone", "from the desk"]
    pairs = [(one, one.get(sitter.question_url())) for one in two_browsers(sitter)]
    meet_at(monkeypatch, grading, "grade_answer")
    pages = at_once(
        *(
            partial(one.submit, page, BUTTONS["submit"], answer=text, follow=False)
            for (one, page), text in zip(pairs, texts, strict=True)
        )
    )
    assert sorted(page.status for page in pages) == [303, 409]
    (refused,) = [page for page in pages if page.status == 409]
    with sitter.behind() as candidate:
        (kept,) = candidate.submissions()
    assert {kept.text, refused.one("#late-text").text} == set(texts)


def test_submitting_and_finishing_at_once_hand_in_once(
    app: Flask, sitter: Sitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
        candidate.save(1, GOOD, writer=candidate.pages[1].writer)
    meet_at(monkeypatch, grading, "grade_answer")
    at_once(beside(app, sitter.candidate.submit, 1, GOOD), beside(app, sitter.candidate.finish))
    with sitter.behind() as candidate:
        assert [s.text for s in candidate.submissions()] == [GOOD]
        assert candidate.grades() == 1
        assert candidate.attempt().state == "finished"


def test_finishing_twice_at_once_writes_the_totals_once(
    app: Flask, sitter: Sitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
        candidate.save(1, GOOD)
    meet_at(monkeypatch, overview, "write")
    outcomes = at_once(*[beside(app, sitter.candidate.finish)] * 2)
    assert outcomes == [Ended(sitter.attempt_id)] * 2
    with sitter.behind() as candidate:
        assert candidate.grades() == 1
        assert candidate.states() == ["submitted", "unanswered", "unanswered"]


def test_the_sweeper_and_the_learner_settle_once(
    app: Flask, sitter: Sitter, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
        candidate.save(1, GOOD)
    clock.advance(minutes=11)
    meet_at(monkeypatch, settling, "write")
    sweeping_up: Callable[[], object] = beside(app, sweeping.sweep, clock())
    at_once(sweeping_up, beside(app, sitter.candidate.show, 1))
    with sitter.behind() as candidate:
        assert candidate.grades() == 1
        assert candidate.attempt().finish_reason == "time"


def test_two_starts_at_once_open_one_attempt(
    app: Flask, client: CheckingClient, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        slug, user = add_bank(), add_person()
        sitter = Sitter(client, Candidate(user, 0, clock))
    meet_at(monkeypatch, starting, "write")
    path, data = f"/practise/start?set={slug}", {"preset": "mock", "feedback": "end"}
    pages = at_once(*(partial(one.post, path, data) for one in two_browsers(sitter)))
    assert sorted(page.status for page in pages) == [303, 409]
    (offered,) = [page for page in pages if page.status == 409]
    (started,) = [page for page in pages if page.status == 303]
    attempt = str(started.location).split("/")[2]
    assert offered.link("Continue") == f"/attempts/{attempt}/continue"


def test_two_threads_that_save_lose_no_revision(app: Flask, sitter: Sitter) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)

    def type_on(writer: str) -> list[tuple[int, str]]:
        acknowledged, base = [], 0
        for sequence in range(1, SAVES + 1):
            text = f"{writer} {sequence}"
            answer = sitter.candidate.save(1, text, base=base, writer=writer, sequence=sequence)
            base = answer.revision
            if isinstance(answer, Saved):
                acknowledged.append((answer.revision, text))
        return acknowledged

    typing = (beside(app, type_on, writer) for writer in ("left", "right"))
    kept = list(chain.from_iterable(at_once(*typing)))
    revisions = sorted(revision for revision, _ in kept)
    assert revisions == list(range(1, len(kept) + 1)), Counter(revisions)
    with sitter.behind() as candidate:
        page = candidate.question(1)
        assert (page.base, page.text) == max(kept)


def test_an_answer_waits_for_a_save_that_is_being_written(
    app: Flask, sitter: Sitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
    halt = Halt(monkeypatch, drafts, "write_draft")
    saving = beside(app, sitter.candidate.save, 1, "from the phone", writer="phone")
    submitting = beside(app, sitter.candidate.submit, 1, "from the desk")
    with meanwhile(saving) as saved:
        halt.wait()
        with meanwhile(submitting) as submitted:
            time.sleep(0.3)
            halt.let_go()
    assert isinstance(saved.result(), Saved)
    refused = submitted.result()
    assert isinstance(refused, Conflict)
    assert (refused.screen.text, refused.typed) == ("from the phone", "from the desk")


def test_the_clock_waits_for_a_save_that_is_being_written(
    app: Flask, sitter: Sitter, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
        candidate.save(1, "half a thou")
    halt = Halt(monkeypatch, drafts, "write_draft")
    saving = beside(app, sitter.candidate.save, 1, "half a thought", base=1, sequence=2)
    with meanwhile(saving) as saved:
        halt.wait()
        later = clock() + TEN + timedelta(minutes=1)
        with meanwhile(beside(app, sweeping.sweep, later)):
            time.sleep(0.3)
            halt.let_go()
    assert isinstance(saved.result(), Saved)
    with sitter.behind() as candidate:
        assert [s.text for s in candidate.submissions()] == ["half a thought"]
        assert candidate.states() == ["submitted", "unanswered", "unanswered"]


def test_a_save_waits_for_an_answer_that_is_being_written_and_is_refused(
    app: Flask, sitter: Sitter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sitter.behind() as candidate:
        candidate.show(1)
    halt = Halt(monkeypatch, grading, "grade_row")
    with meanwhile(beside(app, sitter.candidate.submit, 1, GOOD)):
        halt.wait()
        saving = beside(app, sitter.candidate.save, 1, "too late", writer="phone")
        with meanwhile(saving) as saved:
            time.sleep(0.3)
            halt.let_go()
    assert saved.result() == NotSaved("closed")
