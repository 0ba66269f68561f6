"""A set that is written to a file and imported elsewhere asks and grades the same."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from interview.services.authoring.listing import BankSearch
from interview.services.exporting_bank import files, searches, sets
from interview.services.importing import accepting
from interview.services.principals import Principal
from interview.services.sets.changing import Terms, save
from interview.services.sets.picking import Pick
from interview.store.db import db
from interview.web.app import create_app
from interview.web.config import Settings
from tests.support.authored import a_set, an_author, edit_of, read
from tests.support.clock import START, FakeClock
from tests.support.databases import sqlite_copy
from tests.support.imports import as_file, bare, imported, questions_of, send, shown, whole, work


@pytest.fixture
def elsewhere(settings: Settings, migrated_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """Another installation, with nothing in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    url = sqlite_copy(migrated_file, folder)
    app = create_app(replace(settings, database_url=url, instance=folder / "instance"))
    yield app
    with app.app_context():
        db.engine.dispose()


def a_bank(person: Principal, clock: FakeClock) -> int:
    """Make three questions and a set that asks one and draws from the others."""
    second = whole(
        "fruit",
        prompt="What is *fruit*,\n\nand `how` much < 2 & > 1?",
        references=["It is one thing, another thing and a third thing.", "- One\n- Another"],
        tags=["food", "basics"],
        difficulty="hard",
    )
    third = whole("veg", prompt="What is veg?", difficulty="hard", tags=[])
    imported(person, as_file(whole(), second, third), clock)
    first = questions_of(person.id)["what-is-it"].id
    pick = Pick("Things", "", "hard", 2, points=0.5, seconds=180)
    set_id = a_set(person, [first], pick, title="Friday & more")
    slot = read(person, set_id).slots[0].id
    save(person, set_id, edit_of(person, set_id, **{f"slot_{slot}": Terms(2.5, 60)}), START)
    return set_id


def exported(person: Principal, set_id: int) -> dict[str, Any]:
    """What a set comes to, without the names of its questions, which may be taken elsewhere."""
    document = dict(sets.of_authored_set(person, set_id).document)
    prompts = {one["slug"]: one["prompt"] for one in document["questions"]}
    for one in document["questions"]:
        one.pop("slug")
    for slot in document["authored_sets"][0]["slots"]:
        if "question" in slot:
            slot["question"] = prompts[slot["question"]]
    return document


@pytest.mark.parametrize("kind", ["native", "native-json", "moodle"])
def test_a_set_with_random_slots_goes_to_another_installation(
    app: Flask, elsewhere: Flask, clock: FakeClock, kind: str
) -> None:
    with app.app_context():
        iris = an_author()
        set_id = a_bank(iris, clock)
        text = files.text_of(sets.of_authored_set(iris, set_id), kind)
        before = exported(iris, set_id)
    with elsewhere.app_context():
        olga = an_author("Olga")
        imported(olga, as_file(whole()), clock)
        name = f"friday{files.kind_of(kind).suffix}"
        import_id = send(olga, text.encode(), name=name)
        work(clock)
        assert shown(olga, import_id).counts == {"ready": 2, "draft": 0, "duplicate": 1, "error": 0}
        accepting.accept(olga, import_id, START, copies=True)
        work(clock)
        ((made, _),) = shown(olga, import_id).made_sets
        assert len(questions_of(olga.id)) == 4
        after = exported(olga, made)
    assert after == before


def test_drafts_are_written_as_far_as_they_are_filled_in(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        iris = an_author()
        imported(iris, as_file(bare("second", "What else is there?")), clock)
        export = searches.of_search(iris, BankSearch(), START.date())
        (question,) = export.document["questions"]
    assert (question["slug"], question["status"]) == ("second", "draft")
    assert [point["derived"] for point in question["key_points"]] == [True, True]
