"""What the mails say; their words are in templates/mail/."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from flask import current_app

from interview.services import outbox
from interview.services.accounts.entering import reset_token
from interview.services.accounts.registering import confirm_token
from interview.services.assignments import telling
from interview.services.sweeping import REGISTRATION_LIFE
from interview.store import noticing
from interview.store.classes import Class, ClassInvitation
from interview.store.db import db
from interview.store.mail import MailOptOut
from interview.store.users import PendingRegistration, User

Payload = dict[str, Any]


class MailSettings(Protocol):
    """The settings that mail is written and sent by."""

    @property
    def mail_url(self) -> str | None:
        """The server to hand mail to; none prints it instead."""

    @property
    def mail_from(self) -> str:
        """The sender."""

    @property
    def public_url(self) -> str:
        """What every link begins with."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to be sent."""

    address: str
    subject: str
    text: str


def mail_settings() -> MailSettings:
    """Find the settings of the app that runs."""
    settings: MailSettings = current_app.extensions["settings"]
    return settings


def write_letter(kind: str, address: str, payload: Payload, now: datetime) -> Letter | None:
    """Write a mail; secrets in its links are made here, anew each time.

    Returns
    -------
    Letter or None
        None when there is nothing to say: the address has no account, or the registration
        has lapsed.
    """
    return _KINDS[kind](address, payload, now)


def _registration(address: str, payload: Payload, _now: datetime) -> Letter | None:
    if _account(address) is not None:
        return _letter("already_registered", address, log_in=_link("accounts.log_in"),
                       reset=_link("accounts.passwords.ask_reset"))  # fmt: skip
    pending = payload["pending"]
    asked_at = db.session.scalar(
        sa.select(PendingRegistration.created_at).where(PendingRegistration.id == pending)
    )
    if asked_at is None:
        return None
    token = confirm_token(pending, asked_at + REGISTRATION_LIFE)
    return _letter("registration", address, link=_link("accounts.confirm", token=token))


def _reset(address: str, _payload: Payload, now: datetime) -> Letter | None:
    account = _account(address)
    if account is None:
        return None
    token = reset_token(account.id, account.auth_epoch, now)
    return _letter("reset", address, link=_link("accounts.passwords.reset", token=token))


def _invitation(address: str, payload: Payload, _now: datetime) -> Letter | None:
    waits = sa.select(sa.literal(1)).where(
        ClassInvitation.id == payload["invitation"],
        ClassInvitation.class_id == Class.id,
        Class.archived_at.is_(None),
    )
    if db.session.scalar(waits) is None or _wants_none(address, outbox.INVITATION):
        return None
    switches = _link("mail_choices.choose")
    return _letter("invitation", address, link=_link("classes.classes"), switches=switches)


def _about_assignment(kind: str) -> Callable[[str, Payload, datetime], Letter | None]:
    def write(address: str, payload: Payload, now: datetime) -> Letter | None:
        number = payload["assignment"]
        words = telling.words(address, number, kind, now)
        if words is None or _wants_none(address, kind):
            return None
        link = _link("assignments.show", assignment_id=number)
        return _letter(kind, address, **words, link=link, switches=_link("mail_choices.choose"))

    return write


def _notice(address: str, payload: Payload, _now: datetime) -> Letter | None:
    """Pass on what somebody was told in one sentence, without what was written to them."""
    named = {"notice": payload["notification"], "address": address}
    row = db.session.execute(noticing.MAILED, named).first()
    if row is None:
        return None
    path = current_app.extensions["notice_path"](row.target, row.target_id, row.position)
    return _letter(
        "notice",
        address,
        words=" ".join(row.words.split()),
        link=f"{mail_settings().public_url}{path}" if path else "",
        switches=_link("mail_choices.choose"),
    )


def _wants_none(address: str, kind: str) -> bool:
    """Whether somebody switched a kind of mail off."""
    switched_off = (
        sa.select(MailOptOut.kind)
        .join(User, User.id == MailOptOut.user_id)
        .where(User.email == address, MailOptOut.kind == kind)
    )
    return db.session.scalar(switched_off) is not None


_KINDS: dict[str, Callable[[str, Payload, datetime], Letter | None]] = {
    outbox.REGISTRATION: _registration,
    outbox.RESET: _reset,
    outbox.INVITATION: _invitation,
    outbox.NOTICE: _notice,
    **{kind: _about_assignment(kind) for kind in telling.KINDS},
}


def _account(address: str) -> sa.Row[int, int] | None:
    return db.session.execute(
        sa.select(User.id, User.auth_epoch).where(User.email == address)
    ).first()


def _link(endpoint: str, **values: Any) -> str:
    # Never from a request's host: a mail is written outside requests, and a host can be forged.
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{mail_settings().public_url}{path}"


def _letter(name: str, address: str, **words: str) -> Letter:
    """Fill in a template: its first line is the subject, the rest after a blank line the text.

    No word of it was typed by the person who asked for the mail: it may be going to somebody
    else.
    """
    template = current_app.jinja_env.get_template(f"mail/{name}.txt")
    subject, _, text = template.render(**words).partition("\n\n")
    return Letter(address, subject, f"{text.rstrip()}\n")
