"""The study pages in a browser: search while typing, and pages that everybody can use."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from interview.services.bank import load_bank
from interview.web.clock import system_clock
from tests.support.bank_files import DJANGO_ARTICLE
from tests.support.browser import PHONE, Visitor, axe, picture

PAGES = {
    "study-sets": "/study",
    "study-article": "/study/django-essentials",
    "study-found": "/study/django-essentials?q=csrf",
    "study-nothing": "/study/django-essentials?q=zebra",
    "study-search": "/study/search?q=model",
}


@pytest.fixture(autouse=True)
def shipped_bank(live_app: Flask) -> None:
    with live_app.app_context():
        load_bank(DJANGO_ARTICLE, system_clock())


def test_the_list_follows_what_is_typed_and_the_address_too(visitor: Visitor) -> None:
    page = visitor.page("/study/django-essentials")
    field = page.get_by_label("Search in this set")
    status = page.get_by_role("status").and_(page.locator("#count"))
    field.press_sequentially("csrf")
    expect(status).to_contain_text("3 of 10 questions found for “csrf”")
    expect(page.locator("section.question-entry")).to_have_count(3)
    expect(field).to_be_focused()
    expect(page).to_have_url(f"{visitor.base_url}/study/django-essentials?q=csrf")
    field.fill("")
    expect(page.locator("section.question-entry")).to_have_count(10)
    expect(status).to_be_empty()


def test_going_back_gives_the_whole_page_again(visitor: Visitor) -> None:
    page = visitor.page("/study/search")
    page.get_by_label("Search all sets").press_sequentially("queryset")
    expect(page.locator("#results h2").first).to_be_visible()
    page.locator("#results h2 a").first.click()
    expect(page.locator(":target h2")).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_label("Search all sets")).to_have_value("queryset")
    expect(page.locator("#results h2").first).to_be_visible()


def test_without_the_cdn_the_search_is_a_plain_form(visit: Callable[..., Visitor]) -> None:
    visitor = visit(cdn=False)
    page = visitor.page("/study/django-essentials")
    page.get_by_label("Search in this set").fill("csrf")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#count")).to_contain_text("questions found")


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_the_page_on_any_screen(visitor: Visitor, name: str) -> None:
    page = visitor.page(PAGES[name])
    assert axe(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    picture(page, name)


def test_an_article_prints_without_what_paper_cannot_do(visitor: Visitor) -> None:
    page = visitor.page("/study/django-essentials")
    page.emulate_media(media="print")
    for part in ("search", ".site-header", ".site-footer", ".page-head .actions"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".question-entry").first).to_be_visible()
