from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from interview.services.accounts import people
from tests.support.accounts import ADA, add_account
from tests.support.attempts import Sitting, add_attempt, add_person, an_open
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.statements import Statements


def bank(app: Flask) -> None:
    with app.app_context():
        add_bank(3, "django-taster")


def test_a_new_installation_tells_how_to_make_an_administrator(client: CheckingClient) -> None:
    page = client.get("/")
    assert "flask users create you@example.org --role admin" in page.text
    assert "flask bank load" in page.text


def test_once_there_is_an_administrator_nothing_is_said_about_making_one(
    client: CheckingClient, app: Flask
) -> None:
    with app.app_context():
        people.add_person(ADA, "admin", START)
    assert "flask users create" not in client.get("/").text


def test_a_visitor_is_told_what_this_is_and_can_begin(client: CheckingClient, app: Flask) -> None:
    bank(app)
    page = client.get("/")
    assert page.texts("dt") == ["Timed", "Typed", "Graded here, and explained",
                                "Nothing typed is lost"]  # fmt: skip
    assert len(page.select("form#try button")) == 1
    assert client.click(page, "Register").path == "/register"
    assert client.click(page, "Read Three questions").path == "/study/django-taster"


def test_nothing_to_try_is_offered_where_there_are_no_questions(client: CheckingClient) -> None:
    assert not client.get("/").select("form#try")


def test_a_new_account_sees_sets_and_where_its_results_will_be(
    client: CheckingClient, app: Flask
) -> None:
    bank(app)
    client.log_in(add_account(app).id)
    page = client.get("/")
    assert page.texts("h2") == ["Practise", "Latest results"]
    assert "None yet" in page.text
    start = client.click(page, "Practise Three questions")
    assert start.path == "/practise/start?set=django-taster"


def test_an_empty_bank_is_said_to_be_empty(client: CheckingClient, app: Flask) -> None:
    client.log_in(add_account(app).id)
    assert "There are no questions yet" in client.get("/").text


def test_open_attempts_come_first_and_once(client: CheckingClient, app: Flask) -> None:
    ada = add_account(app)
    with app.app_context():
        attempt = add_attempt(ada.id, an_open(title="A mock interview"))
    client.log_in(ada.id)
    page = client.get("/")
    links = [a.get("href") for a in page.select("a[href*='/continue']")]
    assert links == [f"/attempts/{attempt}/continue"]
    assert page.texts("h2")[0] == "Go on where you stopped"


def test_the_five_newest_results_lead_to_their_pages(client: CheckingClient, app: Flask) -> None:
    ada = add_account(app)
    with app.app_context():
        numbers = [
            add_attempt(ada.id, Sitting(title=f"Number {n}", ended_at=START.replace(hour=n)))
            for n in range(1, 8)
        ]
    client.log_in(ada.id)
    page = client.get("/")
    assert page.texts("tbody th") == [f"Number {n}" for n in (7, 6, 5, 4, 3)]
    assert page.link("Number 7") == f"/attempts/{numbers[-1]}/results"
    assert client.click(page, "All of your history").path == "/history"


def test_nobody_elses_results_are_shown(client: CheckingClient, app: Flask) -> None:
    ada = add_account(app)
    with app.app_context():
        add_attempt(add_person("Bea"), title="Not yours")
    client.log_in(ada.id)
    assert "Not yours" not in client.get("/").text


def test_how_grading_works_is_told_without_asking_the_database(
    client: CheckingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with statements() as seen:
        page = client.get("/how-grading-works")
    assert page.texts("h2") == [
        "What happens to an answer", "What it cannot do", "Why it works like this",
    ]  # fmt: skip
    assert len(seen) == 0, str(seen)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept_for_a_year(client: CheckingClient, theme: str) -> None:
    page = client.post("/theme", {"theme": theme, "next": "/how-grading-works"})
    assert (page.status, page.location) == (303, "/how-grading-works")
    header = page.headers["Set-Cookie"]
    for part in (f"theme={theme}", "Max-Age=31536000", "SameSite=Lax", "HttpOnly"):
        assert part in header
    assert client.get("/").one("html").get("data-theme") == theme


@pytest.mark.parametrize("theme", ["", "neon"])
def test_any_other_theme_is_the_systems(client: CheckingClient, theme: str) -> None:
    client.post("/theme", {"theme": "dark"})
    client.post("/theme", {"theme": theme})
    assert client.get("/").one("html").get("data-theme") is None


def test_choosing_a_theme_never_leads_to_another_site(client: CheckingClient) -> None:
    page = client.post("/theme", {"theme": "dark", "next": "//evil.example/"})
    assert page.location == "/"


def test_the_theme_is_switched_from_any_page(client: CheckingClient) -> None:
    page = client.submit(client.get("/log-in?next=/history"), "Dark")
    assert page.path == "/log-in?next=/history"
    assert page.one("html").get("data-theme") == "dark"
