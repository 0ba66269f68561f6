"""What may be read by whom."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from interview.services import study
from interview.services.attempts.records import NotFound
from interview.services.study_records import Closed, Entry
from tests.support.attempts import add_attempt, add_person, an_open
from tests.support.bank_files import question, question_set
from tests.support.clock import START
from tests.support.statements import Statements
from tests.support.study_sets import examined_on, load, slugs_of, three_sets


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_a_card_tells_how_many_questions_and_how_hard(tmp_path: Path) -> None:
    three_sets(tmp_path)
    card = study.list_sets(None)[0]
    assert (card.slug, card.question_count) == ("open-set", 2)
    assert card.mix == (("easy", 1), ("hard", 1))
    assert [card.readable for card in study.list_sets(None)] == [True, False, False]


def test_sets_come_in_pages(tmp_path: Path) -> None:
    slugs = [f"set-{number:02}" for number in range(study.SETS_A_PAGE + 3)]
    load(tmp_path, question("alpha"), sets=[question_set("alpha", slug=slug) for slug in slugs])
    first = study.page_of_sets(None)
    assert first.next_after is not None
    second = study.page_of_sets(None, first.next_after)
    assert [card.slug for card in first.sets + second.sets] == slugs
    assert second.next_after is None


def test_an_article_holds_the_whole_answer_in_order(tmp_path: Path) -> None:
    three_sets(tmp_path)
    article = study.article("open-set", None, START)
    assert slugs_of(article) == ["alpha", "beta"]
    assert (article.question_count, article.hidden_count) == (2, 0)
    entry = article.entries[1]
    assert isinstance(entry, Entry)
    assert entry.number == 2
    assert entry.answer == "It follows Alpha, 100% sure."
    assert entry.key_points[0] == "It is one thing."
    assert entry.misconceptions == (("It is nothing.", "It is."),)
    assert entry.valid_for == {"product": "It", "from": "1.0", "to": "2.x"}
    assert entry.last_verified == date(2026, 3, 1)


def test_there_is_no_article_of_an_unknown_set() -> None:
    with pytest.raises(NotFound):
        study.article("nowhere", None, START)


def test_a_closed_article_says_which_set_it_is_and_nothing_of_its_questions(tmp_path: Path) -> None:
    three_sets(tmp_path)
    for slug in ("later-set", "closed-set"):
        with pytest.raises(Closed) as caught:
            study.article(slug, add_person(), START)
        assert caught.value.card.slug == slug


def test_an_article_opens_after_a_finished_attempt_of_its_set(tmp_path: Path) -> None:
    three_sets(tmp_path)
    ids = {card.slug: n for n, card in enumerate(study.list_sets(None), start=1)}
    reader, other = add_person(), add_person()
    add_attempt(reader, set_id=ids["later-set"], items=[])
    add_attempt(reader, set_id=ids["closed-set"], items=[])
    add_attempt(other, set_id=ids["later-set"], state="abandoned", score=None, items=[])
    add_attempt(other, an_open(set_id=ids["later-set"], items=[]))
    assert slugs_of(study.article("later-set", reader, START)) == ["alpha", "gamma"]
    assert study.search("ray", reader, START).results
    for slug, person in (("later-set", other), ("closed-set", reader), ("later-set", None)):
        with pytest.raises(Closed):
            study.article(slug, person, START)
    assert not study.search("ray", other, START).results
    assert not study.search("ray", None, START).results


def test_a_question_of_an_open_mock_is_hidden_until_it_ends(tmp_path: Path) -> None:
    three_sets(tmp_path)
    reader, other = add_person(), add_person()
    attempt = examined_on(reader, "alpha")
    article = study.article("open-set", reader, START)
    assert slugs_of(article) == ["hidden", "beta"]
    assert article.hidden_count == 1
    assert getattr(article.entries[0], "attempt_id", None) == attempt
    assert slugs_of(study.article("open-set", other, START)) == ["alpha", "beta"]
    assert slugs_of(study.article("open-set", None, START)) == ["alpha", "beta"]


def test_practice_hides_nothing(tmp_path: Path) -> None:
    three_sets(tmp_path)
    reader = add_person()
    examined_on(reader, "alpha", preset="practice")
    assert slugs_of(study.article("open-set", reader, START)) == ["alpha", "beta"]


def test_a_hidden_question_leads_to_the_mock_and_not_to_practice(tmp_path: Path) -> None:
    three_sets(tmp_path)
    reader = add_person()
    mock = examined_on(reader, "alpha")
    examined_on(reader, "alpha", preset="practice")
    assert getattr(study.article("open-set", reader, START).entries[0], "attempt_id", None) == mock


def test_an_article_takes_as_many_statements_however_long_it_is(
    tmp_path: Path, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    slugs = [f"question-{number}" for number in range(40)]
    sets = [question_set("question-0", slug="short"), question_set(*slugs, slug="long")]
    load(tmp_path, *map(question, slugs), sets=sets)
    reader, counts = add_person(), []
    for slug in ("short", "long"):
        with statements() as seen:
            study.article(slug, reader, START)
        counts.append(len(seen))
    assert counts == [6, 6]
