"""What authors of questions do in their browsers, in the words of their journey."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.services.jobs import running
from tests.journeys.bank_article import ARTICLE, Repair
from tests.journeys.steps import give_log_in, press
from tests.support.browser import Visitor
from tests.support.classes import add_instructor, principal

TAG = "container-course"
SET = "Containers in the kitchen"


@dataclass(frozen=True)
class Authors:
    """People who write questions, their browsers, and the worker of their server."""

    app: Flask
    visit: Callable[..., Visitor]

    def enter(self, name: str) -> Page:
        """Open a browser of somebody's own."""
        visitor = self.visit()
        visitor.complaints.expect("status of 422")
        with self.app.app_context():
            person = principal(add_instructor(name))
        give_log_in(visitor, self.app, person)
        return visitor.page("/bank")

    def work(self) -> None:
        """Let the worker do what is due."""
        with self.app.app_context():
            assert running.run_due(self.app.extensions["clock"]) == 1


def send(page: Page, path: Path, **defaults: str) -> None:
    """Upload a file of questions."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Bank").click()
    page.get_by_role("link", name="Import questions").click()
    page.get_by_label("A file").set_input_files(path)
    for label, text in defaults.items():
        page.get_by_label(label, exact=True).fill(text)
    press(page, "Show what would be made")
    expect(page.locator("#import-state")).to_have_text("Waiting to be read")


def article(folder: Path) -> Path:
    path = folder / "containers.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def question_in_file(page: Page, prompt: str) -> Locator:
    """A question as the page about a file shows it."""
    heading = page.get_by_role("heading", name=prompt, exact=True)
    return page.locator(".import-items > li").filter(has=heading)


def open_draft(page: Page, prompt: str) -> None:
    """From the page about the file, by the question, to its editor."""
    question_in_file(page, prompt).get_by_role("link", name="Open it in the bank").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(prompt)
    press(page, "Edit")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit the question")
    # What is typed is graded once the scripts have run.
    page.wait_for_load_state()


def put_right(page: Page, repair: Repair) -> None:
    """Write what the page had lost, and look at the key points that were taken from the rest."""
    page.get_by_label("Question", exact=True).fill(repair.prompt)
    page.get_by_label("Reference answer 1", exact=True).fill(repair.answer)
    rows = page.locator("#key_points fieldset[data-derived]")
    expect(rows).not_to_have_count(0)
    for at, text in enumerate(repair.points):
        page.locator(f"#point-{at}-text").fill(text)
    press(page, "Keep them all")
    expect(rows).to_have_count(0)


def typed(page: Page, answer: str) -> int:
    """Type an answer, and wait for the grade that it gets; in percent."""
    with page.expect_response(re.compile("/try$")):
        page.get_by_label("Type an answer as a learner would").fill(answer)
    return score_of(page)


def score_of(page: Page) -> int:
    told = page.locator("#tried .band-bar").get_attribute("aria-label") or ""
    return int(told.split()[1])


def keep(page: Page, label: str) -> None:
    """Keep the answer that was typed as a sample, and wait for its score."""
    page.get_by_label("What the answer is").select_option(label)
    rows = page.locator("#sample-scores tbody tr")
    before = rows.count()
    press(page, "Keep as sample")
    expect(rows).to_have_count(before + 1)


def publish(page: Page) -> None:
    page.locator("#publish").click()
    expect(page.get_by_text("Published. Version 1 is asked from now on.")).to_be_visible()


def make_set(page: Page, prompt: str) -> str:
    """One question that is chosen, one that is drawn by its tag; published."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Sets").click()
    press(page, "New set")
    page.get_by_label("Title").fill(SET)
    press(page, "Make the set")
    expect(page.get_by_role("heading", level=1)).to_have_text(SET)
    page.wait_for_load_state()
    page.get_by_label("Words in the question or its tags").fill(TAG)
    expect(page).to_have_url(re.compile(f"[?&]q={TAG}"))
    words = re.escape(prompt.removesuffix("?"))
    page.get_by_role("button", name=re.compile(f"^Add {words}")).click()
    expect(page.locator(".slot-prompt")).to_have_text([prompt])
    press(page, "Add questions drawn at random")
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions drawn at random")
    page.get_by_label("Tag", exact=True).fill(TAG)
    page.get_by_label("Questions", exact=True).fill("1")
    page.get_by_label("Minutes").fill("4")
    press(page, "Add to the set")
    expect(page.locator(".slot-prompt")).to_have_count(2)
    press(page, "Publish")
    expect(page.get_by_text("Published as version 1. It can be assigned now.")).to_be_visible()
    return urlsplit(page.url).path


def download(page: Page, set_path: str, label: str) -> Path:
    """Save a set as one of the formats that the page about its export offers."""
    page.goto(set_path)
    page.get_by_role("link", name="Export", exact=True).click()
    offered = page.locator(".export-list > li")
    kind = offered.filter(has=page.get_by_role("heading", name=label, exact=True))
    with page.expect_download() as saved:
        kind.get_by_role("button", name=re.compile("^Download")).click()
    return saved.value.path()
