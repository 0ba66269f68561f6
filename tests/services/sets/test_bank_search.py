"""Finding questions in the bank, and knowing how many there are to draw from."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import questions, reading
from interview.services.sets.picking import Pick
from interview.services.sets.questions import BankQuery
from tests.support.attempts import add_question
from tests.support.authored import ANYBODY, a_set, an_author, many_questions, own, read, retire
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def iris() -> Principal:
    return an_author()


def found(topic: str = "", difficulty: str = "", tag: str = "") -> list[int]:
    page = questions.search(BankQuery("", topic, difficulty, tag), ANYBODY)
    return [question.question_id for question in page.questions]


def prompts(words: str) -> list[str]:
    return [one.prompt for one in questions.search(BankQuery(words), ANYBODY).questions]


def test_every_word_has_to_occur_in_the_prompt_or_in_a_tag() -> None:
    add_question(prompt="What is a 100% view?", tags=["http"])
    add_question(prompt="What is a model?", tags=["orm", "views"])
    assert prompts("VIEW") == ["What is a 100% view?", "What is a model?"]
    assert prompts("view model") == ["What is a model?"]
    assert prompts("%") == ["What is a 100% view?"]
    assert prompts("_") == prompts("view\x00") == prompts("\ud800") == []


def test_topic_tag_and_difficulty_narrow_it_down() -> None:
    django = many_questions(6, tag="orm")
    flask = many_questions(6, topic="Flask", tag="views")
    assert found(topic="Flask") == flask
    assert found(tag="orm") == django
    assert found(topic="Flask", tag="orm") == []
    assert found(topic="Flask", difficulty="easy") == flask[2::3]
    assert found(difficulty="easy") == [*django[2::3], *flask[2::3]]
    assert found(topic="Cobol") == found(difficulty="odd") == found(tag="\x00") == []


def test_retired_questions_are_not_offered() -> None:
    one, two = many_questions(2)
    retire(one)
    assert found() == [two]


QUERIES = [BankQuery(), BankQuery(topic="Django"), BankQuery(tag="orm")]


@pytest.mark.parametrize("query", QUERIES)
def test_pages_follow_each_other_without_a_gap(query: BankQuery) -> None:
    many = many_questions(25, tag="orm")
    first = questions.search(query, ANYBODY)
    assert first.next_after
    second = questions.search(replace(query, after=first.next_after), ANYBODY)
    third = questions.search(replace(query, after=second.next_after or 0), ANYBODY)
    pages = [*first.questions, *second.questions, *third.questions]
    assert [one.question_id for one in pages] == many
    assert third.next_after is None


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_looks_through_a_part_of_the_bank_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, query: BankQuery
) -> None:
    monkeypatch.setattr(questions, "SEARCHED_AT_ONCE", 20)
    many = many_questions(50, tag="orm")
    words, pages = f"What is {many[44]}", list[list[int]]()
    after: int | None = 0
    while after is not None:
        page = questions.search(replace(query, words=words, after=after), ANYBODY)
        pages.append([one.question_id for one in page.questions])
        after = page.next_after
    assert pages == [[], [], [many[44]]]


def test_topics_and_tags_are_offered_in_order() -> None:
    many_questions(2, topic="Flask", tag="views")
    many_questions(2, tag="orm")
    (retired,) = many_questions(1, topic="Cobol")
    retire(retired)
    assert questions.topics(ANYBODY) == ("Django", "Flask")
    assert questions.tags(ANYBODY) == ("orm", "views")


def test_tags_of_what_only_others_may_ask_are_not_offered(iris: Principal) -> None:
    hidden, shared = many_questions(1, tag="hidden"), many_questions(1, tag="shared")
    own(hidden[0], iris.id, "owner")
    own(shared[0], iris.id, "authors")
    assert questions.tags(iris.id) == ("hidden", "shared")
    assert questions.tags(an_author("Otto").id) == ("shared",)


def test_an_empty_bank_offers_nothing() -> None:
    assert questions.topics(ANYBODY) == questions.tags(ANYBODY) == ()
    assert found() == []


def test_an_instructor_sees_what_a_question_is_graded_by() -> None:
    many_questions(1, tag="orm")
    (one,) = questions.search(BankQuery(), ANYBODY).questions
    assert one.references == ("A complete answer.",)
    assert [(point.text, point.weight) for point in one.key_points] == [("The point.", 2.0)]
    assert one.tags == ("orm",)


def supply(person: Principal, set_id: int) -> list[tuple[int, bool, int, bool]]:
    """Found, whether all, left and whether short, of each random slot."""
    cards = [slot for slot in read(person, set_id).slots if slot.supply]
    return [
        (card.supply.found, card.supply.is_all, card.supply.left, card.is_short)
        for card in cards
        if card.supply
    ]


def test_what_is_fixed_elsewhere_is_not_there_to_draw(iris: Principal) -> None:
    many = many_questions(5)
    web = a_set(iris, many[:2], Pick("Django", "", "", 3))
    assert supply(iris, web) == [(3, True, 3, False)]
    web = a_set(iris, many[:3], Pick("Django", "", "", 3))
    assert supply(iris, web) == [(2, True, 2, True)]


def test_counting_stops_at_what_a_set_can_ask(iris: Principal) -> None:
    many_questions(80)
    web = a_set(iris, [], Pick("Django", "", "", 30), Pick("Django", "", "", 20))
    assert supply(iris, web) == [(50, False, 50, False)] * 2


def test_an_earlier_random_place_may_take_questions_away(iris: Principal) -> None:
    many_questions(6, tag="orm")
    many_questions(20, tag="views", first=100)
    picks = Pick("Django", "", "", 4), Pick("", "orm", "", 3), Pick("", "views", "", 3)
    web = a_set(iris, [], *picks)
    assert supply(iris, web) == [(26, True, 26, False), (6, True, 2, True), (20, True, 16, False)]


def test_places_that_share_nothing_leave_each_other_alone(iris: Principal) -> None:
    many_questions(6, tag="orm")
    many_questions(6, topic="Flask", tag="views")
    web = a_set(iris, [], Pick("Django", "", "", 6), Pick("", "views", "", 6))
    assert [short for *_, short in supply(iris, web)] == [False, False]


def test_expected_time_takes_the_mean_of_what_can_be_drawn(iris: Principal) -> None:
    many_questions(2, seconds=60)
    many_questions(2, seconds=120, first=10)
    (one,) = many_questions(1, topic="Flask", seconds=200)
    web = a_set(iris, [one], Pick("Django", "", "", 3))
    assert read(iris, web).expected.total_seconds() == 200 + 3 * 90


def test_what_is_typed_is_counted_before_it_is_saved(iris: Principal) -> None:
    many = many_questions(8)
    web = a_set(iris, many[:2], Pick("Django", "", "", 4))
    slot = read(iris, web).slots[2].id
    new = reading.preview(iris, web, None, Pick("Django", "", "", 4))
    assert new
    assert (new.found, new.left) == (6, 2)
    changed = reading.preview(iris, web, slot, Pick("Django", "", "easy", 4))
    assert changed
    assert (changed.found, changed.left) == (2, 2)


def test_the_editor_takes_a_fixed_number_of_statements(iris: Principal, statements: Count) -> None:
    many = many_questions(60, tag="orm")
    small = a_set(iris, many[:1], Pick("Django", "", "", 1), Pick("", "orm", "", 1))
    picks = [Pick("Django", "", "", 1), Pick("", "orm", "", 1), Pick("Django", "orm", "hard", 1)]
    large = a_set(iris, many[:30], *picks, *picks)

    def cost(set_id: int) -> int:
        with statements() as seen:
            read(iris, set_id)
        return len(seen)

    assert cost(small) == cost(large) == 6
