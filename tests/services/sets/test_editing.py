"""Changing what a set asks, one after another and at the same time."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import changing, editing, making
from interview.services.sets.changing import Edit, Terms
from interview.services.sets.editing import DOWN, UP
from interview.services.sets.picking import Pick
from interview.services.sets.records import Refused, Stale
from interview.store.db import db
from tests.support.authored import (
    a_set,
    an_author,
    edit_of,
    many_questions,
    read,
    retire,
    revise,
    version_of,
)
from tests.support.clock import START
from tests.support.threads import at_once


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def iris() -> Principal:
    return an_author()


def asked(person: Principal, set_id: int) -> list[int]:
    """The fixed questions of a set, in order."""
    return [slot.question.question_id for slot in read(person, set_id).slots if slot.question]


def test_questions_are_added_moved_and_taken_out(iris: Principal) -> None:
    one, two, three = many_questions(3)
    web = a_set(iris, [one, two, three])
    slots = [slot.id for slot in read(iris, web).slots]
    editing.move(iris, web, edit_of(iris, web), slots[2], UP, START)
    assert asked(iris, web) == [one, three, two]
    editing.move(iris, web, edit_of(iris, web), slots[0], DOWN, START)
    assert asked(iris, web) == [three, one, two]
    editing.remove(iris, web, edit_of(iris, web), slots[0], START)
    assert asked(iris, web) == [three, two]


def test_a_move_past_the_end_changes_nothing(iris: Principal) -> None:
    web = a_set(iris, many_questions(2))
    before, slots = read(iris, web), read(iris, web).slots
    editing.move(iris, web, edit_of(iris, web), slots[0].id, UP, START)
    editing.move(iris, web, edit_of(iris, web), slots[1].id, DOWN, START)
    assert read(iris, web) == before


def test_points_and_times_are_saved_with_whatever_else_is_done(iris: Principal) -> None:
    web = a_set(iris, many_questions(2))
    first, second = (slot.id for slot in read(iris, web).slots)
    terms = {first: Terms(2.5, 180)}
    editing.move(iris, web, Edit(read(iris, web).revision, terms), second, UP, START)
    slots = {slot.id: slot for slot in read(iris, web).slots}
    assert (slots[first].points, slots[first].minutes) == (2.5, 3)
    assert (slots[second].points, slots[second].minutes) == (1.0, None)
    assert read(iris, web).points == 3.5


def test_the_same_question_twice_is_refused_in_words(iris: Principal) -> None:
    one, two = many_questions(2)
    web = a_set(iris, [one, two])
    newer = revise(two, prompt="Another wording?")
    with pytest.raises(Refused, match="it is question 2"):
        editing.add_question(iris, web, edit_of(iris, web), newer, START)
    assert asked(iris, web) == [one, two]


def test_a_question_that_is_retired_or_unknown_is_not_added(iris: Principal) -> None:
    (one,) = many_questions(1)
    web = a_set(iris)
    version = version_of(one)
    retire(one)
    for wanted in (version, 999_999):
        with pytest.raises(Refused, match="retired"):
            editing.add_question(iris, web, edit_of(iris, web), wanted, START)


def test_a_set_has_fifty_questions_and_no_more(iris: Principal) -> None:
    (one, *_) = many_questions(60)
    web = a_set(iris, [one], Pick("Django", "", "", 49))
    assert read(iris, web).question_count == 50
    assert read(iris, web).room == 0
    with pytest.raises(Refused, match="at most 50 questions, and this would make 51"):
        editing.put_random(iris, web, edit_of(iris, web), None, Pick("Django", "", "", 1), START)


@pytest.mark.parametrize(
    ("pick", "words"),
    [
        (Pick("", "", "hard", 1), "a topic, a tag, or both"),
        (Pick("Cobol", "", "", 1), "no ready question"),
        (Pick("Django", "nothing", "", 1), "no ready question"),
    ],
)
def test_a_random_place_that_draws_nothing_is_refused(
    iris: Principal, pick: Pick, words: str
) -> None:
    many_questions(3)
    web = a_set(iris)
    with pytest.raises(Refused, match=words):
        editing.put_random(iris, web, edit_of(iris, web), None, pick, START)


def test_a_random_place_is_changed_where_it_stands(iris: Principal) -> None:
    one, *_ = many_questions(9, tag="orm")
    web = a_set(iris, [one], Pick("Django", "", "", 3))
    slot = read(iris, web).slots[1]
    pick = Pick("", "orm", "easy", 2, 1.5, 120)
    editing.put_random(iris, web, edit_of(iris, web), slot.id, pick, START)
    card = read(iris, web).slots[1]
    assert (card.id, card.first, card.last) == (slot.id, 2, 3)
    assert (card.topic, card.tag, card.difficulty, card.minutes) == ("", "orm", "easy", 2)


def test_an_edit_of_an_older_state_is_refused_and_writes_nothing(iris: Principal) -> None:
    one, two, three = many_questions(3)
    web = a_set(iris, [one, two])
    old = edit_of(iris, web)
    slot = read(iris, web).slots[0].id
    editing.add_question(iris, web, edit_of(iris, web), version_of(three), START)
    changes: list[Callable[[], Any]] = [
        lambda: changing.save(iris, web, Edit(old.revision, {slot: Terms(9, None)}), START),
        lambda: editing.remove(iris, web, old, slot, START),
        lambda: editing.move(iris, web, old, slot, DOWN, START),
        lambda: making.describe(iris, web, old.revision, ("Other", ""), START),
    ]
    before = read(iris, web)
    for change in changes:
        with pytest.raises(Stale):
            change()
    assert read(iris, web) == before


def test_typing_for_a_place_that_is_gone_is_refused(iris: Principal) -> None:
    web = a_set(iris, many_questions(2))
    slot = read(iris, web).slots[0].id
    editing.remove(iris, web, edit_of(iris, web), slot, START)
    with pytest.raises(Stale):
        changing.save(iris, web, Edit(read(iris, web).revision, {slot: Terms(9, None)}), START)


def test_of_two_changes_at_once_one_is_made(app: Flask, iris: Principal) -> None:
    many = many_questions(4)
    web = a_set(iris, many[:1])
    edit = edit_of(iris, web)

    def adding(question: int) -> Callable[[], str]:
        version = version_of(question)

        def add() -> str:
            with app.app_context():
                try:
                    editing.add_question(iris, web, edit, version, START)
                except Stale:
                    return "stale"
                return "added"

        return add

    assert sorted(at_once(*map(adding, many[1:]))) == ["added", "stale", "stale"]
    db.session.rollback()
    assert len(asked(iris, web)) == 2


def test_a_newer_version_is_taken_only_when_it_is_asked_for(iris: Principal) -> None:
    (one, other) = many_questions(2)
    web = a_set(iris, [one])
    chosen = version_of(one)
    newer = revise(one, prompt="Another wording?", rubric={"references": ["x"]} | _EMPTY)
    slot = read(iris, web).slots[0]
    assert slot.question
    assert slot.question.version_id == chosen
    assert slot.newer
    assert (slot.newer.prompt, slot.newer.prompt_changed, slot.newer.rubric_changed) == (
        "Another wording?", True, True,
    )  # fmt: skip
    with pytest.raises(Stale):
        editing.take_newer(iris, web, edit_of(iris, web), slot.id, version_of(other), START)
    editing.take_newer(iris, web, edit_of(iris, web), slot.id, newer, START)
    taken = read(iris, web).slots[0]
    assert taken.question
    assert (taken.question.version_id, taken.newer) == (newer, None)


_EMPTY: dict[str, Any] = {"key_points": [], "misconceptions": []}


def test_what_changed_of_a_newer_version_is_told(iris: Principal) -> None:
    (one,) = many_questions(1)
    web = a_set(iris, [one])
    revise(one, rubric={"references": ["x"]} | _EMPTY)
    newer = read(iris, web).slots[0].newer
    assert newer
    assert (newer.prompt_changed, newer.rubric_changed) == (False, True)
