"""Saving and publishing on each database: versions, terms, tags, and two writers at once."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import bank, likeness
from interview.services.authoring import copying, publishing, reading, retiring, saving
from interview.services.authoring.publishing import NotTrusted
from interview.services.authoring.records import Stale, Unfit
from interview.services.bank import tags_of
from interview.services.principals import Principal
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.authored import an_author
from tests.support.authoring import GOOD, PROMPT, WRONG, a_content, a_draft, a_question
from tests.support.bank_files import bank_file, question, write_bank
from tests.support.classes import principal
from tests.support.clock import START
from tests.support.threads import at_once


@pytest.fixture
def iris(app: Flask) -> Any:
    with app.app_context():
        yield an_author()


def columns(number: int, *names: str) -> tuple[Any, ...]:
    found = [getattr(Question, name) for name in names]
    return tuple(db.session.execute(sa.select(*found).where(Question.id == number)).one())


def publish(person: Principal, number: int, seen: int, reason: str = "", **changes: Any) -> Any:
    return publishing.publish(person, number, seen, a_content(**changes), reason, START)


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_publishing_a_saved_draft_writes_its_version_and_no_second_state(iris: Principal) -> None:
    number = a_draft(iris)
    made = publish(iris, number, 1)
    assert (made.number, made.is_new, made.is_changed) == (1, True, True)
    assert columns(number, "status", "edit_revision", "published_revision") == ("ready", 1, 1)
    assert count(QuestionDraft) == count(QuestionVersion) == 1
    assert reading.edited(iris, number).content == a_content()
    assert not reading.edited(iris, number).standing.is_changed


def test_publishing_what_was_typed_keeps_that_state_too(iris: Principal) -> None:
    number = a_draft(iris, prompt="Hm?")
    publish(iris, number, 1)
    assert columns(number, "prompt", "edit_revision", "published_revision") == (PROMPT, 2, 2)
    assert tags_of([number]) == {number: ("locks", "threads")}
    assert [one.question_id for one in likeness.near(PROMPT, iris.id)] == [number]


def test_a_question_is_found_by_the_words_that_were_saved_last(iris: Principal) -> None:
    number = a_question(iris)
    saving.save(iris, number, 1, a_content(prompt="How does a semaphore count?"), START)
    assert likeness.near(PROMPT, iris.id) == []
    assert [one.question_id for one in likeness.near("how does a semaphore count", iris.id)]


def test_nothing_is_written_where_the_gate_stays_shut(iris: Principal) -> None:
    number = a_draft(iris)
    swapped = [{"label": "good", "text": WRONG}, {"label": "wrong", "text": GOOD}]
    for samples in ([], swapped):
        with pytest.raises(NotTrusted):
            publish(iris, number, 1, " \n", samples=samples)
    with pytest.raises(Unfit):
        publish(iris, number, 1, prompt="")
    assert (count(QuestionVersion), count(QuestionDraft)) == (0, 1)
    assert columns(number, "status") == ("draft",)


def test_points_that_nobody_looked_at_are_not_part_of_a_version(iris: Principal) -> None:
    points = [{**one, "derived": True} for one in a_content()["key_points"]]
    number = a_question(iris, key_points=points)
    rubric = db.session.scalar(sa.select(QuestionVersion.rubric))
    assert rubric is not None
    assert rubric["key_points"] == []
    assert reading.shown(iris, number).content["key_points"] == []


def test_only_administrators_ask_everyone(iris: Principal) -> None:
    ada = principal(add_person("Ada", role="admin"))
    number = a_draft(iris)
    with pytest.raises(Unfit):
        publish(iris, number, 1, audience="everyone")
    publish(ada, number, 1, audience="everyone")
    assert columns(number, "audience") == ("everyone",)
    # What an administrator has decided, its owner may keep.
    publish(iris, number, 2, audience="everyone", difficulty="hard")
    with pytest.raises(Unfit):
        saving.make(iris, a_content(audience="everyone"), START)


def test_an_audience_counts_once_it_is_published(iris: Principal) -> None:
    number = a_question(iris)
    saving.save(iris, number, 1, a_content(audience="authors"), START)
    assert columns(number, "audience") == ("owner",)
    otto = an_author("Otto")
    publish(iris, number, 2, audience="authors")
    assert reading.shown(otto, number).content["prompt"] == PROMPT


def test_of_writers_at_once_one_is_first_and_the_others_are_told(
    app: Flask, iris: Principal
) -> None:
    number = a_draft(iris)

    def saver(text: str) -> Callable[[], str]:
        def save() -> str:
            with app.app_context():
                try:
                    saving.save(iris, number, 1, a_content(prompt=text), START)
                except Stale:
                    return "stale"
            return "saved"

        return save

    def publisher() -> str:
        with app.app_context():
            try:
                publish(iris, number, 1, prompt="Published?")
            except Stale:
                return "stale"
        return "saved"

    done = at_once(saver("One?"), saver("Two?"), publisher)
    assert sorted(done) == ["saved", "stale", "stale"]
    db.session.rollback()
    assert columns(number, "edit_revision") == (2,)
    assert count(QuestionDraft) == 2


def test_a_draft_that_is_put_away_stays_private_and_comes_back_as_a_draft(iris: Principal) -> None:
    number = a_draft(iris, audience="authors")
    retiring.retire(iris, number, retired=True, now=START)
    retiring.retire(iris, number, retired=True, now=START)
    assert columns(number, "status", "audience") == ("retired", "owner")
    retiring.retire(iris, number, retired=False, now=START)
    assert columns(number, "status") == ("draft",)


def test_a_copy_has_what_was_published_and_belongs_to_who_made_it(iris: Principal) -> None:
    number = a_question(iris, audience="authors")
    saving.save(iris, number, 1, a_content(audience="authors", prompt="Secret?"), START)
    otto = an_author("Otto")
    copied = copying.copy(otto, number, START)
    kept = reading.edited(otto, copied)
    assert (kept.content["prompt"], kept.content["audience"]) == (PROMPT, "owner")
    assert (kept.standing.status, kept.standing.is_own) == ("draft", True)


def test_the_bank_that_ships_is_edited_by_administrators(app: Flask, tmp_path: Any) -> None:
    with app.app_context():
        bank.load_bank([write_bank(tmp_path / "bank.json", bank_file(question("it")))], START)
        ada = principal(add_person("Ada", role="admin"))
        number = db.session.scalar(sa.select(Question.id)) or 0
        before = reading.edited(ada, number)
        assert before.content["references"] == question()["references"]
        assert (before.standing.revision, before.standing.version) == (0, 1)
        unchanged = saving.save(ada, number, 0, before.content, START)
        assert unchanged == 0
        same = publishing.publish(ada, number, 0, before.content, "as loaded", START)
        assert not same.is_changed
