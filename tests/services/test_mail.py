import smtplib
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from interview.services import mail, outbox
from interview.services.accounts import entering, registering
from interview.services.letters import Letter
from interview.services.sweeping import sweep
from interview.services.unit import write
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import ADA, PUBLIC_URL, Postbox, add_account
from tests.support.clock import START, FakeClock


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


def ask_reset(app: Flask, email: str = ADA.email) -> None:
    with app.app_context():
        entering.ask_reset(email, START)


def test_a_reset_is_mailed_to_an_account(app: Flask, postbox: Postbox) -> None:
    add_account(app)
    ask_reset(app)
    (letter,) = postbox.collect()
    assert (letter.address, letter.subject) == (
        ADA.email, "Choose a new password for Mock Interview",
    )  # fmt: skip
    assert f"\n{PUBLIC_URL}/reset-password/" in letter.text


def test_an_unknown_address_gets_no_mail_and_its_note_is_done_with(
    app: Flask, postbox: Postbox
) -> None:
    ask_reset(app, "unknown@example.org")
    assert postbox.collect() == []
    (note,) = accounts.outbox(app)
    assert (note.done_at, note.error) == (START, None)


def test_a_registration_is_answered_by_one_mail_or_the_other(app: Flask, postbox: Postbox) -> None:
    with app.app_context():
        registering.ask_to_register(ADA, None, START)
    (new,) = postbox.collect()
    assert f"\n{PUBLIC_URL}/confirm/" in new.text
    add_account(app)
    with app.app_context():
        registering.ask_to_register(ADA, None, START)
    (known,) = postbox.collect()
    assert known.subject == "You already have an account at Mock Interview"
    assert "/confirm/" not in known.text


def test_a_registration_that_lapsed_before_it_was_mailed_is_forgotten(
    app: Flask, postbox: Postbox, clock: FakeClock
) -> None:
    with app.app_context():
        registering.ask_to_register(ADA, None, START)
        sweep(clock.advance(days=3))
    assert postbox.collect() == []


def test_no_word_that_a_stranger_typed_is_mailed(app: Flask, postbox: Postbox) -> None:
    spam = replace(ADA, name="Win at https://spam.example")
    with app.app_context():
        registering.ask_to_register(spam, None, START)
    (letter,) = postbox.collect()
    assert "spam" not in letter.text + letter.subject


def test_secrets_are_made_by_the_worker_and_never_kept(app: Flask, postbox: Postbox) -> None:
    add_account(app)
    ask_reset(app)
    with app.app_context():
        registering.ask_to_register(replace(ADA, email="b@example.org"), None, START)
    links = [letter.text.split(PUBLIC_URL)[1].split()[0] for letter in postbox.collect()]
    tokens = [link.rpartition("/")[2] for link in links]
    for note in accounts.outbox(app):
        assert not any(token in repr(vars(note)) for token in tokens)
        assert all(isinstance(value, int) for value in note.payload.values())


def test_a_mail_is_sent_once(app: Flask, postbox: Postbox, clock: FakeClock) -> None:
    add_account(app)
    ask_reset(app)
    assert len(postbox.collect()) == 1
    assert postbox.collect() == []
    clock.advance(days=1)
    assert postbox.collect() == []


def test_mail_of_a_transaction_that_failed_is_never_sent(app: Flask, postbox: Postbox) -> None:
    add_account(app)

    def fail_after_asking() -> None:
        with write() as session:
            outbox.enqueue(session, outbox.RESET, ADA.email, {}, START)
            raise ZeroDivisionError

    with app.app_context(), pytest.raises(ZeroDivisionError):
        fail_after_asking()
    assert postbox.collect() == []


def test_a_server_that_is_down_is_tried_again_later_and_later(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    add_account(app)
    ask_reset(app)
    tried: list[timedelta] = []

    def refuse(*_args: object) -> None:
        tried.append(clock() - START)
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(mail, "post", refuse)
    with app.app_context():
        for _ in range(24 * 60):
            mail.deliver_due(clock())
            clock.advance(minutes=1)
    assert [gap.total_seconds() / 60 for gap in tried] == [0, 2, 12, 42, 162, 522]
    (note,) = accounts.outbox(app)
    assert (note.tries, note.error) == (6, "nobody listens")
    assert note.done_at is not None, "it would be tried for ever"


def test_a_failure_that_passes_is_no_failure(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    add_account(app)
    ask_reset(app)
    answers = iter([smtplib.SMTPServerDisconnected("busy"), None])

    def waver(*_args: object) -> None:
        if problem := next(answers):
            raise problem

    monkeypatch.setattr(mail, "post", waver)
    with app.app_context():
        assert mail.deliver_due(clock()) == 0
        assert accounts.outbox(app)[0].error == "busy"
        assert mail.deliver_due(clock.advance(minutes=2)) == 1
    (note,) = accounts.outbox(app)
    assert (note.tries, note.error, note.done_at) == (2, None, clock())


@pytest.mark.parametrize("error", [smtplib.SMTPRecipientsRefused({}), ValueError("no address")])
def test_one_mail_that_fails_holds_no_other_up(
    app: Flask, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    sent = []
    for name in ("ada", "bea"):
        add_account(app, replace(ADA, email=f"{name}@example.org"))
        ask_reset(app, f"{name}@example.org")

    def refuse_ada(letter: Letter, *_rest: object) -> None:
        if letter.address.startswith("ada"):
            raise error
        sent.append(letter.address)

    monkeypatch.setattr(mail, "post", refuse_ada)
    with app.app_context():
        mail.deliver_due(START)
    assert sent == ["bea@example.org"]


def test_a_mail_that_another_worker_is_sending_is_left_to_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_account(app)
    ask_reset(app)
    sent = []

    def send_while_another_looks(letter: Letter, *_rest: object) -> None:
        sent.append(letter)
        assert mail.deliver_due(START) == 0

    monkeypatch.setattr(mail, "post", send_while_another_looks)
    with app.app_context():
        assert mail.deliver_due(START) == 1
    assert len(sent) == 1


def test_a_worker_that_dies_after_sending_leaves_the_mail_to_be_sent_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    add_account(app)
    ask_reset(app)
    names = []

    def die(_letter: Letter, _settings: object, *name: object) -> None:
        names.append(name)
        if len(names) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(mail, "post", die)
    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            mail.deliver_due(clock())
        assert mail.deliver_due(clock()) == 0
        assert mail.deliver_due(clock.advance(minutes=2)) == 1
    first, second = names
    assert first == second, "the message's name tells that it is the same"
