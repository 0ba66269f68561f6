"""What learners do in their browsers, in the words of the journeys."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Visitor

PASSWORD = "correct horse battery"
ESSENTIALS, TASTER = "django-essentials", "django-taster"
GOOD = (
    "Django is a high-level web framework written in Python. It encourages rapid development "
    "and comes with an ORM, an admin site, authentication and templates."
)
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")


def register(page: Page, email: str = "ada@example.org", name: str = "Ada") -> None:
    page.goto("/register")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Display name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Time zone").select_option("UTC")
    page.get_by_role("button", name="Register").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def log_in(page: Page, email: str = "ada@example.org") -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def start(page: Page, slug: str, preset: str, **minutes: int) -> None:
    """Start a session; `whole` and `question` change its limits."""
    page.goto(f"/practise/start?set={slug}&preset={preset}")
    for name, value in minutes.items():
        page.locator(f"[name={name}_minutes]").fill(str(value))
    page.get_by_role("button", name="Start", exact=True).click()
    expect(editor(page)).to_be_visible()


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
