"""Saving drafts: what is acknowledged stays, and an older text never replaces a newer one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import overview
from interview.services.attempts.drafts import NotSaved
from interview.services.attempts.records import AlreadyClosed, Conflict, Saved, Showing
from tests.support.candidate import Candidate, add_bank, start
from tests.support.clock import FakeClock

TIMED = Plan(Preset.PRACTICE, Feedback.EACH, timedelta(minutes=10), None)
PER_QUESTION = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=1))


@pytest.fixture
def candidate(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock, TIMED)
    made.show(1)
    return made


@pytest.fixture
def hurried(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock, PER_QUESTION)
    made.show(1)
    return made


def test_each_save_raises_the_revision(candidate: Candidate, clock: FakeClock) -> None:
    first = candidate.save(1, "a")
    clock.advance(seconds=1)
    second = candidate.save(1, "ab", base=1, sequence=2)
    assert (first, second) == (Saved(1, clock() - timedelta(seconds=1), 0), Saved(2, clock(), 0))
    assert candidate.question(1).text == "ab"


def test_an_older_revision_gets_the_newer_text_and_changes_nothing(candidate: Candidate) -> None:
    candidate.save(1, "from the other tab", writer="other")
    assert candidate.save(1, "from this tab") == NotSaved("newer", "from the other tab", 1)
    assert candidate.question(1).text == "from the other tab"


def test_a_conflict_is_solved_by_saving_on_top_of_what_was_shown(candidate: Candidate) -> None:
    candidate.save(1, "from the other tab", writer="other")
    refused = candidate.save(1, "from this tab")
    assert isinstance(refused, NotSaved)
    again = candidate.save(1, "from this tab", base=refused.revision, sequence=2)
    assert isinstance(again, Saved)
    assert candidate.question(1).text == "from this tab"


def test_the_same_text_from_another_tab_is_no_conflict(candidate: Candidate) -> None:
    candidate.save(1, "the same", writer="other")
    assert isinstance(candidate.save(1, "the same"), Saved)


def test_a_retry_whose_first_answer_was_lost_is_no_conflict(candidate: Candidate) -> None:
    candidate.save(1, "typed")
    assert isinstance(candidate.save(1, "typed"), Saved)
    assert isinstance(candidate.save(1, "typed on", base=0, sequence=2), Saved)


def test_a_save_that_was_overtaken_by_its_own_page_changes_nothing(candidate: Candidate) -> None:
    candidate.save(1, "newest", sequence=2)
    assert candidate.save(1, "older", sequence=1) == NotSaved("newer", "newest", 1)
    assert candidate.question(1).text == "newest"


def test_a_save_under_way_does_not_undo_what_a_button_sent(candidate: Candidate) -> None:
    page = candidate.pages[1]
    candidate.save(1, "a thought", writer=page.writer, sequence=1)
    candidate.act("skip", 1, "a thought, finished")
    late = candidate.save(1, "a thought, fin", base=1, writer=page.writer, sequence=2)
    assert late == NotSaved("newer", "a thought, finished", 2)
    assert candidate.question(1).text == "a thought, finished"


@pytest.mark.parametrize("button", ["skip", "flag", "to_overview", "pause", "reveal"])
def test_every_button_keeps_what_was_typed(candidate: Candidate, button: str) -> None:
    candidate.act(button, 1, "typed last")
    with_text = candidate.save(1, "probe", writer="probe")
    assert isinstance(with_text, NotSaved)
    assert with_text.text == "typed last"


@pytest.mark.parametrize("button", ["skip", "flag", "to_overview", "pause", "reveal"])
def test_no_button_overwrites_what_another_tab_saved(candidate: Candidate, button: str) -> None:
    candidate.save(1, "from the other tab", writer="other")
    outcome = candidate.act(button, 1, "from this tab")
    assert isinstance(outcome, Conflict)
    assert (outcome.typed, outcome.screen.text) == ("from this tab", "from the other tab")
    assert candidate.states()[0] == "open"


def test_twenty_thousand_characters_are_saved_and_one_more_is_not(candidate: Candidate) -> None:
    assert isinstance(candidate.save(1, "🙂" * 20_000), Saved)
    assert candidate.save(1, "🙂" * 20_001, base=1, sequence=2) == NotSaved("long")
    assert candidate.question(1).text == "🙂" * 20_000


def test_a_question_that_was_not_shown_takes_no_draft(candidate: Candidate) -> None:
    assert candidate.save(2, "early") == NotSaved("not shown")


def test_a_paused_attempt_takes_no_draft(candidate: Candidate) -> None:
    candidate.act("pause", 1, "before the pause")
    refused = candidate.save(1, "during the pause", writer="other")
    assert isinstance(refused, NotSaved)
    assert (refused.reason, refused.text) == ("paused", "before the pause")


def test_a_submitted_question_takes_no_draft(candidate: Candidate) -> None:
    candidate.save(1, "first")
    candidate.submit(1, "first and last")
    refused = candidate.save(1, "and more", base=1, sequence=2)
    assert isinstance(refused, NotSaved)
    assert refused.reason == "closed"


@pytest.mark.parametrize("base", [0, 1])
def test_after_the_time_a_save_is_told_that_it_is_over(
    candidate: Candidate, clock: FakeClock, base: int
) -> None:
    candidate.save(1, "in time", writer="other")
    clock.advance(minutes=11)
    assert candidate.save(1, "too late", base=base) == NotSaved("closed", "in time", 1)


@pytest.mark.parametrize("base", [0, 1])
def test_a_question_left_behind_is_told_to_be_closed(hurried: Candidate, base: int) -> None:
    hurried.act("skip", 1, "left behind")
    refused = hurried.save(1, "from an old page", base=base)
    assert refused == NotSaved("closed", "left behind", 1)


def test_a_question_left_behind_is_closed_and_not_out_of_time(
    hurried: Candidate, clock: FakeClock
) -> None:
    hurried.act("skip", 1, "left behind")
    clock.advance(minutes=1, seconds=30)
    hurried.show(2)
    clock.advance(seconds=10)
    outcome = hurried.submit(1, "from an old page", writer="other")
    assert outcome == AlreadyClosed(hurried.attempt_id, 1, "from an old page")
    assert hurried.states()[0] == "open"


@pytest.mark.parametrize("end", [overview.finish_now, overview.abandon])
def test_an_attempt_that_has_ended_takes_no_draft(
    candidate: Candidate, end: Callable[[int, int, datetime], object]
) -> None:
    end(candidate.user_id, candidate.attempt_id, candidate.now())
    for position in (1, 2):
        refused = candidate.save(position, "too late")
        assert isinstance(refused, NotSaved)
        assert refused.reason == "closed"


# Two open pages of one question; each save is one of these moves.
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["left", "right"]),
        st.sampled_from(["save", "save", "lost answer", "late", "retry", "accept"]),
    ),
    max_size=14,
)


@dataclass
class Tab:
    """An open page: what it knows, and what it sent without hearing back."""

    name: str
    base: int = 0
    sequence: int = 0
    sent: list[tuple[str, int, int]] = field(default_factory=list)
    conflict: int | None = None


@dataclass
class Desk:
    """Both tabs, with a record of what the server must have."""

    candidate: Candidate
    kept: str = ""
    revision: int = 0
    acknowledged: dict[int, str] = field(default_factory=dict)

    def send(self, tab: Tab, text: str, base: int, sequence: int) -> Saved | NotSaved:
        answer = self.candidate.save(1, text, base=base, writer=tab.name, sequence=sequence)
        if isinstance(answer, Saved):
            assert answer.revision == self.revision + 1
            self.kept, self.revision = text, answer.revision
            self.acknowledged[answer.revision] = text
        else:
            # Nothing is dropped: whoever is refused is given the text that stands.
            assert (answer.reason, answer.text) == ("newer", self.kept)
            assert answer.revision == self.revision
        return answer

    def play(self, tab: Tab, move: str, number: int) -> None:
        if move in ("save", "lost answer"):
            tab.sequence += 1
            text = f"{tab.name} {number}"
            base, newest = tab.base, tab.sequence
            answer = self.send(tab, text, base, newest)
            tab.sent.append((text, base, newest))
            if move == "save":
                self.hear(tab, answer)
        elif move == "accept" and tab.conflict is not None:
            tab.base, tab.conflict = tab.conflict, None
        elif move in ("late", "retry") and tab.sent:
            self.repeat(tab, tab.sent[0 if move == "late" else -1])

    def repeat(self, tab: Tab, sent: tuple[str, int, int]) -> None:
        before = self.kept
        answer = self.send(tab, *sent)
        if isinstance(answer, Saved) and sent[2] < tab.sequence:
            # An older save of a page may only succeed where it changes nothing, or where it
            # was typed on top of the very text that stands.
            assert sent[0] == before or sent[1] == self.revision - 1

    def hear(self, tab: Tab, answer: Saved | NotSaved) -> None:
        if isinstance(answer, Saved):
            tab.base = answer.revision
        else:
            tab.conflict = answer.revision


@pytest.fixture
def slug(database: Flask) -> str:
    return add_bank(1)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
def test_two_tabs_never_lose_what_was_acknowledged(
    slug: str, clock: FakeClock, moves: list[tuple[str, str]]
) -> None:
    candidate = start(clock, slug=slug)
    candidate.show(1)
    desk = Desk(candidate)
    tabs = {name: Tab(name) for name in ("left", "right")}
    for number, (name, move) in enumerate(moves):
        desk.play(tabs[name], move, number)
    shown = candidate.show(1)
    assert isinstance(shown, Showing)
    assert (shown.screen.text, shown.screen.base) == (desk.kept, desk.revision)
