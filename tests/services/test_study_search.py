"""What a search finds, and what it keeps to itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from interview.services import study
from tests.support.attempts import add_person
from tests.support.bank_files import question, question_set
from tests.support.clock import START
from tests.support.study_sets import examined_on, load, slugs_of, three_sets


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def found(query: str, user_id: int | None = None) -> list[str]:
    return [result.slug for result in study.search(query, user_id, START).results]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["alpha", "beta"]),
        ("   ", ["alpha", "beta"]),
        ("ALPHA", ["alpha", "beta"]),
        ("greek", ["alpha"]),
        ("alpha follows", ["beta"]),
        ("100%", ["beta"]),
        ("%", ["beta"]),
        ("_", []),
        ("\\", []),
        ("'; DROP TABLE questions; --", []),
        ("gamma", []),
        ("it\x00", []),
        ("\ud800", []),
    ],
)
def test_a_search_needs_every_word_in_prompt_answer_or_tags(
    tmp_path: Path, query: str, slugs: list[str]
) -> None:
    three_sets(tmp_path)
    assert slugs_of(study.article("open-set", None, START, query)) == slugs
    assert found(query) == ([] if not query.strip() else slugs)


def test_a_search_keeps_the_numbers_of_the_article(tmp_path: Path) -> None:
    three_sets(tmp_path)
    (entry,) = study.article("open-set", None, START, "follows").entries
    assert entry.number == 2


def test_key_points_and_misconceptions_are_not_searched(tmp_path: Path) -> None:
    three_sets(tmp_path)
    assert found("nothing") == []


def test_a_letter_that_json_escapes_is_found_in_an_answer(tmp_path: Path) -> None:
    load(tmp_path, question("gamma", references=["Größe: klein."]), sets=[question_set("gamma")])
    assert found("Größe") == ["gamma"]


def test_a_search_does_not_tell_that_a_hidden_question_matches(tmp_path: Path) -> None:
    three_sets(tmp_path)
    reader = add_person()
    examined_on(reader, "alpha")
    for query in ("alpha", "greek", "zebra"):
        article = study.article("open-set", reader, START, query)
        assert "hidden" not in slugs_of(article)
        assert "alpha" not in slugs_of(article)
        assert article.hidden_count == 1
        page = study.search(query, reader, START)
        assert "alpha" not in [result.slug for result in page.results]
        assert page.something_hidden


def test_results_come_in_pages_and_each_once(tmp_path: Path) -> None:
    slugs = [f"question-{number:02}" for number in range(study.RESULTS_A_PAGE * 2 + 5)]
    halves = [question_set(*slugs[:30], slug="a"), question_set(*slugs[10:], slug="b")]
    load(tmp_path, *map(question, slugs), sets=halves)
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        page = study.search("thing", None, START, after)
        assert len(page.results) <= study.RESULTS_A_PAGE
        seen += [result.slug for result in page.results]
        after = page.next_after
    assert seen == slugs


def test_a_search_goes_on_where_it_stopped_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slugs = [f"question-{number}" for number in range(9)]
    last = question("needle", prompt="Where is the needle?")
    load(tmp_path, *map(question, slugs), last, sets=[question_set(*slugs, "needle")])
    monkeypatch.setattr(study, "SEARCHED_AT_ONCE", 4)
    seen: list[str] = []
    pages = 0
    after: int | None = 0
    while after is not None:
        page = study.search("needle", None, START, after)
        seen += [result.slug for result in page.results]
        pages, after = pages + 1, page.next_after
    assert (seen, pages) == (["needle"], 3)


def test_a_result_leads_to_a_set_that_may_be_read(tmp_path: Path) -> None:
    sets = [
        question_set("alpha", slug="closed", study="closed"),
        question_set("alpha", slug="open"),
    ]
    load(tmp_path, question("alpha"), sets=sets)
    (result,) = study.search("thing", None, START).results
    assert result.set_slug == "open"
