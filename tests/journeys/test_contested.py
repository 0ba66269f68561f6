"""A learner did say it: one appeal, everybody's grade, and the way back."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.class_book import audit_lines
from tests.journeys.contested_steps import (
    ALIKE,
    ANSWERS,
    CLEOS,
    POINT,
    SAID,
    TITLE,
    Court,
    contest,
    convene,
    gradebook,
    notices,
    open_marking,
    percent,
    story,
)
from tests.journeys.looks import look
from tests.journeys.steps import press
from tests.support.browser import Visitor

TOLD = "Strangers are another site, so it counts."
REGRETTED = "This wording is too loose after all."


@pytest.fixture
def court(live_app: Flask, visit: Callable[..., Visitor]) -> Court:
    return convene(live_app, visit)


def test_one_appeal_mends_everybodys_grade_and_can_be_taken_back(court: Court) -> None:
    ada = court.enter("Ada", court.results("Ada"))
    before = percent(ada)
    contest(ada)
    expect(ada.locator("#q1 .point-appeal")).to_contain_text("waiting")
    iris = court.enter("Iris", "/")
    iris_accepts(iris)
    court.work()
    the_dry_run_knows_who_said_the_same(iris)
    press(iris, "Change 2 grades")
    court.work()
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades were changed")
    run = iris.url
    after = adas_grade_has_risen(ada, before)
    ben_who_asked_nothing_is_told(court)
    book = gradebook(iris, court)
    assert (book["Ada"], book["Cleo"]) == (str(after), str(round(100 * CLEOS)))
    iris.goto(run)
    iris_regrets_it(iris)
    court.work()
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades are as before")
    adas_grade_is_as_it_was(court, ada, before)
    assert gradebook(iris, court) == {**book, "Ada": str(before), "Ben": gradebook(iris, court)["Ben"]}
    the_log_explains_every_grade(court, iris)


def iris_accepts(iris: Page) -> None:
    contested = f"Ada contests key point 1 of question 1 in “{TITLE}”."
    assert [contested in told for told in notices(iris)] == [True]
    open_marking(iris)
    iris.get_by_role("link", name=f"1 contested in {TITLE}").click()
    iris.get_by_role("link", name="Decide").click()
    expect(iris.locator(".appeal-mark")).to_have_text(SAID)
    look(iris, "contested-decide")
    iris.get_by_label("Accept: these words count as this key point").check()
    expect(iris.get_by_label("Wording that counts from now on")).to_have_value(SAID)
    iris.get_by_label("Your reply to the learner").fill(TOLD)
    press(iris, "Decide")
    expect(iris.get_by_role("heading", level=1)).to_have_text("Looking for grades that would change")


def the_dry_run_knows_who_said_the_same(iris: Page) -> None:
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades would change")
    same = iris.locator(".equivalent-words")
    expect(same).to_have_count(2)
    for name, words in (("Ada", SAID), ("Ben", ALIKE)):
        expect(same.filter(has_text=name)).to_contain_text(words.removesuffix("."))
    expect(iris.locator(".regrade-change h3")).to_have_text([re.compile("^Ada"), re.compile("^Ben")])
    expect(iris.locator(".regrade-legend")).to_contain_text("1 was given by a person")
    look(iris, "contested-compared")


def adas_grade_has_risen(ada: Page, before: int) -> int:
    ada.reload()
    assert (after := percent(ada)) > before
    expect(ada.locator("#q1 .points li").first).to_have_attribute("data-verdict", "found")
    expect(ada.locator("#q1 .point-appeal")).to_contain_text(TOLD)
    assert story(ada) == [
        "Graded automatically",
        "You contested key point 1",
        "Iris accepted your words for key point 1",
        "Graded anew",
    ]
    look(ada, "contested-results")
    return after


def ben_who_asked_nothing_is_told(court: Court) -> None:
    ben = court.enter("Ben", "/")
    (told,) = notices(ben)
    assert told.endswith(f"One of your answers in “{TITLE}” was graded anew: a wording was accepted.")
    ben.get_by_role("button", name="Open the answer").click()
    expect(ben.locator("#q1 .points li").first).to_contain_text(ALIKE.removesuffix("."))
    ben.close()


def iris_regrets_it(iris: Page) -> None:
    iris.get_by_role("link", name="Undo").click()
    iris.get_by_label("Reason").fill(REGRETTED)
    press(iris, "Put 2 grades back")


def adas_grade_is_as_it_was(court: Court, ada: Page, before: int) -> None:
    told = notices(ada)
    assert len(told) == 3
    assert "has its earlier grade again" in told[0]
    assert "was accepted" in told[-1]
    look(ada, "contested-notifications")
    ada.goto(court.results("Ada"))
    assert percent(ada) == before
    assert story(ada)[-2:] == ["Graded anew", "That was undone"]
    assert len(story(ada)) == 5


def the_log_explains_every_grade(court: Court, iris: Page) -> None:
    iris.goto(f"/classes/{court.class_id}/audit")
    told = [what for what, _ in audit_lines(iris)]
    assert told.count("Grade given anew by a regrade") == court.regrades_written() == 4
