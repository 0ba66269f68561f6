"""Telling people: in the app and by mail, as they want it, once, and in a few statements."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import mail_choices, notices, notifying
from interview.services.attempts.records import NotFound
from interview.services.letters import Letter
from interview.services.notifying import COMMENT, KINDS, REGRADED, Told, tell
from interview.services.sweeping import NOTICE_LIFE, sweep
from interview.services.unit import write
from interview.store import noticing
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.store.notices import Notification
from interview.store.users import User
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import PUBLIC_URL, Postbox
from tests.support.attempts import add_person
from tests.support.classes import principal
from tests.support.clock import START
from tests.support.statements import Statements

DAY = timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def letters(postbox: Postbox) -> Callable[[], list[Letter]]:
    return postbox.collect


def say(*told: Told) -> None:
    with write() as session:
        tell(session, told, START)


def remark(user: int, words: str = "Tom wrote beside question 2 of “Midterm”.") -> Told:
    return Told(user, COMMENT, words, "See <b>me</b>.", "answer", 7, 2)


def shown_to(user: int) -> list[str]:
    """What somebody reads in the app, the oldest first."""
    return [one.words for one in notices.listing(principal(user), None).notices][::-1]


def mails() -> list[str]:
    found = db.session.scalars(sa.select(OutgoingMail.kind).order_by(OutgoingMail.id))
    return list(found)


def test_somebody_is_told_in_the_app_and_by_mail(letters: Callable[[], list[Letter]]) -> None:
    ada = add_person()
    say(remark(ada))
    (one,) = notices.listing(principal(ada), None).notices
    assert (one.words, one.detail) == (remark(ada).words, "See <b>me</b>.")
    assert notices.unread(principal(ada)) == 1
    (letter,) = letters()
    assert letter.subject == remark(ada).words
    assert letter.text.startswith(f"{remark(ada).words}\n")
    assert f"\n{PUBLIC_URL}/attempts/7/results#q2\n" in letter.text
    assert f"{PUBLIC_URL}/profile/mail" in letter.text
    assert "me" not in letter.text.replace("Mock", "").split(), "what was typed is not mailed"
    assert letters() == []


def test_words_that_span_lines_and_lead_nowhere_make_a_letter_all_the_same(
    letters: Callable[[], list[Letter]],
) -> None:
    say(Told(add_person(), REGRADED, "One.\n\nBcc: two."))
    (letter,) = letters()
    assert letter.subject == "One. Bcc: two."
    assert letter.text.count("http") == 1


@pytest.mark.parametrize(
    ("by_mail", "in_app", "read", "queued"),
    [
        ([COMMENT], [COMMENT], 1, ["notice"]),
        ([COMMENT], [], 0, ["notice"]),
        ([REGRADED], [COMMENT], 1, []),
        ([], [REGRADED], 0, []),
    ],
)
def test_each_channel_is_switched_off_for_itself(
    by_mail: Collection[str], in_app: Collection[str], read: int, queued: list[str]
) -> None:
    ada = add_person()
    mail_choices.choose(principal(ada), by_mail, in_app)
    say(remark(ada))
    assert len(shown_to(ada)) == notices.unread(principal(ada)) == read
    assert mails() == queued
    rows = db.session.scalars(sa.select(Notification.in_app)).all()
    assert rows == ([bool(read)] if read or queued else [])


def test_a_guest_is_told_in_the_app_alone_and_who_is_gone_not_at_all() -> None:
    guest = add_person("Guest", email=None, is_guest=True)
    say(remark(guest), remark(guest + 1))
    assert len(shown_to(guest)) == 1
    assert mails() == []


def test_an_installation_without_mail_tells_in_the_app_alone(
    app: Flask, settings: Settings
) -> None:
    app.extensions["settings"] = replace(settings, mail_url=None)
    ada = add_person()
    say(remark(ada))
    assert len(shown_to(ada)) == 1
    assert mails() == []


def test_what_was_switched_off_or_is_gone_before_it_is_written_is_not_mailed(
    letters: Callable[[], list[Letter]],
) -> None:
    ada, ben = add_person(), add_person("Ben")
    say(remark(ada), remark(ben))
    mail_choices.choose(principal(ada), [])
    with write() as session:
        session.execute(sa.delete(User).where(User.id == ben))
    assert letters() == []
    assert set(db.session.scalars(sa.select(OutgoingMail.done_at))) == {START}


def test_what_was_told_within_a_transaction_that_failed_was_never_told() -> None:
    ada = add_person()

    def fail_after_telling() -> None:
        with write() as session:
            tell(session, [remark(ada)], START)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_telling()
    assert (shown_to(ada), mails()) == ([], [])


def test_many_are_told_in_four_statements(
    statements: Callable[[], AbstractContextManager[Statements]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        {"display_name": f"P{n}", "email": f"p{n}@example.org", "created_at": START}
        for n in range(300)
    ]
    with write() as session:
        ids = list(session.scalars(sa.insert(User).returning(User.id), rows))
    told = [remark(user, f"{number} {user}") for user in ids for number in range(2)]
    with write() as session, statements() as seen:
        tell(session, told, START)
    assert len(seen) == 4, str(seen)
    assert len(mails()) == 600
    monkeypatch.setattr(notifying, "_AT_A_TIME", 7)
    say(*told[:20])
    assert len(mails()) == 620
    assert shown_to(ids[0]) == [f"0 {ids[0]}", f"1 {ids[0]}"] * 2


def test_what_came_after_the_page_was_made_stays_unread() -> None:
    ada, ben = principal(add_person()), principal(add_person("Ben"))
    say(remark(ada.id, "First."), remark(ben.id, "His."))
    newest = notices.listing(ada, None).newest
    say(remark(ada.id, "Meanwhile."))
    notices.mark_read(ada, newest, START + DAY)
    read = {one.words: one.read_at for one in notices.listing(ada, None).notices}
    assert read == {"First.": START + DAY, "Meanwhile.": None}
    assert notices.unread(ben) == 1
    notices.mark_read(ada, 10**30, START)
    assert notices.unread(ada) == 0


def test_one_is_opened_by_whom_it_was_told_alone() -> None:
    ada, ben = principal(add_person()), principal(add_person("Ben"))
    say(remark(ada.id))
    (one,) = notices.listing(ada, None).notices
    for person, number in ((ben, one.id), (ada, one.id + 1), (ada, 10**30)):
        with pytest.raises(NotFound):
            notices.open_one(person, number, START)
    assert notices.open_one(ada, one.id, START) == notices.Target("answer", 7, 2)
    notices.open_one(ada, one.id, START + DAY)
    assert notices.listing(ada, None).notices[0].read_at == START


def test_what_was_only_mailed_is_not_opened_in_the_app() -> None:
    ada = principal(add_person())
    mail_choices.choose(ada, KINDS, [])
    say(remark(ada.id))
    number = db.session.scalar(sa.select(Notification.id))
    assert number is not None
    with pytest.raises(NotFound):
        notices.open_one(ada, number, START)


def test_the_sweeper_removes_what_was_read_long_ago_and_nothing_unread() -> None:
    ada = add_person()
    long_ago = START - NOTICE_LIFE - timedelta(seconds=1)
    usual: dict[str, Any] = {"user_id": ada, "kind": COMMENT, "created_at": long_ago}
    rows = [
        {**usual, "words": "Unread.", "in_app": True, "read_at": None},
        {**usual, "words": "Read of late.", "in_app": True, "read_at": START - NOTICE_LIFE},
        {**usual, "words": "Read.", "in_app": True, "read_at": long_ago},
        {**usual, "words": "Mailed.", "in_app": False, "read_at": None},
    ]
    with write() as session:
        session.execute(sa.insert(Notification), rows)
    sweep(START)
    kept = db.session.scalars(sa.select(Notification.words).order_by(Notification.id)).all()
    assert kept == ["Unread.", "Read of late."]


class TestPlan:
    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    def test_counting_the_unread_takes_the_index_that_is_for_it(self) -> None:
        named = {"user": 1, "most": 9}
        sql = str(noticing.UNREAD_COUNT.compile(db.engine))
        plan = db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {sql.replace('?', '1')}"))
        assert "ix_notifications_unread" in " ".join(str(row) for row in plan)
        assert db.session.scalar(noticing.UNREAD_COUNT, named) == 0
