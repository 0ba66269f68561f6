"""Searching the bank a part at a time: everything that may be seen, each once, newest first."""

from typing import Any

import pytest
from flask import Flask

from interview.services.authoring import listing, retiring
from interview.services.authoring.listing import BankSearch, search
from interview.services.principals import Principal
from tests.support.authored import an_author, many_questions
from tests.support.authoring import a_draft, a_question
from tests.support.clock import START

TODAY = START.date()


@pytest.fixture
def iris(app: Flask) -> Any:
    with app.app_context():
        yield an_author()


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts so small that a search has to go on often."""
    monkeypatch.setattr(listing, "SEARCHED_AT_ONCE", 4)
    monkeypatch.setattr(listing, "PAGE", 3)


def everything(person: Principal, **asked: Any) -> list[int]:
    """All that a search finds, going on until it says that this was all."""
    found: list[int] = []
    after: int | None = 0
    for _ in range(100):
        page = search(person, BankSearch(**{**asked, "after": after or 0}), TODAY)
        found += [line.id for line in page.lines]
        after = page.next_after
        if after is None:
            return found
    raise AssertionError("the search never ends")


@pytest.mark.usefixtures("few_at_once")
def test_a_search_in_parts_finds_each_question_once(iris: Principal) -> None:
    server = many_questions(10, topic="Django", tag="orm")
    otto = an_author("Otto")
    theirs = [a_draft(otto), a_question(otto, audience="authors", topic="Django", tags=["orm"])]
    mine = [a_draft(iris, topic="Django", tags=["orm"]), a_question(iris, difficulty="hard")]
    seen = [*server, theirs[1], *mine]
    assert everything(iris) == seen[::-1]
    assert everything(iris, topic="Django") == [*server, theirs[1], mine[0]][::-1]
    assert everything(iris, tag="orm") == [*server, theirs[1], mine[0]][::-1]
    assert everything(iris, owner="mine") == mine[::-1]
    assert everything(iris, owner="installation", words="what") == server[::-1]
    assert everything(iris, owner="shared") == [theirs[1]]
    assert (
        everything(iris, topic="Django", difficulty="hard", status="ready")
        == [one for at, one in enumerate(server, 1) if at % 3 == 2][::-1]
    )
    assert everything(otto, status="draft") == [theirs[0]]
    assert everything(iris, words="mutex lock", tag="locks") == [mine[1]]
    assert everything(iris, words="\0 zebra") == []


def test_what_is_offered_as_a_topic_may_be_seen(iris: Principal) -> None:
    otto = an_author("Otto")
    a_draft(otto, topic="Secret")
    a_draft(iris, topic="Mine")
    away = a_question(iris, topic="Old")
    retiring.retire(iris, away, retired=True, now=START)
    many_questions(1, topic="Django")
    assert listing.topics(iris) == ("Django", "Mine", "Old")
