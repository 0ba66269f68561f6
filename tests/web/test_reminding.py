"""Reminding learners of an assignment where the installation sends no mail."""

from flask import Flask

from tests.support import accounts
from tests.support.assigned import classroom
from tests.support.client import CheckingClient


def test_the_button_reminds_in_the_app_where_no_mail_is_sent(
    client: CheckingClient, app: Flask
) -> None:
    with app.app_context():
        room = classroom()
    client.log_in(room.teacher)
    page = client.get(f"/assignments/{room.assignment}")
    assert "In the app, at most once a day" in page.text
    page = client.submit(page, "Remind those who have not started")
    assert "They are reminded in the app; nobody gets it by mail." in page.text
    assert "They were reminded 2 Mar 2026, 09:00 UTC." in page.text
    assert accounts.outbox(app) == []
    client.log_in(room.learner)
    assert "reminds you of" in client.get("/notifications").text
