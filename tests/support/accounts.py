"""Accounts as tests need them: made with a password, logged in, and their mail read."""

import re
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from flask import Flask

from interview.services import mail
from interview.services.accounts import registering
from interview.services.accounts.details import Details
from interview.services.letters import Letter
from interview.services.principals import Principal
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.store.users import User
from interview.web.config import Settings
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page

ADA = Details("ada@example.org", "Ada", "correct horse battery", "Europe/London")
PUBLIC_URL = "https://practice.example.org"


def with_mail(settings: Settings) -> Settings:
    """The same settings on an installation that sends mail."""
    return replace(settings, mail_url="smtp://mail.example.org", public_url=PUBLIC_URL)


def add_account(app: Flask, details: Details = ADA) -> Principal:
    with app.app_context():
        return registering.register(details, None, START)


def log_in(
    client: CheckingClient, details: Details = ADA, *, path: str = "/log-in", **fields: Any
) -> Page:
    """Log in by the form, as a person would."""
    typed: dict[str, Any] = {"email": details.email, "password": details.password, **fields}
    return client.submit(client.get(path), "log-in", **typed)


def register(client: CheckingClient, **changes: str) -> Page:
    """Register by the form, as Ada but for these changes."""
    typed: dict[str, Any] = {
        "email": ADA.email,
        "display_name": ADA.name,
        "password": ADA.password,
        "time_zone": ADA.zone,
        **changes,
    }
    return client.submit(client.get("/register"), "register", **typed)


def try_it(client: CheckingClient) -> Page:
    """Become a guest, by the button for it."""
    return client.submit(client.get("/"), "Try one short interview")


def own_number(client: CheckingClient) -> int:
    """Read who a client is logged in as."""
    with client.flask.session_transaction() as session:
        return int(session["_user_id"].partition(".")[0])


def attempts_of(app: Flask, user_id: int) -> list[int]:
    with app.app_context():
        owned = sa.select(Attempt.id).where(Attempt.user_id == user_id).order_by(Attempt.id)
        return list(db.session.scalars(owned))


def is_logged_in(client: CheckingClient) -> bool:
    return client.get("/history").status == 200


def outbox(app: Flask) -> list[OutgoingMail]:
    with app.app_context():
        rows = db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)).all()
        db.session.expunge_all()
        return list(rows)


def user_count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(User.id))) or 0


class Postbox:
    """Stands where mails are handed over, and keeps them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.letters: list[Letter] = []

    def post(self, letter: Letter, *_rest: object) -> None:
        self.letters.append(letter)

    def collect(self) -> list[Letter]:
        """Let the worker deliver, and return what came with this delivery."""
        before = len(self.letters)
        with self.app.app_context():
            mail.deliver_due(self.app.extensions["clock"]())
        return self.letters[before:]

    def link(self) -> str:
        """Collect one mail and return the path of the one link in it."""
        (letter,) = self.collect()
        (url,) = re.findall(r"^http\S+$", letter.text, re.MULTILINE)
        return str(url).removeprefix(self.app.extensions["settings"].public_url)
