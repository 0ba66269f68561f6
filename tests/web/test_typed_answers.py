from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts.starting import Choice, start
from interview.web.typed_answers import place_of
from tests.support.accounts import ADA, add_account, log_in
from tests.support.candidate import Candidate, add_bank
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page

TEXT = "A typed answer,\nin two lines & with <signs>."
PLAN = Plan(Preset.MOCK, Feedback.END, None, None)


@pytest.fixture
def ada(app: Flask, clock: FakeClock) -> Candidate:
    """Somebody with an account, whose first question is on screen."""
    person = add_account(app)
    with app.app_context():
        attempt = start(person.id, Choice(set_slug=add_bank(2)), PLAN, clock())
        candidate = Candidate(person.id, attempt, clock)
        candidate.question(1)
        candidate.question(2)
        candidate.question(1)
    return candidate


@pytest.fixture
def typed(client: CheckingClient, ada: Candidate) -> Callable[..., Page]:
    """What comes back for an answer that is sent after the log-in has ended."""

    def send(text: str = TEXT, position: int = 1) -> Page:
        page = client.get("/log-in")
        sent = {"answer": text, "base": "0", "writer": "page", "csrf_token": page.token}
        return client.post(f"/attempts/{ada.attempt_id}/questions/{position}", sent)

    return send


def answer_on_screen(page: Page) -> str:
    return "".join(page.one("textarea[name=answer]").itertext()).removeprefix("\n")


def go_on(client: CheckingClient, page: Page, **fields: str) -> Page:
    given = {"email": ADA.email, "password": ADA.password, **fields}
    return client.submit(page, "log-in", **given)  # type: ignore[arg-type]


def test_an_expired_log_in_shows_the_typed_answer_beside_the_log_in_form(
    typed: Callable[..., Page],
) -> None:
    page = typed()
    assert page.status == 401
    assert page.texts("h1") == ["Log in to keep your answer"]
    field = page.one("textarea")
    assert field.text_content().strip() == TEXT
    assert page.texts(f"label[for={field.get('id')}]") == ["Your answer is still here"]


def test_the_answer_is_saved_by_logging_in_and_its_question_shown(
    client: CheckingClient, ada: Candidate, typed: Callable[..., Page]
) -> None:
    page = go_on(client, typed())
    assert page.path == f"/attempts/{ada.attempt_id}/questions/1"
    assert answer_on_screen(page).strip() == TEXT
    assert "Your answer was kept" in page.texts(".notice[data-kind=ok]")[0]


def test_what_is_changed_beside_the_log_in_form_is_what_is_saved(
    client: CheckingClient, typed: Callable[..., Page]
) -> None:
    page = go_on(client, typed(), typed_text="Said better.")
    assert answer_on_screen(page) == "Said better."


def test_a_wrong_password_keeps_the_answer(
    client: CheckingClient, typed: Callable[..., Page]
) -> None:
    page = go_on(client, typed(), password="a guess at it")
    assert page.status == 422
    assert page.one("textarea").text_content().strip() == TEXT
    assert answer_on_screen(go_on(client, page)).strip() == TEXT


def test_one_try_too_many_keeps_the_answer(
    client: CheckingClient, typed: Callable[..., Page]
) -> None:
    page = typed()
    for _ in range(11):
        page = go_on(client, page, password="a guess at it")
    assert page.status == 429
    assert page.one("textarea").text_content().strip() == TEXT


def test_an_answer_without_words_leads_to_its_question(
    client: CheckingClient, ada: Candidate, typed: Callable[..., Page]
) -> None:
    page = typed("  ")
    assert not page.select("textarea")
    assert go_on(client, page).path == f"/attempts/{ada.attempt_id}/questions/1"


def test_an_answer_to_a_closed_question_is_given_back_to_copy(
    client: CheckingClient, app: Flask, ada: Candidate, typed: Callable[..., Page]
) -> None:
    page = typed()
    with app.app_context():
        ada.submit(1, "Handed in from elsewhere.")
    page = go_on(client, page)
    assert (page.status, page.texts("h1")) == (409, ["Your answer could not be saved"])
    assert page.one("textarea").text_content().strip() == TEXT
    assert "handed in" in page.text


def test_a_newer_text_of_another_page_is_not_overwritten(
    client: CheckingClient, app: Flask, ada: Candidate, typed: Callable[..., Page]
) -> None:
    page = typed()
    with app.app_context():
        ada.save(1, "From another page.", writer="another")
    page = go_on(client, page)
    assert page.status == 409
    assert page.one("textarea").text_content().strip() == TEXT
    question = client.click(page, "Go to the question")
    assert answer_on_screen(question) == "From another page."


def test_what_the_same_page_saved_before_is_overwritten(
    client: CheckingClient, app: Flask, ada: Candidate, typed: Callable[..., Page]
) -> None:
    with app.app_context():
        for sequence in (1, 2):
            ada.save(1, "A typed ans", writer="page", sequence=sequence)
    assert answer_on_screen(go_on(client, typed())).strip() == TEXT


def test_an_answer_for_somebody_elses_question_is_given_back_and_tells_nothing(
    client: CheckingClient, app: Flask, ada: Candidate, typed: Callable[..., Page]
) -> None:
    bea = replace(ADA, email="bea@example.org")
    add_account(app, bea)
    page = go_on(client, typed(), email=bea.email)
    assert page.status == 409
    assert page.one("textarea").text_content().strip() == TEXT
    assert "Three questions" not in page.html
    assert not [a for a in page.select("a") if "/questions/" in (a.get("href") or "")]
    with app.app_context():
        assert ada.question(1).text == ""


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/attempts/1/questions/1", "//evil.example", "/attempts/x/questions/y",
     "/attempts/99999999999999999999/questions/1", "/history", "", "\x00"],
)  # fmt: skip
def test_only_a_path_of_a_question_names_one(client: CheckingClient, app: Flask, path: str) -> None:
    add_account(app)
    with app.app_context():
        assert place_of(path) is None
    form = client.get("/log-in")
    sent = {"email": ADA.email, "password": ADA.password, "csrf_token": form.token}
    page = client.post("/log-in", {**sent, "typed_path": path, "typed_text": TEXT})
    assert page.status == (409 if path else 303)
    assert page.location in (None, "/")


@pytest.mark.parametrize("base", ["", "-1", "x", "9" * 400])
def test_a_revision_that_is_no_number_is_as_good_as_none(
    client: CheckingClient, typed: Callable[..., Page], base: str
) -> None:
    assert answer_on_screen(go_on(client, typed(), typed_base=base)).strip() == TEXT


def test_logging_in_without_a_typed_answer_shows_no_field_for_one(client: CheckingClient) -> None:
    assert not client.get("/log-in").select("textarea")
    assert log_in(client).status == 422
