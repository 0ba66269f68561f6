"""Publishing freezes what a set asks; the same content is the same version."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.attempts.records import NotFound
from interview.services.principals import Principal
from interview.services.sets import changing, choosing, editing, making, publishing
from interview.services.sets.changing import Edit, Terms
from interview.services.sets.drawing import draw
from interview.services.sets.picking import Pick
from interview.services.sets.records import Archived, Refused, Stale
from interview.store.audit import AuditEntry
from interview.store.db import db
from interview.store.sets import SetVersion
from tests.support.authored import (
    ANYBODY,
    a_set,
    an_author,
    chance,
    edit_of,
    many_questions,
    publish,
    read,
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


def frozen(version_id: int) -> SetVersion:
    found = db.session.get(SetVersion, version_id)
    assert found
    return found


def test_a_version_keeps_what_the_set_was(iris: Principal) -> None:
    one, *_ = many_questions(10, seconds=90)
    web = a_set(iris, [one], Pick("Django", "", "easy", 2, 1.5, 120))
    version = frozen(publish(iris, web).version_id)
    assert (version.number, version.title, version.question_count) == (1, "Web", 3)
    assert (version.points, version.target_seconds) == (4.0, 270)
    assert version.content == {
        "slots": [
            {
                "kind": "fixed", "question_id": one, "version_id": version_of(one),
                "content_hash": "first", "points": 1.0, "seconds": None,
            },
            {
                "kind": "random", "topic": "Django", "tag": "", "difficulty": "easy",
                "count": 2, "points": 1.5, "seconds": 120,
            },
        ],
        "bound": max(map(version_of, range(one, one + 10))),
    }  # fmt: skip
    assert len(draw(version.content, ANYBODY, chance())) == 3


def test_without_random_places_the_bound_is_that_of_the_chosen_versions(iris: Principal) -> None:
    one, two, _ = many_questions(3)
    version = frozen(publish(iris, a_set(iris, [two, one])).version_id)
    assert version.content["bound"] == version_of(two)


def test_the_same_content_is_the_same_version(iris: Principal) -> None:
    one, two = many_questions(2)
    web = a_set(iris, [one, two])
    first = publish(iris, web)
    assert first.is_new
    again = publish(iris, web)
    assert (again.version_id, again.number, again.is_new) == (first.version_id, 1, False)
    slot = read(iris, web).slots[0].id
    editing.move(iris, web, edit_of(iris, web), slot, 1, START)
    second = publish(iris, web)
    assert second.number == 2
    editing.move(iris, web, edit_of(iris, web), slot, -1, START)
    assert publish(iris, web).version_id == first.version_id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SetVersion)) == 2


def test_publishing_at_once_makes_one_version(app: Flask, iris: Principal) -> None:
    web = a_set(iris, many_questions(2))
    edit = edit_of(iris, web)

    def publishing_it() -> publishing.Publication:
        with app.app_context():
            return publishing.publish(iris, web, edit, START)

    made = at_once(*[publishing_it] * 4)
    assert len({one.version_id for one in made}) == 1
    assert sorted(one.is_new for one in made) == [False, False, False, True]


def test_what_was_just_typed_is_published_with_it(iris: Principal) -> None:
    web = a_set(iris, many_questions(1))
    terms = {read(iris, web).slots[0].id: Terms(4.5, None)}
    made = publishing.publish(iris, web, Edit(read(iris, web).revision, terms), START)
    assert frozen(made.version_id).points == 4.5


def test_a_set_that_was_changed_meanwhile_or_is_archived_is_not_published(iris: Principal) -> None:
    one, two = many_questions(2)
    web = a_set(iris, [one])
    old = edit_of(iris, web)
    editing.add_question(iris, web, edit_of(iris, web), version_of(two), START)
    with pytest.raises(Stale):
        publishing.publish(iris, web, old, START)
    making.archive(iris, web, archived=True, now=START)
    with pytest.raises(Archived):
        publish(iris, web)


def test_an_empty_set_is_not_published(iris: Principal) -> None:
    with pytest.raises(Refused, match="at least one question"):
        publish(iris, a_set(iris))


def test_the_editor_says_what_became_of_the_set_since(iris: Principal) -> None:
    one, *_ = many_questions(4)
    web = a_set(iris, [one])
    assert read(iris, web).published is None
    publish(iris, web)
    slot = read(iris, web).slots[0].id
    terms = Edit(read(iris, web).revision, {slot: Terms(3.0, None)})
    changing.save(iris, web, terms, START)
    changed = read(iris, web).published
    assert changed
    assert (changed.number, changed.unchanged) == (1, False)
    publish(iris, web)
    changing.save(iris, web, edit_of(iris, web, **{f"slot_{slot}": Terms(1.0, None)}), START)
    back = read(iris, web).published
    assert back
    assert (back.number, back.unchanged) == (1, True)


def test_a_bank_that_grew_is_told_where_questions_are_drawn(iris: Principal) -> None:
    one, *_ = many_questions(4)
    fixed, drawn = a_set(iris, [one]), a_set(iris, [], Pick("Django", "", "", 2))
    publish(iris, fixed)
    publish(iris, drawn)
    revise(one, prompt="Another wording?")
    told = [read(iris, web).published for web in (fixed, drawn)]
    assert [one and (one.unchanged, one.grown) for one in told] == [(True, False), (True, True)]
    assert publish(iris, drawn).number == 2


def test_a_version_page_shows_what_was_frozen(iris: Principal) -> None:
    one, two, *_ = many_questions(6, seconds=90)
    web = a_set(iris, [one, two], Pick("Django", "", "", 3))
    publish(iris, web)
    revise(one, prompt="Another wording?")
    editing.remove(iris, web, edit_of(iris, web), read(iris, web).slots[1].id, START)
    making.describe(iris, web, read(iris, web).revision, ("Other", ""), START)
    screen = publishing.version(iris, web, 1)
    assert (screen.title, screen.set_title) == ("Web", "Other")
    assert screen.expected == timedelta(seconds=450)
    prompts = [slot.question and slot.question.prompt for slot in screen.slots]
    assert prompts == [f"What is {one}?", f"What is {two}?", None]
    assert [(slot.first, slot.last) for slot in screen.slots] == [(1, 1), (2, 2), (3, 5)]
    for person, number in ((iris, 2), (iris, 2**31), (an_author("Otto"), 1)):
        with pytest.raises(NotFound):
            publishing.version(person, web, number)


def test_versions_of_own_sets_that_are_not_archived_can_be_chosen(iris: Principal) -> None:
    one, two = many_questions(2)
    web, gone = a_set(iris, [one]), a_set(iris, [two], title="Gone")
    a_set(iris, [one], title="Draft")
    first = publish(iris, web)
    editing.add_question(iris, web, edit_of(iris, web), version_of(two), START)
    second = publish(iris, web)
    publish(iris, gone)
    making.archive(iris, gone, archived=True, now=START)
    offered = choosing.published(iris)
    assert [(row.version_id, row.number, row.is_newest) for row in offered] == [
        (second.version_id, 2, True), (first.version_id, 1, False),
    ]  # fmt: skip
    assert (offered[0].title, offered[0].question_count, offered[0].points) == ("Web", 2, 2.0)
    assert choosing.published(an_author("Otto")) == ()


def test_publishing_is_noted_once(iris: Principal) -> None:
    web = a_set(iris, many_questions(2))
    publish(iris, web)
    publish(iris, web)
    query = sa.select(AuditEntry.subject, AuditEntry.details)
    rows = db.session.execute(query.where(AuditEntry.kind == "set.published")).all()
    assert [tuple(row) for row in rows] == [("Web", {"version": 1, "questions": 2, "points": 2.0})]
