from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from interview.services import tokens
from interview.services.accounts import entering, people, profile, registering
from interview.services.accounts.details import DetailError
from interview.services.accounts.registering import AddressTakenError
from interview.services.principals import load_principal
from interview.services.sweeping import REGISTRATION_LIFE
from tests.support.accounts import ADA, add_account, outbox, user_count
from tests.support.clock import START
from tests.support.statements import Statements

Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def _context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_registering_makes_a_learner_who_can_log_in(app: Flask) -> None:
    made = registering.register(ADA, None, START)
    assert (made.name, made.role, made.zone, made.is_guest) == (
        "Ada", "learner", "Europe/London", False,
    )  # fmt: skip
    assert load_principal(made.id, made.epoch) == made
    assert entering.log_in(" ADA@Example.org ", ADA.password) == made


def test_an_address_has_one_account_however_it_is_written(app: Flask) -> None:
    registering.register(ADA, None, START)
    with pytest.raises(AddressTakenError):
        registering.register(replace(ADA, email="Ada@EXAMPLE.org"), None, START)
    assert user_count(app) == 1


@pytest.mark.parametrize(
    "change", [{"email": "nobody"}, {"name": " "}, {"password": "short"}, {"zone": "Mars/Base"}]
)
def test_details_that_cannot_be_used_make_no_account(app: Flask, change: dict[str, str]) -> None:
    with pytest.raises(DetailError):
        registering.register(replace(ADA, **change), None, START)
    assert user_count(app) == 0


@pytest.mark.parametrize("email", [ADA.email, "unknown@example.org", "not an address"])
def test_logging_in_in_vain_asks_the_database_once_whether_or_not_there_is_an_account(
    app: Flask, statements: Counting, email: str
) -> None:
    add_account(app)
    with statements() as seen:
        assert entering.log_in(email, "not the password") is None
    assert len(seen) == 1, str(seen)
    assert seen.commits == 0


@pytest.mark.parametrize("email", [ADA.email, "unknown@example.org"])
def test_asking_to_register_does_the_same_whether_or_not_there_is_an_account(
    app: Flask, statements: Counting, email: str
) -> None:
    add_account(app)
    with statements() as seen:
        registering.ask_to_register(replace(ADA, email=email), None, START)
    assert [sql.split()[:3] for sql in seen.sql] == [
        ["INSERT", "INTO", "pending_registrations"], ["INSERT", "INTO", "outgoing_mail"],
    ]  # fmt: skip
    assert seen.commits == 1


@pytest.mark.parametrize("email", [ADA.email, "unknown@example.org"])
def test_asking_for_a_reset_only_leaves_a_note_for_the_worker(
    app: Flask, statements: Counting, email: str
) -> None:
    add_account(app)
    with statements() as seen:
        entering.ask_reset(email, START)
    assert [sql.split()[:3] for sql in seen.sql] == [["INSERT", "INTO", "outgoing_mail"]]
    (note,) = outbox(app)
    assert (note.kind, note.address, note.payload) == ("reset", email, {})


def test_a_changed_password_ends_log_ins_that_were_made_before(app: Flask) -> None:
    made = add_account(app)
    changed = entering.change_password(made.id, ADA.password, "another good password")
    assert changed is not None
    assert load_principal(made.id, made.epoch) is None
    assert load_principal(made.id, changed.epoch) == changed
    assert entering.log_in(ADA.email, ADA.password) is None
    assert entering.log_in(ADA.email, "another good password") == changed


def test_a_password_is_not_changed_without_the_current_one(app: Flask) -> None:
    made = add_account(app)
    assert entering.change_password(made.id, "a guess at it", "another good password") is None
    assert entering.log_in(ADA.email, ADA.password) == made


