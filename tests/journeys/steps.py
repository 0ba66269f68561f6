"""What learners do in their browsers, in the words of the journeys."""

import re
from datetime import timedelta

from flask import Flask
from playwright.sync_api import Locator, Page, Route, expect

from interview.rules.attempt import Feedback, Plan, Preset, preset_plan
from interview.services.accounts.details import Details
from interview.services.accounts.registering import register as register_account
from interview.services.attempts.starting import Choice
from interview.services.attempts.starting import start as start_attempt
from interview.services.principals import Principal
from interview.web.principal import LogIn
from tests.support.browser import Visitor

ADA = Details("ada@example.org", "Ada", "correct horse battery", "UTC")
ESSENTIALS, TASTER = "django-essentials", "django-taster"
GOOD = (
    "Django is a high-level web framework written in Python. It encourages rapid development "
    "and comes with an ORM, an admin site, authentication and templates."
)
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


MOCK = preset_plan(Preset.MOCK, 10, timedelta(minutes=27))
PRACTICE = preset_plan(Preset.PRACTICE, 10, timedelta(minutes=27))
ONE_MINUTE = Plan(Preset.MOCK, Feedback.END, timedelta(minutes=1), None)
MINUTE_EACH = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=1))


def register(page: Page) -> None:
    page.goto("/register")
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Display name").fill(ADA.name)
    page.get_by_label("Password", exact=True).fill(ADA.password)
    page.get_by_label("Time zone").select_option("UTC")
    press(page, "Register")
    expect(page.get_by_text("Welcome, Ada.")).to_be_visible()


def log_in(page: Page) -> None:
    """Fill in the log-in form that is on screen."""
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Password", exact=True).fill(ADA.password)
    page.locator("main").get_by_role("button", name="Log in", exact=True).click()


def let_in(visitor: Visitor, app: Flask, details: Details = ADA) -> Principal:
    """Make an account, and give a browser the cookie of its log-in."""
    with app.app_context():
        person = register_account(details, None, app.extensions["clock"]())
    give_log_in(visitor, app, person)
    return person


def give_log_in(visitor: Visitor, app: Flask, person: Principal) -> None:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    session = serializer.dumps({"_user_id": LogIn(person).get_id(), "_fresh": True})
    visitor.context.add_cookies([{"name": "session", "value": session, "url": visitor.base_url}])


def begin(app: Flask, person: Principal, plan: Plan = MOCK, slug: str = ESSENTIALS) -> str:
    """Start a session for somebody, and return the path of its first question."""
    with app.app_context():
        now = app.extensions["clock"]()
        attempt_id = start_attempt(person.id, Choice(set_slug=slug), plan, now)
    return f"/attempts/{attempt_id}/questions/1"


def sit(visitor: Visitor, app: Flask, plan: Plan = MOCK, slug: str = ESSENTIALS) -> Page:
    """Let a new learner start at once, and open the first question."""
    page = visitor.page(begin(app, let_in(visitor, app), plan, slug))
    expect(editor(page)).to_be_visible()
    return page


def editor(page: Page) -> Locator:
    return page.get_by_label("Your answer", exact=True)


def state(page: Page) -> Locator:
    """Where the page says whether the text is saved."""
    return page.locator("[data-save-state]")


def write(page: Page, text: str) -> None:
    """Type a text and wait until the page says that it is saved."""
    editor(page).fill(text)
    expect(state(page)).to_have_text(SAVED)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def is_at(page: Page, position: int) -> None:
    """Wait until this question is on screen."""
    expect(page).to_have_url(re.compile(rf"/questions/{position}$"))
    expect(page.locator("[aria-current=step]")).to_contain_text(f"Question {position},")
    expect(page.locator(f'#answer-form[data-position="{position}"]')).to_be_visible()


def finish(page: Page) -> None:
    """Go by the overview to the results."""
    press(page, "Overview and finish")
    press(page, "Finish and see the results")
    expect(page).to_have_url(re.compile(r"/results$"))


def deadline(page: Page) -> str | None:
    return page.locator("[data-clock=attempt]").get_attribute("data-deadline")


def own_words(page: Page, position: int) -> str:
    """An answer as the results show it, without the numbers of key points."""
    place = page.locator(f"#q{position} .own-text")
    numbers = place.locator("sup").all_text_contents()
    text = place.text_content() or ""
    for number in numbers:
        text = text.replace(number, "", 1)
    return text


def local_copies(page: Page) -> list[str]:
    """Keys of the copies that this browser keeps."""
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith("draft:")]


def allow(visitor: Visitor, *statuses: int) -> None:
    """Expect the browser to note answers with these statuses."""
    for status in statuses:
        visitor.complaints.expect(f"status of {status}")
        visitor.complaints.expect(f"Error Code {status}")


def go_offline(visitor: Visitor, *, offline: bool = True) -> None:
    visitor.complaints.expect("ERR_INTERNET_DISCONNECTED")
    visitor.context.set_offline(offline)


def hold(page: Page, pattern: str) -> list[Route]:
    """Keep requests under way until the test lets them go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held
