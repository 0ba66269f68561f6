"""Any interleaving of saves from two open pages keeps what was acknowledged."""

from dataclasses import dataclass, field

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.services.attempts.drafts import NotSaved
from interview.services.attempts.records import Saved, Showing
from tests.support.candidate import Candidate, add_bank, start
from tests.support.clock import FakeClock

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
