"""A damaged article becomes questions that grade well, and a set that moves to another author."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.bank_article import BUILDING, COMPOSE, NOTES, REPAIRS
from tests.journeys.bank_steps import (
    SET,
    TAG,
    Authors,
    article,
    download,
    keep,
    make_set,
    open_draft,
    publish,
    put_right,
    question_in_file,
    score_of,
    send,
    typed,
)
from tests.journeys.looks import look
from tests.journeys.steps import press
from tests.support.browser import Visitor

GRADED_BY = ("prompt", "references", "key_points", "misconceptions", "samples", "tags")


@pytest.fixture
def authors(live_app: Flask, visit: Callable[..., Visitor]) -> Authors:
    return Authors(live_app, visit)


def test_a_damaged_article_becomes_a_set_that_another_author_has_too(
    authors: Authors, tmp_path: Path
) -> None:
    iris = authors.enter("Iris")
    send(iris, article(tmp_path), Topic="Containers", Tags=TAG)
    authors.work()
    the_dry_run_tells_what_is_damaged(iris)
    press(iris, "Import 5 questions")
    authors.work()
    expect(iris.get_by_text("5 questions imported")).to_be_visible()
    file = iris.url
    compose_is_repaired_and_stopped_once(iris)
    iris.goto(file)
    building_is_repaired(iris)
    made = make_set(iris, "What is in compose.yaml?")
    olga = authors.enter("Olga")
    send(olga, download(iris, made, "Moodle XML"))
    authors.work()
    copied = take_copies(authors, olga)
    theirs = written(download(olga, copied, "Mock Interview (JSON)"))
    assert theirs == written(download(iris, made, "Mock Interview (JSON)"))
    for question in theirs["questions"].values():
        assert [one["label"] for one in question["samples"]] == ["good", "wrong"]
        assert len(question["key_points"]) > 1
        assert not any(point.get("derived") for point in question["key_points"])
    assert [one["slots"] for one in theirs["sets"]] == [
        [
            {"question": REPAIRS[COMPOSE].prompt},
            {"random": {"tag": TAG}, "seconds": 240},
        ]
    ]


def the_dry_run_tells_what_is_damaged(iris: Page) -> None:
    expect(iris.get_by_text("Nothing is imported yet: this is what would be made.")).to_be_visible()
    expect(iris.locator(".import-figures dd").nth(1)).to_have_text("5")
    for prompt, notes in NOTES.items():
        for note in notes:
            expect(question_in_file(iris, prompt)).to_contain_text(note)


def compose_is_repaired_and_stopped_once(iris: Page) -> None:
    repair = REPAIRS[COMPOSE]
    open_draft(iris, COMPOSE)
    put_right(iris, repair)
    iris.get_by_label("Who may find and ask it").select_option("authors")
    before = typed(iris, repair.good)
    wordings = iris.get_by_label("Other wordings, one per line of key point 1")
    wordings.fill("lists every service of the app")
    with iris.expect_response(re.compile("/try$")):
        wordings.blur()
    expect(iris.get_by_role("img", name=f"Score {before} percent")).to_have_count(0)
    assert score_of(iris) > before
    keep(iris, "good")
    press(iris, "Publish")
    expect(iris.get_by_role("heading", name=re.compile("^Not published yet"))).to_be_visible()
    look(iris, "bank-journey-gate")
    typed(iris, repair.wrong)
    keep(iris, "wrong")
    publish(iris)


def building_is_repaired(iris: Page) -> None:
    repair = REPAIRS[BUILDING]
    open_draft(iris, BUILDING)
    put_right(iris, repair)
    iris.get_by_label("Who may find and ask it").select_option("authors")
    assert typed(iris, repair.wrong) < typed(iris, repair.good)
    keep(iris, "good")
    typed(iris, repair.wrong)
    keep(iris, "wrong")
    publish(iris)


def take_copies(authors: Authors, olga: Page) -> str:
    """Import the questions of Iris that Olga may see already, and their set."""
    expect(olga.locator(".import-figures dd").nth(2)).to_have_text("2")
    olga.get_by_label(re.compile("as copies, too$")).check()
    press(olga, "Make the set")
    authors.work()
    olga.get_by_role("link", name=SET).click()
    expect(olga.get_by_role("heading", level=1)).to_have_text(SET)
    return olga.url


def written(path: Path) -> dict[str, Any]:
    """Questions and sets of a file, without the names that differ from author to author."""
    told = json.loads(path.read_text(encoding="utf-8"))
    prompts = {one["slug"]: one["prompt"] for one in told["questions"]}
    assert set(prompts.values()) == {repair.prompt for repair in REPAIRS.values()}
    questions = {
        one["prompt"]: {name: one.get(name) for name in GRADED_BY} for one in told["questions"]
    }
    for one in told["authored_sets"]:
        for slot in one["slots"]:
            if "question" in slot:
                slot["question"] = prompts[slot["question"]]
    return {"questions": questions, "sets": told["authored_sets"]}
