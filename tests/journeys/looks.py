"""What every page owes its readers, checked on whatever page is open."""

import re

from playwright.sync_api import Page, expect

from tests.support.browser import DESKTOP, PHONE, axe, picture

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROW = (320, 360)
# Words of the page alone: what authors and learners write may look like anything.
OWN_WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  const theirs = "code, pre, .prose, .question-notes, .points, .own-text, textarea, svg,"
    + "blockquote, .appeal-words, .appeal-reply";
  main.querySelectorAll(theirs).forEach((e) => e.remove());
  return [...main.querySelectorAll("p, li, dd")].map((e) => e.textContent);
}"""
GLUED = re.compile(r"[a-z]{2}[.!?][A-Z][a-z]")


def look(page: Page, name: str) -> None:
    """Keep pictures of a page, and hold it to the rules of the house."""
    picture(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert (name, axe(page)) == (name, [])
    wide = {width: overflow(page, width) for width in NARROW}
    assert (name, wide) == (name, dict.fromkeys(NARROW, 0))
    glued = [text for text in page.evaluate(OWN_WORDS) if GLUED.search(text)]
    assert (name, glued) == (name, [])


def overflow(page: Page, width: int) -> int:
    page.set_viewport_size({**PHONE, "width": width})
    pixels: int = page.evaluate(OVERFLOW)
    page.set_viewport_size(DESKTOP)
    return pixels


def reach(page: Page, selector: str, most: int = 40) -> None:
    """Press Tab until this has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not reached by {most} times Tab")
