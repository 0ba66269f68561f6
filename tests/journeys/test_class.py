"""A class from its first day to its grades: two instructors, thirty learners, one interview."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.services import sweeping
from tests.journeys.class_book import (
    ATTEMPTS,
    STATE,
    Row,
    adas_grade_alone_has_risen,
    as_shown,
    audit_lines,
    file_of,
    pages_of,
)
from tests.journeys.class_learners import (
    ABSENT,
    BETTER,
    CODE,
    DRAFTING,
    FINISHING,
    INVITED,
    LATE,
    LEARNERS,
    QUERYSET,
    RUNNING,
    Course,
    add_people,
    answer,
    at_a_time,
    end_of,
    hand_in,
    join,
    sit,
    start,
    start_in_two_tabs,
)
from tests.journeys.class_steps import (
    give_longer,
    give_set,
    invite_roster,
    invite_to_teach,
    make_class,
    make_set,
)
from tests.journeys.looks import look
from tests.journeys.steps import GOOD, deadline, editor, press, write
from tests.support.browser import Visitor

RACING = ("Cleo", "Dora")
ADAS = "Django is a web framework."
NEEDS_LONGER = "A note of the study office of 3 May"
FIRE = "The fire alarm rang"
MEANT_RIGHT = "What was said in class may go unsaid here"


@pytest.fixture
def course(live_app: Flask, live_url: str, visit: Callable[..., Visitor]) -> Course:
    add_people(live_app)
    return Course(live_app, live_url, visit)


def test_a_class_goes_from_its_first_day_to_its_grades(course: Course) -> None:
    iris, olga = course.enter("Iris"), course.enter("Olga")
    people_come_in(course, iris, olga)
    make_set(iris)
    course.assignment = give_set(iris, course)
    give_longer(course, iris, NEEDS_LONGER)
    at_a_time(partial(sit, course), [*FINISHING, *RUNNING])
    ada = ada_loses_her_browser(course)
    somebody_comes_late(course)
    time_is_added_to_everybody(course, olga, ada)
    ada_hands_in(ada)
    the_last_attempt_is_started_once(course)
    all_of_it_closes(course)
    open_gradebook(course, iris)
    before = the_file_says_what_the_pages_say(iris)
    look(iris, "class-gradebook")
    a_grade_is_given_by_hand(iris, ada)
    open_gradebook(course, iris)
    adas_grade_alone_has_risen(before, the_file_says_what_the_pages_say(iris))
    the_log_has_it_all(course, iris)


def people_come_in(course: Course, iris: Page, olga: Page) -> None:
    course.path = make_class(iris)
    invite_to_teach(iris, "Olga")
    invite_roster(iris)
    iris.goto(course.path)
    course.code = iris.locator(".join-code code").inner_text()
    course.link = iris.get_by_label("Link", exact=True).input_value()
    olga.get_by_role("navigation", name="Main").get_by_role("link", name="Classes").click()
    press(olga, "Accept")
    expect(olga.get_by_text("You are in the class now.")).to_be_visible()
    at_a_time(partial(join, course), [name for name in LEARNERS if name != LATE])


def ada_loses_her_browser(course: Course) -> Page:
    """Her text is kept, and she goes on in another browser."""
    page = course.enter("Ada")
    page.goto(course.assignment)
    expect(page.get_by_text("30 min for all questions")).to_be_visible()
    look(page, "class-before-start")
    page.get_by_label("Access code").fill(CODE)
    press(page, "Start")
    expect(editor(page)).to_be_focused()
    write(page, ADAS)
    page.context.close()
    page = course.enter("Ada")
    page.goto(course.assignment)
    press(page, "Continue")
    expect(editor(page)).to_have_value(ADAS)
    write(page, f"{ADAS} It is written in Python.")
    press(page, "Submit answer")
    expect(page).to_have_url(re.compile("/questions/2$"))
    write(page, QUERYSET)
    return page


def somebody_comes_late(course: Course) -> None:
    join(course, LATE)
    script = course.scripts[LATE]
    start(course, script)
    answer(script, BETTER)
    hand_in(script)


def time_is_added_to_everybody(course: Course, olga: Page, ada: Page) -> None:
    olga.goto(course.assignment)
    press(olga, "Live")
    numbers = [len(ABSENT), len(RUNNING) + 1, len(FINISHING) + 1]
    expect(olga.locator(".live-numbers dd")).to_have_text([str(number) for number in numbers])
    expect(line_of(olga, "Ada")).to_contain_text("2 of 3, 1 handed in")
    expect(line_of(olga, "Ada")).to_contain_text(re.compile(r"\d+ seconds? ago|\d+ s ago"))
    expect(line_of(olga, DRAFTING)).to_contain_text("3 of 3, 1 handed in")
    expect(line_of(olga, "Tia")).to_contain_text("3 of 3, 2 handed in")
    expect(line_of(olga, "Fay")).to_contain_text("Handed in")
    expect(line_of(olga, "Bea")).to_contain_text("Not started")
    look(olga, "class-live")
    before, tias = int(deadline(ada) or 0), end_of(course, "Tia")
    olga.get_by_text("Add time for everybody").click()
    olga.get_by_label("Minutes to add").fill("5")
    olga.get_by_label("Reason").fill(FIRE)
    press(olga, "Add time")
    expect(olga.get_by_text("5 minutes were added for ")).to_be_visible()
    clock = ada.locator("[data-clock=attempt]")
    expect(clock).to_have_attribute("data-deadline", str(before + 300_000))
    expect(ada.locator(".clock-note")).to_have_text("5 minutes were added")
    assert end_of(course, "Tia") == tias + 300_000
    olga.close()


def line_of(page: Page, name: str) -> Locator:
    header = page.get_by_role("rowheader", name=re.compile(f"^{name}\\b"))
    return page.get_by_role("row").filter(has=header)


def ada_hands_in(ada: Page) -> None:
    press(ada, "Overview and finish")
    press(ada, "Finish and hand in")
    expect(ada.locator(".lead .score")).to_have_text(re.compile(r"^\d+"))
    expect(ada.get_by_text("Reference answer")).to_have_count(0)
    expect(ada.get_by_text("We are less sure").first).to_be_visible()
    expect(ada.get_by_text("read the reference")).to_have_count(0)
    look(ada, "class-results")


def the_last_attempt_is_started_once(course: Course) -> None:
    for name, urls in start_in_two_tabs(course, RACING).items():
        assert len(urls) == 1
        script = course.scripts[name].get(course.assignment)
        assert len(script.words("section[aria-labelledby=earlier] tbody tr")) == 2
        hand_in(script.get(*urls).answer(GOOD))
        script.get(course.assignment)
        assert "No attempt left" in script.words("h2")
        assert script.post(f"{course.assignment}/start", code=CODE).status == 409


def all_of_it_closes(course: Course) -> None:
    """Zoe's attempt is handed in as she looks, the others by the sweeper."""
    now = course.app.extensions["clock"].advance(minutes=180)
    zoe = course.scripts["Zoe"]
    assert zoe.get(zoe.url).url.endswith("/results")
    assert any("Time was up" in words for words in zoe.words(".notice"))
    with course.app.app_context():
        assert sweeping.sweep(now) == len(RUNNING) - 1
    drafted = course.scripts[DRAFTING]
    drafted.get(drafted.url)
    assert any("your text as saved at" in words for words in drafted.words(".muted"))
    assert "2 answered" in drafted.words(".lead")[0]


