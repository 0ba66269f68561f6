"""What instructors of a class do in their browsers, in the words of its journey."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.journeys.class_learners import CODE, INVITED, LIMIT, Course, address
from tests.journeys.steps import press

TITLE = "Midterm interview"
MINUTES = str(LIMIT.seconds // 60)


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def make_class(page: Page) -> str:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Classes").click()
    press(page, "Make a class")
    page.get_by_label("Title").fill("Web development, spring")
    page.get_by_label("Time zone").select_option("UTC")
    press(page, "Make the class")
    expect(page.get_by_role("heading", level=1)).to_have_text("Web development, spring")
    return path_of(page)


def invite_to_teach(page: Page, name: str) -> None:
    page.get_by_role("link", name="Invite by address").click()
    form = page.locator("form#invite")
    form.get_by_label("Email address").fill(address(name))
    form.get_by_label("Role").select_option("Instructor")
    form.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text(f"{address(name)} is invited.")).to_be_visible()


def invite_roster(page: Page) -> None:
    """Upload a roster, see what it would do, and have it done."""
    press(page, "Invite a roster")
    rows = "".join(f"{name},{address(name)},{group}\n" for name, group in INVITED.items())
    content = f"name,email,group\n{rows}".encode()
    file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("A file").set_input_files(file)  # type: ignore[arg-type]  # a TypedDict
    press(page, "Show what would happen")
    expect(page.get_by_text("Nothing is done yet.")).to_be_visible()
    expect(page.locator(".figures dd")).to_have_text([str(len(INVITED)), "0", "0", "0", "0"])
    expect(page.get_by_text("New groups: Monday, Tuesday.")).to_be_visible()
    press(page, f"Invite these {len(INVITED)} people")
    expect(page.get_by_role("heading", name="Invited, not here yet")).to_be_visible()


def make_set(page: Page) -> None:
    """Two questions that are searched for, one that is drawn; published."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Sets").click()
    press(page, "New set")
    page.get_by_label("Title").fill("Django and its data")
    press(page, "Make the set")
    expect(page.get_by_role("heading", level=1)).to_have_text("Django and its data")
    # The search listens once the scripts have run.
    page.wait_for_load_state()
    for words, prompt in (
        ("basics", "What is Django?"),
        ("queryset", "What is a QuerySet in Django?"),
    ):
        page.get_by_label("Words in the question or its tags").fill(words)
        # The address tells that the list is the one that was asked for.
        expect(page).to_have_url(re.compile(f"[?&]q={words}"))
        page.get_by_role("button", name=f"Add {prompt}", exact=True).click()
        expect(page.locator(".slot-prompt").last).to_have_text(prompt)
    press(page, "Add questions drawn at random")
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions drawn at random")
    page.get_by_label("Tag", exact=True).fill("http")
    page.get_by_label("Questions", exact=True).fill("1")
    press(page, "Add to the set")
    expect(page.locator(".slot-prompt")).to_have_count(3)
    expect(page.locator(".slot-prompt").last).to_have_text(
        "1 question drawn from all tagged “http”"
    )
    press(page, "Publish")
    expect(page.get_by_text("Published as version 1. It can be assigned now.")).to_be_visible()


def give_set(page: Page, course: Course) -> str:
    page.goto(course.path)
    press(page, "New assignment")
    page.get_by_label("Title").fill(TITLE)
    closes = course.app.extensions["clock"]() + timedelta(hours=2)
    page.get_by_label("Closes", exact=True).fill(f"{closes:%Y-%m-%dT%H:%M}")
    page.get_by_label("Minutes for the whole attempt").fill(MINUTES)
    page.get_by_label("Attempts", exact=True).fill("2")
    page.get_by_label("Which counts").select_option("The best attempt")
    page.get_by_label(re.compile("The usual: score, own answer and key points")).check()
    page.get_by_label("Access code").fill(CODE)
    page.get_by_label(re.compile("Tell learners by mail")).uncheck()
    press(page, "Give the set")
    expect(page.get_by_text(f"“{TITLE}” is given.")).to_be_visible()
    return path_of(page)


def give_longer(course: Course, page: Page, reason: str) -> None:
    """Half as much time again for Ben, who is told of it before he starts."""
    page.get_by_role("link", name="Accommodations").click()
    page.get_by_role("link", name="Ben", exact=True).click()
    page.get_by_label("Time factor").fill("1.5")
    page.get_by_label("Reason").fill(reason)
    press(page, "Keep")
    expect(page.locator(".comes-to div", has_text="Whole attempt")).to_contain_text("45 min")
    expect(page.get_by_role("button", name="Remove the accommodation")).to_be_visible()
    ben = course.scripts["Ben"].get(course.assignment)
    (time,) = [words for words in ben.words(".terms dd") if "for all questions" in words]
    assert time == "45 min for all questions (30 min × 1.5)"