def test_a_reset_link_works_once(app: Flask) -> None:
    made = add_account(app)
    token = entering.reset_token(made.id, made.epoch, START)
    found = entering.resetting(token, START)
    assert found is not None
    assert found.email == ADA.email
    assert entering.reset_password(token, "another good password", START) is not None
    assert entering.resetting(token, START) is None
    assert entering.reset_password(token, "a third good password", START) is None
    assert entering.log_in(ADA.email, "another good password") is not None


def test_a_reset_link_works_for_an_hour(app: Flask) -> None:
    made = add_account(app)
    token = entering.reset_token(made.id, made.epoch, START)
    assert entering.resetting(token, START + timedelta(minutes=60)) is not None
    assert entering.resetting(token, START + timedelta(minutes=60, seconds=1)) is None


def test_a_reset_link_dies_with_any_change_of_the_password(app: Flask) -> None:
    made = add_account(app)
    token = entering.reset_token(made.id, made.epoch, START)
    entering.change_password(made.id, ADA.password, "another good password")
    assert entering.reset_password(token, "a third good password", START) is None


@pytest.mark.parametrize("spoil", ["", "x", "x.y", "é", "\x00"])
def test_a_token_that_was_not_made_here_is_no_token(spoil: str) -> None:
    assert tokens.read("reset", spoil, START) is None


def test_a_token_serves_the_one_purpose_that_it_was_made_for() -> None:
    token = tokens.issue("confirm", {"user": 1}, START)
    assert tokens.read("reset", token, START) is None
    assert tokens.read("confirm", token[:-2] + "xx", START) is None
    assert tokens.read("confirm", token, START) is not None


def asked(app: Flask, guest_id: int | None = None) -> str:
    """Ask to register, and return the token of the link that would be mailed."""
    registering.ask_to_register(ADA, guest_id, START)
    return registering.confirm_token(outbox(app)[-1].payload["pending"], START + REGISTRATION_LIFE)


def test_confirming_makes_the_account_once(app: Flask) -> None:
    token = asked(app)
    assert user_count(app) == 0
    assert registering.waiting(token, START) == registering.Waiting(ADA.email, ADA.name)
    made = registering.confirm(token, START)
    assert made is not None
    assert entering.log_in(ADA.email, ADA.password) == made
    assert registering.waiting(token, START) is None
    assert registering.confirm(token, START) is None


def test_a_confirmation_that_comes_second_changes_nothing(app: Flask) -> None:
    first, second = asked(app), asked(app)
    made = registering.confirm(second, START)
    assert registering.confirm(first, START) is None
    assert entering.log_in(ADA.email, ADA.password) == made


def test_a_confirmation_link_works_for_two_days(app: Flask) -> None:
    token = asked(app)
    assert registering.confirm(token, START + REGISTRATION_LIFE + timedelta(seconds=1)) is None
    assert registering.confirm(token, START + REGISTRATION_LIFE) is not None


def test_a_profile_can_be_changed(app: Flask) -> None:
    made = add_account(app)
    profile.change_profile(made.id, "Ada  L.", "Asia/Tokyo")
    assert profile.profile_of(made.id) == profile.Profile(ADA.email, "Ada L.", "Asia/Tokyo")


def test_an_operator_makes_accounts_of_every_role(app: Flask) -> None:
    assert not people.has_admin()
    people.add_person(ADA, "admin", START)
    assert people.has_admin()
    with pytest.raises(AddressTakenError):
        people.add_person(ADA, "learner", START)
    people.set_role("ADA@example.org", "instructor", START)
    assert [(one.email, one.role) for one in people.everybody()] == [(ADA.email, "instructor")]
    assert not people.has_admin()


def test_the_list_of_accounts_is_read_in_parts(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "_AT_A_TIME", 2)
    monkeypatch.setattr(people, "_PEOPLE", people._PEOPLE.limit(2))
    names = [f"Person {number}" for number in range(5)]
    for number, name in enumerate(names):
        details = replace(ADA, email=f"{number}@example.org", name=name)
        people.add_person(details, "learner", START)
    assert [one.name for one in people.everybody()] == names
