"""Who may contest what and when, and the two tabs that do so at once."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from interview.services.appeals import contesting, settling
from interview.services.appeals.records import Known, Overtaken
from interview.services.appeals.sentences import marked, quoted
from interview.services.attempts import reviewing
from interview.services.attempts.records import NotFound
from interview.services.attempts.sentences import countable, plain, sentences_of
from interview.services.classes.changing import Archived
from interview.services.unit import write
from interview.store.appeals import Appeal
from interview.store.classes import Class
from interview.store.db import db
from tests.support.appealed import (
    NUMBER,
    POINT,
    SAID,
    appeal_row,
    appealed,
    decide,
    decline,
    set_terms,
    told,
)
from tests.support.attempts import Item, add_attempt
from tests.support.audit import noted
from tests.support.clock import START
from tests.support.marking import newest
from tests.support.threads import at_once, meet_at

SECOND = timedelta(seconds=1)


def test_an_appeal_keeps_the_words_and_tells_all_who_help_in_the_class() -> None:
    case = appealed()
    made = case.contest()
    row = appeal_row(made)
    assert (row.point_id, row.quote, row.why) == (POINT, SAID, "They wait there.")
    assert (row.status, row.assignment_id, row.user_id) == ("open", case.assignment, case.ada.id)
    (entry,) = [one for one in noted() if one.kind == "appeal.made"]
    assert (entry.class_id, entry.learner_id) == (1, case.ada.id)
    for person in (case.iris, case.tim):
        assert told(person.id) == [("appeal_made", "appeal", made)]
    assert told(case.ben.id) == told(case.ada.id) == []


def test_the_window_includes_both_its_ends() -> None:
    case = appealed()
    since, until = START + timedelta(days=1), START + timedelta(days=2)
    set_terms(case.assignment, appeals_from=since, appeals_until=until)

    def refusal(now: Any) -> tuple[str, str]:
        screen = reviewing.answer(case.ada.id, case.attempt, 1, now)
        return contesting.look(case.ada, case.attempt, 1, NUMBER, now).refusal, screen.contest

    assert refusal(since - SECOND) == ("early", "")
    assert refusal(since) == refusal(until) == ("", "appeal")
    assert refusal(until + SECOND) == ("late", "")
    set_terms(case.assignment, appeals=False)
    assert refusal(since) == ("off", "")


def test_what_is_not_shown_or_not_assigned_cannot_be_contested() -> None:
    case = appealed()
    practice = add_attempt(case.ada.id, items=[Item(text="It is so.")])
    assert reviewing.answer(case.ada.id, practice, 1, START).contest == "count"
    places = [
        (case.ada, practice, 1, 1), (case.ben, case.attempt, 1, 1), (case.ada, case.attempt, 2, 1),
        (case.ada, case.attempt, 1, 0), (case.ada, case.attempt, 1, 4), (case.ada, 2**40, 1, 1),
    ]  # fmt: skip
    for person, attempt, position, number in places:
        with pytest.raises(NotFound):
            contesting.look(person, attempt, position, number, START)
    for part in ("points_when", "answer_when"):
        set_terms(case.assignment, **{part: "never"})
        with pytest.raises(NotFound):
            contesting.look(case.ada, case.attempt, 1, NUMBER, START)
        set_terms(case.assignment, **{part: "finish"})


def test_a_point_that_was_found_meanwhile_is_not_contested() -> None:
    case = appealed()
    found = contesting.look(case.ada, case.attempt, 1, 1, START)
    assert (found.point.verdict, found.refusal) == ("found", "found")


def test_a_contested_point_stands_beside_the_answer_until_it_is_withdrawn() -> None:
    case = appealed()
    made = case.contest()
    beside = reviewing.answer(case.ada.id, case.attempt, 1, START).appeals[POINT]
    assert (beside.id, beside.status) == (made, "open")
    settling.withdraw(case.ada, made, START)
    settling.withdraw(case.ada, made, START)
    assert reviewing.answer(case.ada.id, case.attempt, 1, START).appeals == {}
    assert [one.kind for one in noted()].count("appeal.withdrawn") == 1
    again = case.contest()
    with pytest.raises(NotFound):
        settling.withdraw(case.ben, again, START)
    decide(case.tim, again, decline())
    with pytest.raises(Overtaken):
        settling.withdraw(case.ada, again, START)
    assert newest(case.attempt).points[NUMBER - 1].verdict == "not found"


def test_an_archived_class_is_left_as_it_is() -> None:
    case = appealed()
    made = case.contest()
    about = contesting.look(case.ada, case.attempt, 1, 3, START)
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    assert contesting.look(case.ada, case.attempt, 1, 3, START).refusal == "archived"
    with pytest.raises(Archived):
        contesting.contest(case.ada, about, [0], "", START)
    with pytest.raises(Archived):
        settling.withdraw(case.ada, made, START)
    with pytest.raises(Archived):
        decide(case.iris, made, decline())


def test_of_two_tabs_at_once_the_second_is_led_to_the_first(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = appealed()
    meet_at(monkeypatch, contesting, "write")

    def contest() -> tuple[str, int]:
        with app.app_context():
            try:
                return "made", case.contest()
            except Known as known:
                return "known", known.appeal_id

    outcomes = dict(at_once(contest, contest))
    db.session.rollback()
    assert outcomes["made"] == outcomes["known"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Appeal)) == 1


@given(text=st.text(st.sampled_from('ab .!?\n"-é☃'), max_size=60), data=st.data())
def test_chosen_sentences_are_marked_and_the_pieces_are_the_answer(
    text: str, data: st.DataObject
) -> None:
    spans = sentences_of(text)
    pieces = [text[span.start : span.end] for span in spans]
    assert all(piece.strip() == piece and piece for piece in pieces)
    assert "".join("".join(pieces).split()) == ("".join(text.split()) if spans else "")
    said = [plain(text, span) for span in spans]
    assert list(countable(text)) == [one for one in said if any(map(str.isalpha, one))]
    if not spans:
        return
    chosen = data.draw(st.sets(st.integers(0, len(spans) - 1), min_size=1))
    lines = quoted(text, chosen).split("\n")
    shown = marked(text, lines)
    assert "".join(piece for piece, _ in shown) == text
    seen = "".join(piece for piece, is_quoted in shown if is_quoted)
    assert all(pieces[at] in seen for at in chosen)
