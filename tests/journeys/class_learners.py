"""The people of a class, and the learners among them who are scripts."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page, expect

from interview.services.accounts.details import Details
from interview.services.accounts.people import add_person
from tests.journeys.steps import GOOD
from tests.support.browser import Visitor
from tests.support.scripted import Script
from tests.support.threads import PATIENCE_SECONDS, at_once

PASSWORD = "correct horse battery"
CODE = "Blue Heron"
LIMIT = timedelta(minutes=30)
IN_THREADS = 4
"""As many learners at a time as the server has threads."""

POOR = "It is a tool that some people use for their pages."
QUERYSET = (
    "A QuerySet is a collection of objects from the database. It is lazy: no query runs until "
    "it is evaluated, for instance by iterating over it. It can be filtered, ordered and sliced, "
    "and each method returns a new QuerySet, so calls can be chained."
)
BETTER = (GOOD, QUERYSET, "A view takes the request and returns a response.")

# What each learner submits: nothing for a question that is left open.
FINISHING = {
    **dict.fromkeys(("Fay", "Gus", "Hana", "Ivo"), BETTER),
    **dict.fromkeys(("Cleo", "Dora", "Emil", "Jan", "Kim"), (POOR, QUERYSET)),
    **dict.fromkeys(("Lea", "Max", "Nia", "Otto"), (GOOD, "", POOR)),
}
RUNNING = {
    **dict.fromkeys(("Ben", "Pia", "Quin", "Rosa", "Sam"), (GOOD,)),
    **dict.fromkeys(("Tia", "Udo", "Vera", "Wim"), (POOR, "")),
    **dict.fromkeys(("Xia", "Yan", "Zoe"), ()),
}
DRAFTING = "Quin"
ABSENT = ("Abel", "Bea", "Carl")
LATE = "Dina"
LEARNERS = ("Ada", *FINISHING, *RUNNING, *ABSENT, LATE)
INVITED = {"Ada": "Monday", "Ben": "Monday", "Cleo": "Tuesday", "Dora": "Tuesday", "Emil": ""}


@dataclass
class Course:
    """A class on its way: who is in it, and where its pages are."""

    app: Flask
    url: str
    visit: Callable[..., Visitor]
    scripts: dict[str, Script] = field(default_factory=dict)
    code: str = ""
    link: str = ""
    path: str = ""
    assignment: str = ""

    def enter(self, name: str) -> Page:
        """Open a new browser and log in by the form."""
        page = self.visit().page("/log-in")
        page.get_by_label("Email address").fill(address(name))
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Log in", exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        return page

    def script(self, name: str) -> Script:
        """Log a scripted person in, in one more place."""
        script = Script(self.url).log_in(address(name), PASSWORD)
        assert (script.status, "/log-in" in script.url) == (200, False)
        return script


def address(name: str) -> str:
    return f"{name.lower()}@example.org"


def add_people(app: Flask) -> None:
    """Make everybody's account."""

    def add(name: str) -> None:
        with app.app_context():
            role = "instructor" if name in ("Iris", "Olga") else "learner"
            now = app.extensions["clock"]()
            add_person(Details(address(name), name, PASSWORD), role, now)

    at_a_time(add, ("Iris", "Olga", *LEARNERS))


def at_a_time(job: Callable[[str], None], names: Iterable[str]) -> None:
    """Do something for everybody, some of them at the same time."""
    with ThreadPoolExecutor(IN_THREADS) as pool:
        list(pool.map(job, names))


def join(course: Course, name: str) -> None:
    """By invitation where there is one, else by the link or the code."""
    script = course.scripts[name] = course.script(name)
    if name in INVITED:
        script.get("/classes").post(script.attribute("form[action$=accept]", "action"))
    elif LEARNERS.index(name) % 2:
        script.get(urlsplit(course.link).path).post(script.url)
    else:
        script.get("/classes/join").post("/classes/join", code=f" {course.code.lower()} ")
        script.post(script.url)
    assert script.url.endswith(course.path), (name, script.url, script.words("main"))


def start(course: Course, script: Script) -> None:
    script.get(course.assignment).post(f"{course.assignment}/start", code=CODE)
    assert script.url.endswith("/questions/1"), script.words("main")


def answer(script: Script, texts: tuple[str, ...]) -> None:
    for text in texts:
        script.answer(text)
        assert script.status == 200, script.words("main")


def hand_in(script: Script) -> None:
    """Finish, unless the last answer has ended it."""
    if "/questions/" in script.url:
        script.finish()
    assert script.url.endswith("/results"), script.words("main")


def sit(course: Course, name: str) -> None:
    """Take the wrong code and the right one, and go as far as this learner goes."""
    script = course.scripts[name]
    script.get(course.assignment).post(f"{course.assignment}/start", code="Grey Heron")
    assert script.status == 422
    assert script.words(".field-error") == [
        "This is not the access code. Case and blanks do not matter; check the rest."
    ]
    start(course, script)
    length = int(script.attribute("[data-clock=attempt]", "data-length")) / 1000
    assert length == LIMIT.seconds * (1.5 if name == "Ben" else 1)
    answer(script, {**FINISHING, **RUNNING}[name])
    if name == DRAFTING:
        script.answer(QUERYSET, do="skip")
    if name in FINISHING:
        hand_in(script)


def start_in_two_tabs(course: Course, names: tuple[str, ...]) -> dict[str, set[str]]:
    """Let learners press Start in two tabs, all at the same moment: where it leads each of them."""
    tabs = [(name, tab) for name in names for tab in (course.scripts[name], course.script(name))]
    together = threading.Barrier(len(tabs), timeout=PATIENCE_SECONDS)

    def press_start(tab: Script) -> str:
        tab.get(course.assignment)
        together.wait()
        return tab.post(f"{course.assignment}/start", code=CODE).url

    urls = at_once(*(partial(press_start, tab) for _, tab in tabs))
    led = list(zip((name for name, _ in tabs), urls, strict=True))
    return {name: {url for whose, url in led if whose == name} for name in names}


def end_of(course: Course, name: str) -> int:
    """When a scripted learner's clock ends."""
    script = course.scripts[name]
    return int(script.get(script.url).attribute("[data-clock=attempt]", "data-deadline"))
