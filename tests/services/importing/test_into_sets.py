"""The sets that a file brings, and a set of everything in it."""

from typing import Any

import pytest

from interview.services.principals import Principal
from interview.services.sets.records import MOST_QUESTIONS
from tests.support.authored import read, retire
from tests.support.clock import FakeClock
from tests.support.imports import as_file, bare, imported, send, shown, whole, work

NOT_ASKED = "drafts and retired questions cannot be asked"


def a_file(*slots: dict[str, Any]) -> bytes:
    sets = [{"title": "Friday", "description": "At ten.", "slots": list(slots)}]
    return as_file(whole(), bare("second", "What else is there?"), authored_sets=sets)


def test_a_set_comes_with_its_questions_points_times_and_random_slots(
    person: Principal, clock: FakeClock
) -> None:
    drawn = {"random": {"topic": "Things", "difficulty": "easy"}, "count": 3, "points": 0.5}
    file = a_file({"question": "what-is-it", "points": 2.5, "seconds": 120}, drawn)
    import_id = send(person, file)
    work(clock)
    assert shown(person, import_id).sets == ("Friday",)
    ((set_id, title),) = imported(person, file, clock).made_sets
    made = read(person, set_id)
    assert (made.title, made.description, title) == ("Friday", "At ten.", "Friday")
    fixed, random = made.slots
    assert fixed.question is not None
    assert (fixed.question.prompt, fixed.points, fixed.seconds) == ("What is it?", 2.5, 120)
    assert (random.topic, random.difficulty, random.count) == ("Things", "easy", 3)
    assert random.points == 0.5


def test_slots_that_cannot_be_made_are_told_before_and_after(
    person: Principal, clock: FakeClock
) -> None:
    file = a_file(
        {"question": "second"},
        {"question": "nobody-knows"},
        {"question": "what-is-it"},
        {"question": "what-is-it"},
        {"random": {"difficulty": "easy"}, "count": 2},
    )
    said = [
        "1 is left out: its question “second” is a draft, which cannot be asked.",
        "2 is left out: neither the file nor the bank has a question “nobody-knows” to ask.",
        "4 is left out: its question is in the set already.",
        "5 is left out: it names neither a topic nor a tag to draw from.",
    ]
    import_id = send(person, file)
    work(clock)
    told = [f"Set “Friday”, slot {one}" for one in said]
    assert [one.message for one in shown(person, import_id).problems] == told
    done = imported(person, file, clock)
    assert [one.message for one in done.problems] == told
    assert len(read(person, done.made_sets[0][0]).slots) == 1


def test_a_duplicate_stands_for_the_question_that_is_there(
    person: Principal, clock: FakeClock
) -> None:
    first = imported(person, as_file(whole()), clock).items[0].question_id
    file = as_file(
        whole("renamed"), authored_sets=[{"title": "Again", "slots": [{"question": "renamed"}]}]
    )
    screen = imported(person, file, clock)
    assert screen.made == 0
    ((set_id, _),) = screen.made_sets
    (slot,) = read(person, set_id).slots
    assert slot.question is not None
    assert slot.question.question_id == first


def test_a_retired_question_comes_into_no_set(person: Principal, clock: FakeClock) -> None:
    first = imported(person, as_file(whole()), clock).items[0].question_id
    assert first is not None
    retire(first)
    screen = imported(person, a_file({"question": "what-is-it"}), clock, set_title="All")
    assert [one.message for one in screen.problems] == [
        "Set “Friday”, slot 1 is left out: its question “what-is-it” is retired.",
        f"Set “All”: {NOT_ASKED}, so that 2 of its 2 questions are left out.",
    ]


@pytest.mark.parametrize("part", ["topic", "tag", "description"])
def test_a_set_with_what_no_database_stores_is_told_and_not_made(
    person: Principal, clock: FakeClock, part: str
) -> None:
    pool = {"topic": "Things", **({part: "a\0b"} if part != "description" else {})}
    told = {"title": "Friday", "slots": [{"random": pool}]}
    odd = {"description": "a\0b"} if part == "description" else {}
    import_id = send(person, as_file(whole(), authored_sets=[{**told, **odd}]))
    work(clock)
    (problem,) = shown(person, import_id).problems
    assert problem.message.endswith("holds a character that cannot be stored")
    assert not shown(person, import_id).may_import


def test_a_set_of_the_whole_file_has_what_can_be_asked(person: Principal, clock: FakeClock) -> None:
    file = as_file(whole(), bare("second", "What else is there?"))
    screen = imported(person, file, clock, set_title="All of it")
    ((set_id, title),) = screen.made_sets
    assert (title, len(read(person, set_id).slots)) == ("All of it", 1)
    assert screen.problems[0].message == (
        f"Set “All of it”: {NOT_ASKED}, so that 1 of its 2 questions are left out."
    )


def test_a_set_ends_where_an_attempt_could_ask_no_more(person: Principal, clock: FakeClock) -> None:
    drawn = {"random": {"topic": "Things"}, "count": 30}
    screen = imported(person, a_file(drawn, drawn), clock)
    assert len(read(person, screen.made_sets[0][0]).slots) == 1
    assert f"at most {MOST_QUESTIONS} questions" in screen.problems[0].message
