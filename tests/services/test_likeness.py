"""Finding questions that ask nearly the same."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.likeness import near, write_terms
from interview.services.unit import write
from interview.store.authoring import QuestionTerm
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from tests.support.authored import ANYBODY, an_author, many_questions, own
from tests.support.statements import Statements


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def asking(prompts: dict[int, str]) -> None:
    with write() as session:
        for number, prompt in prompts.items():
            change = sa.update(Question).where(Question.id == number)
            session.execute(change.values(prompt=prompt))
            published = sa.update(QuestionVersion).where(QuestionVersion.question_id == number)
            session.execute(published.values(prompt=prompt))
        write_terms(session, prompts)


def test_the_nearest_question_comes_first_and_others_not_at_all() -> None:
    first, second, third = many_questions(3)
    asking({
        first: "How does middleware work, and in which order?",
        second: "How does middleware work?",
        third: "What is a foreign key?",
    })  # fmt: skip
    found = near("how does middleware work", ANYBODY)
    assert [one.question_id for one in found][:1] == [second]
    assert third not in [one.question_id for one in found]
    assert found[0].likeness == pytest.approx(1)


def test_the_question_that_is_being_written_is_not_like_itself() -> None:
    (only,) = many_questions(1)
    asking({only: "What is a foreign key?"})
    assert near("What is a foreign key?", ANYBODY, without=only) == []


def test_nobody_is_told_of_what_somebody_else_keeps_to_themselves() -> None:
    (only,) = many_questions(1)
    asking({only: "What is a foreign key?"})
    iris = an_author().id
    own(only, iris, "owner")
    assert near("What is a foreign key?", ANYBODY) == []
    assert len(near("What is a foreign key?", iris)) == 1
    assert len(near("What is a foreign key?", None)) == 1


def test_others_are_told_the_published_wording_alone() -> None:
    (only,) = many_questions(1)
    asking({only: "What is a foreign key?"})
    iris = an_author().id
    own(only, iris, "authors")
    with write() as session:
        session.execute(sa.update(Question).values(prompt="What is a foreign key, in secret?"))
    assert [one.prompt for one in near("What is a foreign key?", ANYBODY)] == [
        "What is a foreign key?"
    ]
    (own_view,) = near("What is a foreign key?", iris)
    assert own_view.prompt == "What is a foreign key, in secret?"


def test_new_words_take_the_place_of_the_old_ones() -> None:
    (only,) = many_questions(1)
    asking({only: "What is a foreign key?"})
    asking({only: "What is a deadlock?"})
    terms = set(db.session.scalars(sa.select(QuestionTerm.term)))
    assert any(term.startswith("deadlock") for term in terms)
    assert not any(term.startswith("foreign") for term in terms)


def test_a_prompt_without_words_is_like_nothing() -> None:
    assert near(" … ", ANYBODY) == []


def test_one_statement_is_enough_whatever_the_size_of_the_bank(
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    asking(dict.fromkeys(many_questions(150), "What is a foreign key?"))
    with statements() as seen:
        found = near("What is a foreign key?", ANYBODY)
    assert len(found) == 3
    assert len(seen) == 1
