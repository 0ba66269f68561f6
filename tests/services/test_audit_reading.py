"""The audit log as it is read: by filters, by key and as a file; and that it stays."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError

from interview.services import audit_reading as service
from interview.services.accounts import people
from interview.services.accounts.details import DetailError
from interview.services.attempts.records import NotFound
from interview.services.audit import changes
from interview.services.audit_reading import Filters, NobodyMeant
from interview.services.audit_words import Detail, details_of, told
from interview.services.classes.access import Forbidden
from interview.services.principals import Principal
from interview.services.spots import Spot
from interview.services.unit import write
from interview.store.audit import AuditEntry
from tests.support.attempts import add_person
from tests.support.audit import add_note, noted
from tests.support.classes import add_class, add_instructor, add_learners, add_member, principal
from tests.support.clock import START


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def iris() -> Principal:
    """Somebody who teaches the class number one."""
    instructor = add_instructor(email="iris@example.org")
    assert add_class(instructor=instructor) == 1
    return principal(instructor)


def subjects(iris: Principal, filters: Filters | None = None, **spot: int) -> list[str]:
    listed = service.listing(service.log_for(iris, 1), filters or Filters(), Spot(**spot))
    return [line.subject for line in listed.lines]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_remove_an_entry(iris: Principal, verb: str) -> None:
    add_note(iris)
    statement: Any = sa.delete(AuditEntry)
    if verb == "update":
        statement = sa.update(AuditEntry).values(reason="another")
    with pytest.raises(DatabaseError, match="audit entries are only added"), write() as session:
        session.execute(statement)
    (kept,) = noted()
    assert kept.reason == ""


def test_a_line_tells_who_did_what_to_whom_and_why(iris: Principal) -> None:
    (ada,) = add_learners(1, "Ada")
    before, after = {"score": 0.5, "due": None}, {"score": 0.75, "due": START}
    told_of: dict[str, Any] = {
        "learner_id": ada,
        "details": changes(before, after),
        "reason": "Said so",
    }
    add_note(iris, "grade.overridden", "Ada: First test", class_id=1, **told_of)
    (line,) = service.listing(service.log_for(iris, 1), Filters(), Spot()).lines
    assert (line.actor, line.what, line.subject) == ("Iris", "Grade overridden", "Ada: First test")
    assert (line.learner, line.reason, line.at) == ("Ada", "Said so", START)
    assert line.details == (Detail("score", "50 %", "75 %"), Detail("due", "nothing", START))


def test_pages_follow_each_other_by_key_there_and_back(iris: Principal) -> None:
    for number in range(service.PAGE + 3):
        add_note(iris, subject=str(number), class_id=1)
    log = service.log_for(iris, 1)
    first = service.listing(log, Filters(), Spot())
    second = service.listing(log, Filters(), Spot(before=first.older))
    shown = [line.subject for line in (*first.lines, *second.lines)]
    assert shown == [str(number) for number in reversed(range(service.PAGE + 3))]
    assert (first.newer, second.older) == (None, None)
    assert service.listing(log, Filters(), Spot(after=second.newer)) == first


def test_every_filter_must_fit(iris: Principal) -> None:
    ada, bob = add_learners(1, "Ada Lovelace", "Bob")
    other = principal(add_member(1, add_instructor("Otto"), "instructor"))
    add_note(iris, "grade.overridden", "one", class_id=1, learner_id=ada)
    add_note(other, "grade.overridden", "two", class_id=1, learner_id=bob)
    add_note(other, "class.changed", "three", class_id=1, at=START + timedelta(days=1))
    log = service.log_for(iris, 1)
    assert subjects(iris) == ["three", "two", "one"]
    assert subjects(iris, Filters(kind="grade.overridden")) == ["two", "one"]
    assert subjects(iris, Filters(actors=service.people_meant(log, "OTTO"))) == ["three", "two"]
    assert subjects(iris, Filters(learners=service.people_meant(log, "lovelace"))) == ["one"]
    assert subjects(iris, Filters(learners=service.people_meant(log, str(bob)))) == ["two"]
    assert subjects(iris, Filters(first_day=date(2026, 3, 3))) == ["three"]
    assert subjects(iris, Filters(last_day=date(2026, 3, 2), actors=(iris.id,))) == ["one"]


def test_days_are_those_of_the_readers_zone(iris: Principal) -> None:
    add_note(iris, class_id=1, at=START.replace(hour=23))
    day = date(2026, 3, 3)
    assert subjects(iris, Filters(first_day=day, zone="Europe/Berlin")) == ["First test"]
    assert subjects(iris, Filters(first_day=day, zone="UTC")) == []


def test_a_name_that_leads_nowhere_is_said(
    iris: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_learners(1, "Ada", "Adam")
    add_person("Zoe")
    log = service.log_for(iris, 1)
    for typed in ("Zoe", "100%", "a\x00b"):
        with pytest.raises(NobodyMeant, match="Nobody in this class has"):
            service.people_meant(log, typed)
    monkeypatch.setattr(service, "MOST_CALLED", 1)
    with pytest.raises(NobodyMeant, match="More than 1 people"):
        service.people_meant(log, "ada")


def test_a_class_log_holds_nothing_of_another_class(iris: Principal) -> None:
    add_note(iris, subject="elsewhere", class_id=add_class())
    add_note(None, "role.changed", "nowhere")
    assert subjects(iris) == []


def test_only_those_who_teach_read_a_class_and_administrators_everything(
    iris: Principal,
) -> None:
    assistant = principal(add_member(1, add_person("Tim"), "assistant"))
    admin = principal(add_person("Root", role="admin"))
    with pytest.raises(Forbidden):
        service.log_for(assistant, 1)
    with pytest.raises(NotFound):
        service.log_for(principal(add_person("Eve")), 1)
    with pytest.raises(Forbidden):
        service.log_for(iris, None)
    add_note(iris, subject="in the class", class_id=1)
    add_note(None, "role.changed", "of an account")
    log = service.log_for(admin, None)
    lines = service.listing(log, Filters(), Spot()).lines
    assert [(line.subject, line.class_title) for line in lines] == [
        ("of an account", ""),
        ("in the class", "Web 101"),
    ]
    by_operator = Filters(actors=service.people_meant(log, "The command line"))
    found = service.listing(log, by_operator, Spot()).lines
    assert [line.subject for line in found] == ["of an account"]
    assert service.people_meant(log, "IRIS@example.org") == (iris.id,)
    assert service.people_meant(log, "iri") == (iris.id,)


def test_the_file_has_every_entry_that_fits_in_the_same_order(
    iris: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "CHUNK", 2)
    (ada,) = add_learners(1, "Ada")
    for number in range(5):
        details = {"score": [0.5, 0.75], "closes_at": [None, START.isoformat()]}
        add_note(iris, subject=f"={number}", class_id=1, learner_id=ada, details=details)
    text = "".join(service.as_csv(service.log_for(iris, 1), Filters()))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["subject"] for row in rows] == ["'=4", "'=3", "'=2", "'=1", "'=0"]
    assert rows[0]["changes"] == f"score: 50 % → 75 %; closes at: nothing → {START.isoformat()}"
    assert (rows[0]["by"], rows[0]["about"]) == ("Iris", "Ada")


@pytest.mark.parametrize(
    ("details", "line"),
    [
        ({}, ""),
        ({"late_percent": [0, 10]}, "late percent: 0 % → 10 %"),
        ({"shuffle": [False, True]}, "shuffle: no → yes"),
        ({"time_factor": [1.0, 1.5]}, "time factor: 1 → 1.5"),
        ({"people": 1234567}, "people: 1234567"),
        ({"groups": ["Monday", "Friday", "Sunday"]}, "groups: Monday, Friday, Sunday"),
        ({"targets": [[], ["Ada"]]}, "targets: nothing → Ada"),
        ({"made": {"groups": 2, "open": True}}, "made: groups 2, open yes"),
        ({"title": ["2026", "2026-03-01"]}, "title: 2026 → 2026-03-01"),
    ],
)
def test_details_of_any_shape_are_told(details: dict[str, Any], line: str) -> None:
    assert told(details_of(details)) == line


def test_giving_a_role_is_noted_with_the_change_and_only_if_it_is_one() -> None:
    user = add_person("Ada", email="ada@example.org")
    people.set_role("ADA@example.org", "instructor", START)
    people.set_role("ada@example.org", "instructor", START)
    with pytest.raises(DetailError):
        people.set_role("nobody@example.org", "instructor", START)
    (entry,) = noted()
    assert (entry.actor_id, entry.actor_name, entry.kind) == (
        None,
        "the command line",
        "role.changed",
    )
    assert (entry.subject, entry.learner_id) == ("Ada <ada@example.org>", user)
    assert entry.details == {"role": ["learner", "instructor"]}