def open_gradebook(course: Course, iris: Page) -> None:
    iris.goto(course.path)
    tabs = iris.get_by_role("navigation", name="This class")
    tabs.get_by_role("link", name="Gradebook").click()
    expect(iris.get_by_role("heading", level=1)).to_have_text("Gradebook")


def the_file_says_what_the_pages_say(iris: Page) -> list[Row]:
    rows, shown = file_of(iris), pages_of(iris)
    assert [as_shown(row) for row in rows] == shown
    assert {row["learner"] for row in rows} == set(LEARNERS)
    told = {row["learner"]: (row[STATE], row[ATTEMPTS]) for row in rows}
    taken = {name: 0 if name in ABSENT else 2 if name in RACING else 1 for name in LEARNERS}
    assert told == {
        name: ("finished" if count else "not started", str(count)) for name, count in taken.items()
    }
    return rows


def a_grade_is_given_by_hand(iris: Page, ada: Page) -> None:
    row = iris.locator(".gradebook-table tbody tr", has=iris.get_by_role("link", name="Ada"))
    row.locator("td a").last.click()
    expect(iris.get_by_role("heading", level=1)).to_have_text("Ada, attempt 1")
    press(iris, "Change the grade of question 1")
    missed = iris.locator(".override-point", has=iris.locator("input[value='not found']:checked"))
    missed.first.get_by_label("Found", exact=True).check()
    iris.get_by_label("Reason").fill(MEANT_RIGHT)
    press(iris, "Save this grade")
    expect(iris.locator(".person-graded")).to_have_text(f"Graded by Iris: {MEANT_RIGHT}")
    ada.reload()
    expect(ada.locator("#q1 .person-graded")).to_have_text(f"Graded by Iris: {MEANT_RIGHT}")
    expect(ada.locator("#q1").get_by_text("Reference answer")).to_be_visible()


def the_log_has_it_all(course: Course, iris: Page) -> None:
    iris.get_by_role("navigation", name="This class").get_by_role("link", name="Audit log").click()
    expect(iris.get_by_role("heading", level=1)).to_have_text("Audit log")
    look(iris, "class-audit")
    told = audit_lines(iris)
    assert Counter(told) >= Counter(
        {
            ("Accommodation changed", NEEDS_LONGER): 1,
            ("Time added", FIRE): len(RUNNING) + 1,
            ("Grade overridden", MEANT_RIGHT): 1,
            ("Class made", ""): 1,
            ("Invited", ""): len(INVITED) + 1,
            ("Joined", ""): len(LEARNERS) + 1,
            ("Assignment made", ""): 1,
        }
    )
