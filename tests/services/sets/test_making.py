"""Whose a set is, what becomes of it when it is archived or copied, and what is noted."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.attempts.records import NotFound
from interview.services.principals import Principal
from interview.services.sets import changing, editing, making
from interview.services.sets.changing import Edit, Terms
from interview.services.sets.editing import DOWN
from interview.services.sets.picking import Pick
from interview.services.sets.records import Archived, Stale
from interview.store.audit import AuditEntry
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.authored import (
    a_set,
    an_author,
    edit_of,
    many_questions,
    read,
    version_of,
)
from tests.support.classes import principal
from tests.support.clock import START


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


def notes() -> list[Any]:
    query = sa.select(AuditEntry.kind, AuditEntry.subject, AuditEntry.details, AuditEntry.class_id)
    return list(db.session.execute(query.order_by(AuditEntry.id)))


def test_only_the_owner_and_administrators_reach_a_set(iris: Principal) -> None:
    web = a_set(iris, many_questions(1))
    admin = principal(add_person("Root", role="admin"))
    assert read(admin, web).title == "Web"
    for set_id, person in ((web, an_author("Otto")), (999, iris), (2**31, iris), (10**30, iris)):
        with pytest.raises(NotFound):
            read(person, set_id)
        with pytest.raises(NotFound):
            changing.save(person, set_id, Edit(1), START)


def test_an_archived_set_is_read_and_copied_and_not_changed(iris: Principal) -> None:
    one, two = many_questions(2)
    web = a_set(iris, [one])
    old = edit_of(iris, web)
    making.archive(iris, web, archived=True, now=START)
    with pytest.raises(Archived):
        editing.add_question(iris, web, edit_of(iris, web), version_of(two), START)
    assert asked(iris, making.copy(iris, web, START)) == [one]
    making.archive(iris, web, archived=False, now=START)
    with pytest.raises(Stale):
        editing.add_question(iris, web, old, version_of(two), START)
    editing.add_question(iris, web, edit_of(iris, web), version_of(two), START)
    assert asked(iris, web) == [one, two]


def test_a_copy_belongs_to_who_made_it_and_changes_alone(iris: Principal) -> None:
    many = many_questions(5)
    web = a_set(iris, many[:2], Pick("Django", "", "", 2), title="W" * 120)
    admin = principal(add_person("Root", role="admin"))
    copied = making.copy(admin, web, START)
    assert read(admin, copied).title == ("Copy of " + "W" * 120)[:120]
    assert asked(admin, copied) == many[:2]
    assert read(admin, copied).question_count == 4
    with pytest.raises(NotFound):
        read(iris, copied)
    editing.remove(admin, copied, edit_of(admin, copied), read(admin, copied).slots[0].id, START)
    assert asked(iris, web) == many[:2]


def test_every_change_is_noted_with_what_was_before(iris: Principal) -> None:
    one, two = many_questions(2)
    web = a_set(iris, [one, two])
    slot = read(iris, web).slots[0].id
    terms = {slot: Terms(2.0, 60)}
    editing.move(iris, web, Edit(read(iris, web).revision, terms), slot, DOWN, START)
    editing.remove(iris, web, edit_of(iris, web), slot, START)
    making.describe(iris, web, read(iris, web).revision, ("Net\x00", " More "), START)
    making.describe(iris, web, read(iris, web).revision, ("Net\x00", " More "), START)
    making.archive(iris, web, archived=True, now=START)
    making.archive(iris, web, archived=True, now=START)
    found = notes()
    assert [row.kind for row in found] == [
        "set.made", "set.changed", "set.changed", "set.changed", "set.changed", "set.changed",
        "set.archived",
    ]  # fmt: skip
    assert {row.class_id for row in found} == {None}
    assert found[3].details == {
        "question 1 points": [1.0, 2.0], "question 1 seconds": [None, 60],
        "order": [[1, 2], [2, 1]],
    }  # fmt: skip
    assert list(found[4].details) == ["question 2"]
    assert found[5].details == {"title": ["Web", "Net\ufffd"], "description": ["", "More"]}
    assert found[6].details == {"archived": [False, True]}
