"""The pages that everybody meets first, in a real browser."""

from collections.abc import Callable

import pytest

from tests.support.browser import PHONE, Visitor, axe, picture

PAGES = {"home": "/", "log-in": "/log-in", "register": "/register", "study": "/study"}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_in_light_and_dark(visitor: Visitor, name: str) -> None:
    page = visitor.page(PAGES[name])
    picture(page, name)
    assert axe(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_the_narrowest_phone(visit: Callable[..., Visitor], name: str) -> None:
    page = visit(viewport={**PHONE, "width": 320}).page(PAGES[name])
    assert page.evaluate(OVERFLOW) == 0


def test_pages_are_styled_and_work_without_the_content_network(
    visit: Callable[..., Visitor],
) -> None:
    page = visit(cdn=False).page("/")
    assert page.evaluate("typeof htmx") == "undefined"
    page.get_by_role("link", name="Log in").first.click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate(OVERFLOW) == 0


def test_pages_work_without_scripts(visit: Callable[..., Visitor]) -> None:
    page = visit(java_script_enabled=False).page("/")
    page.get_by_role("link", name="Register").first.click()
    assert page.get_by_role("heading", level=1).is_visible()


def test_the_theme_is_switched_by_the_server(visit: Callable[..., Visitor]) -> None:
    page = visit(java_script_enabled=False).page("/")
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
