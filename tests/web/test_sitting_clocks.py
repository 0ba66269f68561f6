"""Clocks on pages: the server's deadlines, in the learner's zone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.unit import write
from interview.store.users import User
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit, typed

QUARTER = Plan(Preset.MOCK, Feedback.END, timedelta(minutes=15), None)
BOTH = Plan(Preset.MOCK, Feedback.END, timedelta(minutes=15), timedelta(minutes=2))
PER_QUESTION = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=2))
# Berlin's clocks go from 02:00 to 03:00 at this moment, and back in October.
SPRING = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)


def sit_in(zone: str, client: CheckingClient, clock: FakeClock, plan: Plan = QUARTER) -> Sitter:
    sitter = sit(client, clock, plan)
    with sitter.behind() as candidate, write() as session:
        moved = sa.update(User).where(User.id == candidate.user_id)
        session.execute(moved.values(time_zone=zone))
    return sitter


@pytest.mark.parametrize(
    ("change", "until", "ended"),
    [
        (SPRING, "until 03:05:00", "29 Mar 2026, 03:05 CEST"),
        (AUTUMN, "until 02:05:00", "25 Oct 2026, 02:05 CET"),
    ],
)
def test_an_attempt_across_a_change_of_clocks_lasts_as_long_as_any(
    client: CheckingClient, clock: FakeClock, change: datetime, until: str, ended: str
) -> None:
    clock.set(change - timedelta(minutes=10))
    sitter = sit_in("Europe/Berlin", client, clock)
    page = sitter.open()
    face = page.one("[data-clock]")
    assert page.texts(".clock-face") == [until]
    deadline = change + timedelta(minutes=5)
    assert face.get("data-deadline") == str(round(deadline.timestamp() * 1000))
    assert face.get("data-length") == str(15 * 60 * 1000)
    clock.advance(minutes=10)
    assert sitter.open().one("[data-clock]").get("data-deadline") == face.get("data-deadline")
    assert "5 min left" in client.get("/practise").text
    clock.advance(minutes=5, seconds=6)
    assert ended in client.get(sitter.url("/results")).text


def test_moments_are_in_the_viewers_zone_with_its_name(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit_in("Asia/Kolkata", client, clock)
    sitter.open()
    saved: Any = sitter.save("typed").json
    assert saved["saved_at"].startswith("14:30:00")
    assert saved["now"] == round(clock().timestamp() * 1000)
    with sitter.behind() as candidate:
        candidate.finish()
    assert "2 Mar 2026, 14:30 IST" in client.get(sitter.url("/results")).text


def test_both_clocks_are_on_the_page_and_the_nearer_is_first(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, BOTH)
    assert [face.get("data-clock") for face in sitter.open().select("[data-clock]")] == [
        "question",
        "attempt",
    ]


def test_without_a_limit_there_is_no_clock(client: CheckingClient, clock: FakeClock) -> None:
    sitter = sit(client, clock)
    assert sitter.open().select("[data-clock]") == []
    assert "no time limit" in client.get("/practise").text


def test_after_the_time_the_saved_draft_was_handed_in_and_the_late_text_is_given_back(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, QUARTER)
    page = sitter.open()
    sitter.save("saved in time", writer=page.one("input[name=writer]").get("value"))
    clock.advance(minutes=16)
    late = client.submit(page, BUTTONS["submit"], answer="typed too late")
    assert late.texts("h1") == ["This session has ended"]
    assert late.one("#late-text").text == "typed too late"
    results = client.click(late, "See the results")
    assert "Time was up at 09:15:00" in results.text
    assert results.texts(".own-text") == ["saved in time"]


def test_after_the_time_a_save_is_refused_with_what_was_kept(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, QUARTER)
    sitter.open()
    sitter.save("saved in time")
    clock.advance(minutes=15, seconds=5)
    assert sitter.save("within the grace", base=1, sequence=2).status == 200
    clock.advance(seconds=1)
    refused = sitter.save("too late", base=2, sequence=3)
    assert (refused.status, refused.json) == (
        409,
        {"reason": "closed", "text": "within the grace", "revision": 2},
    )


@pytest.mark.parametrize("htmx", [False, True])
def test_one_question_running_out_is_told_before_the_next_clock_starts(
    client: CheckingClient, clock: FakeClock, htmx: bool
) -> None:
    sitter = sit(client, clock, PER_QUESTION)
    sitter.open()
    sitter.save("half an answer")
    clock.advance(minutes=3)
    page = sitter.open(htmx=htmx)
    assert page.texts("h1") == ["Time is up for this question"]
    assert "handed in: 3 words" in page.text
    clock.advance(minutes=30)
    following = client.click(page, "Next question")
    assert following.path == sitter.question_url(2)
    assert following.texts(".clock-face") == ["until 09:35:00"]


def test_a_late_answer_to_one_question_is_given_back(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, PER_QUESTION)
    page = sitter.open()
    clock.advance(minutes=3)
    late = client.submit(page, BUTTONS["submit"], answer="late words")
    assert late.texts("h1") == ["Time is up for this question"]
    assert late.one("#late-text").text == "late words"


def test_the_attempt_goes_on_at_another_device_with_the_same_deadline(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, QUARTER)
    first = sitter.open().one("[data-clock]").get("data-deadline")
    sitter.save("from the phone")
    clock.advance(minutes=4)
    other = CheckingClient(client.app)
    other.log_in(sitter.candidate.user_id)
    page = other.get(sitter.question_url())
    assert page.one("[data-clock]").get("data-deadline") == first
    assert typed(page) == "from the phone"


def test_an_answer_that_took_days_is_taken_where_there_is_no_limit(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock)
    page = sitter.open()
    clock.advance(days=3)
    assert client.submit(page, BUTTONS["submit"], answer=GOOD).path == sitter.question_url(2)
