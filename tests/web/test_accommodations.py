"""A learner's own terms by their pages."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import accommodations
from interview.services.unit import write
from interview.store.assignments import Accommodation
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.classes import add_member
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.running import Running, running

WHY = "A doctor's note"


@pytest.fixture
def test(app: Flask, client: CheckingClient, clock: FakeClock) -> Running:
    with app.app_context():
        made = running(clock, "Ben")
    client.log_in(made.room.teacher)
    return made


def listing(test: Running, query: str = "") -> str:
    return f"/assignments/{test.room.assignment}/accommodations{query}"


def card(test: Running, name: str = "Ada") -> str:
    return f"{listing(test)}/{test.people[name]}"


def keep(client: CheckingClient, test: Running, **typed: Any) -> Page:
    return client.submit(client.get(card(test)), "own-terms", **{"reason": WHY, **typed})


def why(reason: str) -> dict[str, Any]:
    """What the form that takes an accommodation back is sent with."""
    return {"remove-reason": reason}


def terms(page: Page) -> dict[str, str]:
    names, values = page.texts(".comes-to dt"), page.texts(".comes-to dd")
    return dict(zip(names, values, strict=True))


def kept(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Accommodation.reason))) or 0


def test_what_is_kept_is_listed_and_comes_to_what_the_card_says(
    client: CheckingClient, test: Running
) -> None:
    page = keep(client, test, closes="2026-03-20T18:00", factor="1.5", extra_attempts="2")
    assert "The accommodation of Ada is kept." in page.text
    assert terms(page) == {
        "Opens": "2 Mar 2026, 08:00 UTC",
        "Due": "no due date",
        "Closes": "20 Mar 2026, 17:30 UTC",
        "Whole attempt": "1 h 30 min",
        "Each question": "no limit",
        "Attempts": "3",
        "Time factor": "× 1.5",
    }
    assert page.one("#closes").get("value") == "2026-03-20T18:00"
    rows = client.get(listing(test)).texts("tbody tr")
    assert rows[0] == f"Ada as for all as for all 20 Mar 2026, 18:00 × 1.5 2 {WHY}"
    assert rows[1].startswith("Ben As for everybody")


def test_keeping_it_again_without_a_change_keeps_the_dates(
    app: Flask, client: CheckingClient, test: Running
) -> None:
    keep(client, test, closes="2026-03-20T18:00")
    page = client.submit(client.get(card(test)), "own-terms")
    assert page.one("#closes").get("value") == "2026-03-20T18:00"
    assert kept(app) == 1


def test_it_can_be_taken_back(app: Flask, client: CheckingClient, test: Running) -> None:
    page = keep(client, test, factor="2")
    refused = client.submit(page, "Remove the accommodation")
    assert (refused.status, kept(app)) == (422, 1)
    assert "Say why: it stands in the audit log." in refused.text
    done = client.submit(refused, "Remove the accommodation", **why("No longer needed"))
    assert done.path == listing(test)
    assert "Ada has the same terms as everybody again." in done.text
    assert kept(app) == 0
    assert not client.get(card(test)).select("#remove-terms")


def test_of_a_running_attempt_it_says_what_changes_and_then_what_changed(
    app: Flask, client: CheckingClient, test: Running
) -> None:
    with app.app_context():
        test.start("Ada")
    page = client.get(card(test))
    assert "Ada is sitting attempt 1 now, which ends 2 Mar 2026, 10:00:00 UTC" in page.text
    page = keep(client, test, factor="1.5")
    assert "The attempt that Ada is sitting ends 2 Mar 2026, 10:30 UTC now." in page.text


def test_taking_time_away_from_a_running_attempt_is_refused(
    app: Flask, client: CheckingClient, test: Running, clock: FakeClock
) -> None:
    page = keep(client, test, factor="2")
    with app.app_context():
        test.start("Ada")
    clock.advance(minutes=90)
    refused = client.submit(page, "remove-terms", **why("A slip"))
    assert (refused.status, kept(app)) == (422, 1)
    assert "would be out of time at once" in refused.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"closes": "2026-03-29T02:30"}, "There is no 02:30 on 29 March 2026 in Europe/Berlin"),
        ({"closes": "tomorrow"}, "“tomorrow” is no date. Write it like 2026-03-31T14:30."),
        ({"closes": "2020-01-01T00:00"}, "It would close before it opens."),
        ({"factor": "0.5"}, "Enter a factor from 1 to 10, such as 1.5."),
        ({"factor": "NaN"}, "Enter a factor from 1 to 10, such as 1.5."),
        ({"factor": "much"}, "“much” is no factor. Write it like 1.5."),
        ({"extra_attempts": "21"}, "Enter a number from 0 to 20."),
        ({"extra_attempts": "-1"}, "Enter a number from 0 to 20."),
        ({"extra_attempts": "many"}, "“many” is no whole number."),
        ({"factor": "2", "reason": ""}, "Say why"),
        ({}, "State at least one thing that differs from what holds for everybody."),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    app: Flask, client: CheckingClient, test: Running, typed: dict[str, str], told: str
) -> None:
    page = keep(client, test, **typed)
    assert (page.status, kept(app)) == (422, 0)
    assert told in page.text
    for name, value in typed.items():
        assert page.one(f"#own-terms [name={name}]").get("value") == value


def test_a_decimal_comma_is_understood(client: CheckingClient, test: Running) -> None:
    assert terms(keep(client, test, factor="1,25"))["Whole attempt"] == "1 h 15 min"


def test_of_an_hour_that_comes_twice_the_first_is_taken_and_told(
    client: CheckingClient, test: Running
) -> None:
    page = keep(client, test, closes="2026-10-25T02:30")
    assert "02:30 on 25 October 2026 comes twice in Europe/Berlin" in page.text
    assert terms(page)["Closes"] == "25 Oct 2026, 00:30 UTC"


def test_the_factor_of_the_class_is_told_beside_ones_own(
    app: Flask, client: CheckingClient, test: Running
) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(ClassMember).values(time_factor=1.25))
    page = client.get(card(test))
    assert "stretched by the class's time factor of 1.25" in page.text
    assert "in place of the class's 1.25" in page.text
    assert "× 1.25 in the class" in client.get(listing(test)).text


def test_the_list_is_paged_by_key(
    client: CheckingClient, test: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accommodations, "PAGE", 1)
    second = client.click(client.get(listing(test)), "Next page")
    assert second.texts("tbody th") == ["Ben"]
    assert client.click(second, "First page").texts("tbody th") == ["Ada"]
    assert client.get(listing(test, "?after=nonsense")).status == 422
    assert "Nobody comes after this place" in client.get(listing(test, "?after=1.1.zz")).text


def test_an_archived_class_is_read_and_not_changed(
    app: Flask, client: CheckingClient, test: Running, clock: FakeClock
) -> None:
    page = keep(client, test, factor="2")
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=clock()))
    for form, typed in (("own-terms", {}), ("remove-terms", why("Too late"))):
        refused = client.submit(page, form, **typed)
        assert refused.status == 409
        assert "This class is archived" in refused.text
    assert not client.get(card(test)).select("#own-terms")
    assert kept(app) == 1


def test_only_those_who_teach_come_in(app: Flask, client: CheckingClient, test: Running) -> None:
    with app.app_context():
        tom = add_member(test.room.class_id, add_person("Tom"), "assistant")
        stranger = add_person("Sam", role="instructor")
    for person, status in ((tom, 403), (test.people["Ada"], 403), (stranger, 404)):
        client.log_in(person)
        assert client.get(listing(test)).status == status
        assert client.get(card(test)).status == status
        assert client.post(card(test), {"factor": "2", "reason": WHY}).status == status
        assert client.post(f"{card(test)}/remove", {"remove-reason": WHY}).status == status
    assert kept(app) == 0


def test_somebody_whom_the_assignment_is_not_for_is_not_found(
    client: CheckingClient, test: Running
) -> None:
    for number in (test.room.teacher, 999_999, 2**40):
        assert client.get(f"{listing(test)}/{number}").status == 404
