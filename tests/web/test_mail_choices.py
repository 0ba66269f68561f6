"""The page where mail is switched on and off; test_notifications.py looks at the app's."""

from flask import Flask

from interview.services.notifying import KINDS
from tests.support.accounts import add_account, try_it
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient


def ticked(client: CheckingClient) -> list[str | None]:
    page = client.get("/profile/mail")
    return [box.get("value") for box in page.select("input[name=kind][checked]")]


def test_every_kind_of_mail_is_on_at_first(client: CheckingClient, app: Flask) -> None:
    client.log_in(add_account(app).id)
    page = client.click(client.get("/profile"), "Choose notifications")
    assert page.path == "/profile/mail"
    assert ticked(client) == list(KINDS)


def test_what_is_switched_off_stays_off_until_it_is_switched_on(
    client: CheckingClient, app: Flask
) -> None:
    client.log_in(add_account(app).id)
    for chosen in (["assigned"], ["assigned", "reminder"], []):
        page = client.submit(client.get("/profile/mail"), "mail", kind=chosen)
        assert "Your choices are kept." in page.text
        assert ticked(client) == chosen


def test_a_kind_that_there_is_not_is_passed_over(client: CheckingClient, app: Flask) -> None:
    client.log_in(add_account(app).id)
    client.post("/profile/mail", {"kind": ["reset", "\0"]})
    assert ticked(client) == []


def test_a_guest_is_asked_to_register(client: CheckingClient, app: Flask) -> None:
    with app.app_context():
        add_bank(3, "django-taster")
    try_it(client)
    assert client.get("/profile/mail").location == "/register"
