"""A learner did say it: one appeal, everybody's grade, and the way back."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.class_book import audit_lines
from tests.journeys.contested_steps import (
    CLEOS,
    SAID,
    SAME,
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
from tests.support.client import CheckingClient

TOLD = "Strangers are another site, so it counts."
REGRETTED = "This wording is too loose after all."


@pytest.fixture
def court(live_app: Flask) -> Court:
    return convene(live_app)


def test_one_appeal_mends_everybodys_grade_and_can_be_taken_back(
    court: Court, visit: Callable[..., Visitor]
) -> None:
    ada = court.enter(visit(), "Ada", court.results("Ada"))
    before = percent(ada)
    contest(ada)
    expect(ada.locator("#q1 div.point-appeal")).to_contain_text("waiting")
    iris = court.enter(visit(), "Iris", "/")
    iris_accepts(iris)
    court.work()
    the_dry_run_knows_who_said_the_same(iris)
    press(iris, "Change 2 grades")
    court.work()
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades were changed")
    run = iris.url
    after = adas_grade_has_risen(ada, before)
    ben_who_asked_nothing_is_told(court.enter(visit(), "Ben", "/"))
    book = gradebook(iris, court)
    assert (book["Ada"], book["Cleo"]) == (str(after), str(round(100 * CLEOS)))
    iris.goto(run)
    iris_regrets_it(iris)
    court.work()
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades are as before")
    look(iris, "regrade-undone")
    adas_grade_is_as_it_was(court, ada, before)
    assert gradebook(iris, court)["Ada"] == str(before)
    the_log_explains_every_grade(court, iris)


def iris_accepts(iris: Page) -> None:
    contested = f"Ada contests key point 1 of question 1 in “{TITLE}”."
    assert [contested in told for told in notices(iris)] == [True]
    open_marking(iris)
    iris.get_by_role("link", name=f"1 contested in {TITLE}").click()
    iris.get_by_role("link", name="Decide").click()
    expect(iris.locator(".appeal-mark")).to_have_text(SAID)
    iris.get_by_label("Accept: these words count as this key point").check()
    look(iris, "appeal-accepting")
    expect(iris.get_by_label("Wording that counts from now on")).to_have_value(SAID)
    iris.get_by_label("Your reply to the learner").fill(TOLD)
    press(iris, "Decide")
    expect(iris.get_by_role("heading", level=1)).to_have_text(
        "Looking for grades that would change"
    )


def the_dry_run_knows_who_said_the_same(iris: Page) -> None:
    expect(iris.get_by_role("heading", level=1)).to_have_text("2 grades would change")
    same = iris.locator(".equivalent-words")
    expect(same).to_have_count(2)
    for name in ("Ada", "Ben"):
        expect(same.filter(has_text=name)).to_contain_text(SAME)
    expect(iris.locator(".regrade-change h3")).to_have_text(
        [re.compile("^Ada"), re.compile("^Ben")]
    )
    expect(iris.locator(".regrade-legend")).to_contain_text("1 was given by a person")


def adas_grade_has_risen(ada: Page, before: int) -> int:
    ada.reload()
    after = percent(ada)
    assert after > before
    expect(ada.locator("#q1 .points li").first).to_have_attribute("data-verdict", "found")
    expect(ada.locator("#q1 div.point-appeal")).to_contain_text(TOLD)
    assert story(ada) == ["graded", "contested", "accepted", "regraded"]
    expect(ada.locator("[data-moment=regraded]")).to_contain_text(f"{before} → {after} %")
    return after


def ben_who_asked_nothing_is_told(ben: Page) -> None:
    (told,) = notices(ben)
    assert told.endswith(
        f"One of your answers in “{TITLE}” was graded anew: a wording was accepted."
    )
    ben.get_by_role("button", name="Open the answer").click()
    expect(ben.locator("#q1 .points li").first).to_contain_text(SAME)
    ben.close()


def iris_regrets_it(iris: Page) -> None:
    iris.get_by_role("button", name="Take it back").click()
    iris.get_by_label("Reason").fill(REGRETTED)
    press(iris, "Put 2 grades back")


def adas_grade_is_as_it_was(court: Court, ada: Page, before: int) -> None:
    told = notices(ada)
    assert len(told) == 3
    assert "has its earlier grade again" in told[0]
    assert "was accepted" in told[-1]
    expect(ada.locator(".told-detail").first).to_have_text(REGRETTED)
    ada.goto(court.results("Ada"))
    assert percent(ada) == before
    assert story(ada) == ["graded", "contested", "accepted", "regraded", "undone"]
    expect(ada.locator("[data-moment=undone]")).to_contain_text(f"back to {before} %")
    expect(ada.locator("[data-moment=undone]")).to_contain_text(REGRETTED)
    expect(ada.locator("#q1 div.point-appeal")).to_contain_text("does not count it")
    look(ada, "results-undone")


def the_log_explains_every_grade(court: Court, iris: Page) -> None:
    iris.goto(f"/classes/{court.class_id}/audit")
    told = [what for what, _ in audit_lines(iris)]
    assert told.count("Grade given anew by a regrade") == court.regrades_written() == 4


def test_all_of_it_needs_no_scripts(court: Court) -> None:
    ada, iris = CheckingClient(court.app), CheckingClient(court.app)
    ada.log_in(court.people["Ada"])
    iris.log_in(court.people["Iris"])
    results = ada.get(court.results("Ada"))
    before = results.one(".lead .score").text
    form = ada.click(results, "I did say this: key point 1 of question 1")
    ada.submit(form, "contest", sentences=["1"])
    queue = iris.get(f"/classes/{court.class_id}/appeals")
    case = iris.click(queue, "Decide: question 1, Ada")
    run = iris.submit(case, "decide", choice="accept")
    court.work()
    run = iris.submit(iris.click(run, "Look again"), "Change 2 grades")
    court.work()
    assert ada.get(court.results("Ada")).one(".lead .score").text != before
    run = iris.click(iris.click(run, "Look again"), "Take it back")
    iris.submit(run, "undo-form", reason=REGRETTED)
    court.work()
    assert ada.get(court.results("Ada")).one(".lead .score").text == before
