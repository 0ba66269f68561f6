"""Giving a set: what is kept, for whom, and what is refused in which words."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import making
from interview.services.assignments.reviews import Shown
from interview.services.assignments.stating import Audience, Impossible
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.classes import Class
from interview.store.db import db
from interview.store.users import User
from tests.support.classes import (
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    at,
    principal,
)
from tests.support.clock import START
from tests.support.given import OPENS, Course, course, noted, row_of, targets_of, wall


@pytest.fixture
def berlin(app: Flask) -> Any:
    with app.app_context():
        yield course()


def give(berlin: Course, **terms: Any) -> Any:
    return row_of(making.give(berlin.iris, berlin.class_id, berlin.stated(**terms), START).id)


def refused(berlin: Course, **terms: Any) -> dict[str, str]:
    with pytest.raises(Impossible) as refusal:
        making.give(berlin.iris, berlin.class_id, berlin.stated(**terms), START)
    assert db.session.scalar(sa.select(sa.func.count(Assignment.id))) == 0
    return refusal.value.problems


def test_dates_are_kept_as_the_moments_that_the_stated_clocks_show(berlin: Course) -> None:
    given = give(berlin, due=wall("2026-03-30 10:00"), closes=wall("2026-04-01 23:59"))
    assert given.opens_at == at("2026-03-02 09:00")
    # Summer time has begun by then.
    assert (given.due_at, given.closes_at) == (at("2026-03-30 08:00"), at("2026-04-01 21:59"))
    assert given.all_closed_at == given.closes_at
    assert given.time_zone == "Europe/Berlin"


def test_a_learners_factor_puts_off_when_everybody_is_done(berlin: Course) -> None:
    add_learners(berlin.class_id, "Dee", time_factor=1.5)
    given = give(berlin)
    assert given.all_closed_at == given.closes_at + timedelta(minutes=30)


def test_limits_and_delays_are_kept_in_seconds(berlin: Course) -> None:
    given = give(berlin, whole_minutes=None, question_minutes=3, delay=timedelta(hours=1.5))
    assert given.whole_limit_seconds is None
    assert (given.question_limit_seconds, given.delay_seconds) == (180, 5400)


def test_text_that_no_database_takes_is_cleaned(berlin: Course) -> None:
    given = give(berlin, title=" A\0  test\n", instructions="One\r\ntwo\0\n", access_code=" x ")
    assert given.title == "A\N{REPLACEMENT CHARACTER} test"
    assert given.instructions == "One\ntwo\N{REPLACEMENT CHARACTER}"
    assert given.access_code == "x"


def whens(given: Any) -> list[str]:
    return [getattr(given, f"{part}_when") for part in ("score", "answer", "points", "reference")]


@pytest.mark.parametrize(
    ("review", "closes", "kept"),
    [
        ("usual", True, ["finish", "finish", "finish", "close"]),
        ("usual", False, ["finish"] * 4),
        ("close", True, ["close"] * 4),
        ("each", False, ["each"] * 4),
    ],
)
def test_a_usual_review_needs_no_table(
    berlin: Course, review: str, closes: bool, kept: list[str]
) -> None:
    ends = OPENS + timedelta(days=1) if closes else None
    assert whens(give(berlin, review=review, closes=ends)) == kept


def own(**changed: Shown) -> dict[str, Shown]:
    return {part: Shown("finish") for part in ("score", "answer", "points", "reference")} | changed


def test_a_review_of_ones_own_is_kept_with_its_dates(berlin: Course) -> None:
    parts = own(reference=Shown("date", wall("2026-04-01 08:00")), points=Shown("never"))
    given = give(berlin, review="own", parts=parts)
    assert whens(given) == ["finish", "finish", "never", "date"]
    assert given.reference_from == at("2026-04-01 06:00")


def test_after_close_needs_a_closing_time(berlin: Course) -> None:
    word = "“After close” needs a closing time: set one, or choose another moment."
    assert refused(berlin, review="close", closes=None) == {"review": word}
    parts = own(score=Shown("close"))
    assert refused(berlin, review="own", parts=parts, closes=None) == {"score_when": word}


def test_from_a_date_needs_the_date(berlin: Course) -> None:
    problems = refused(berlin, review="own", parts=own(score=Shown("date")))
    assert problems == {"score_on": "Say from which date."}


@pytest.mark.parametrize(
    ("terms", "field", "problem"),
    [
        ({"closes": OPENS}, "closes", "It must close after it opens."),
        ({"due": OPENS}, "due", "It must be due after it opens."),
        ({"due": OPENS + timedelta(days=8)}, "due", "It cannot be due after it has closed."),
        ({"zone": "Mars/Olympus"}, "zone", "Choose a time zone from the list."),
    ],
)
def test_dates_that_contradict_each_other_are_refused(
    berlin: Course, terms: dict[str, Any], field: str, problem: str
) -> None:
    assert refused(berlin, **terms) == {field: problem}


def test_a_skipped_hour_is_refused_beside_its_field(berlin: Course) -> None:
    problems = refused(berlin, due=wall("2026-03-29 02:30"), closes=None)
    assert list(problems) == ["due"]
    assert "There is no 02:30 on 29 March 2026" in problems["due"]


def test_what_an_instructor_should_know_is_told(berlin: Course) -> None:
    stated = berlin.stated(closes=OPENS + timedelta(minutes=2), whole_minutes=5)
    kept = making.give(berlin.iris, berlin.class_id, stated, START)
    assert kept.notices == (
        "It is open for 2 min, less than its limit of 5 min: nobody gets the full time.",
    )
    kept = making.give(berlin.iris, berlin.class_id, berlin.stated(whole_minutes=2), START)
    assert kept.notices == (
        "The limit is short: a prepared candidate needs about 3 min for this set.",
    )


def test_only_ones_own_published_sets_can_be_given(berlin: Course) -> None:
    other = add_set_version(add_instructor("Olga"))
    problem = {"version_id": "Choose one of your published sets."}
    assert refused(berlin, version_id=other) == problem
    assert refused(berlin, version_id=999) == problem


def test_groups_and_people_of_the_class_are_kept(berlin: Course) -> None:
    group = add_group(berlin.class_id)
    given = give(berlin, audience=Audience("groups", groups=(group,), people=(1, 2)))
    assert targets_of(given.id) == [(group, None)]
    ada, ben, _ = berlin.learners
    given = give(berlin, audience=Audience("people", people=(ben, ada)))
    assert targets_of(given.id) == [(None, ada), (None, ben)]
    given = give(berlin, audience=Audience("class", people=(ada,)))
    assert targets_of(given.id) == []


def test_nobody_from_elsewhere_can_be_chosen(berlin: Course) -> None:
    other = add_class(instructor=berlin.iris.id)
    group, (zoe,) = add_group(other), add_learners(other, "Zoe")
    helper = add_member(berlin.class_id, add_instructor("Tom"), "assistant")
    assert "groups" in refused(berlin, audience=Audience("groups", groups=(group,)))
    assert "people" in refused(berlin, audience=Audience("people", people=(zoe,)))
    assert "people" in refused(berlin, audience=Audience("people", people=(helper,)))


def test_somebody_must_be_chosen(berlin: Course) -> None:
    assert refused(berlin, audience=Audience("groups")) == {"groups": "Choose at least one group."}
    assert refused(berlin, audience=Audience("people")) == {"people": "Choose at least one person."}


def test_learners_of_a_large_class_are_named_by_their_addresses(berlin: Course) -> None:
    ada = berlin.learners[0]
    email = db.session.scalar(sa.select(User.email).where(User.id == ada))
    lines = f"\n {str(email).upper()} \n"
    given = give(berlin, audience=Audience("people", addresses=lines))
    assert targets_of(given.id) == [(None, ada)]
    with pytest.raises(Impossible) as refusal:
        give(berlin, audience=Audience("people", addresses=f"{lines}who@example.org"))
    problem = "No learner of the class has: who@example.org."
    assert refusal.value.problems == {"addresses": problem}


def test_giving_is_noted_without_the_access_code(berlin: Course) -> None:
    give(berlin, access_code="open sesame")
    ((kind, details, _reason),) = noted(berlin.class_id)
    assert kind == "assignment.made"
    assert details["title"] == [None, "First test"]
    assert details["access_code"] == [None, "set"]
    assert details["for"] == [None, "the whole class"]
    assert details["set"][1].endswith("version 1")
    assert "sesame" not in repr(details)


def test_others_cannot_give(berlin: Course) -> None:
    helper = add_member(berlin.class_id, add_instructor("Tom"), "assistant")
    for person, refusal in ((helper, Forbidden), (berlin.learners[0], Forbidden),
                            (add_instructor("Olga"), NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            making.give(principal(person), berlin.class_id, berlin.stated(), START)


def test_nothing_is_given_in_an_archived_class(berlin: Course) -> None:
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    with pytest.raises(Archived):
        making.give(berlin.iris, berlin.class_id, berlin.stated(), START)
    with pytest.raises(Archived):
        making.blank(berlin.iris, berlin.class_id, START)


def test_the_blank_form_opens_now_and_closes_a_week_later_at_night(berlin: Course) -> None:
    blank = making.blank(berlin.iris, berlin.class_id, START + timedelta(seconds=42))
    assert blank.stated.opens == OPENS
    assert blank.stated.closes == wall("2026-03-09 23:59")
    assert blank.stated.version_id == berlin.version
    assert [name for _, name in blank.choices.people] == ["Ada", "Ben", "Cyd"]
