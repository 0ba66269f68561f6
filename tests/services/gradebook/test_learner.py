"""One learner's record: for staff all of it, for the learner what the policy shows."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from interview.services.attempts.records import NotFound
from interview.services.gradebook import learner, learner_csv
from interview.services.gradebook.learner import open_record, read_record
from interview.services.gradebook.learner_records import Record
from interview.services.gradebook.records import State
from interview.services.history import Cursor
from interview.services.principals import Principal
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.classes import (
    accommodate,
    add_assignment,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    give_to,
    principal,
)
from tests.support.clock import START
from tests.support.gradebook import ask_for_review, sat
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
DAY = timedelta(days=1)


@pytest.fixture
def version(iris: Principal) -> int:
    return add_set_version(iris.id)


def record_of(reader: Principal, user_id: int, **place: Cursor) -> Record:
    return read_record(open_record(reader, 1, user_id), START, **place)


def test_every_attempt_is_told_with_what_came_of_it(iris: Principal, version: int) -> None:
    (ada,) = add_learners(1, "Ada")
    due = START - 3 * DAY
    terms = {"due_at": due, "closes_at": None, "counts": "last", "attempts_allowed": 3}
    assignment = add_assignment(1, version, **terms)
    first = sat(assignment, ada, 0.75, ended_at=due)
    ask_for_review(first)
    sat(assignment, ada, 0.25, 2, ended_at=due + timedelta(hours=1))
    sat(assignment, ada, None, 3, state="open", ended_at=None)
    record = record_of(iris, ada)
    (line,) = record.lines
    assert (line.title, line.score, line.state, line.counts) == (
        "First test", 0.25, State.FINISHED, "last",
    )  # fmt: skip
    told = [(a.number, a.score, a.late_days, a.needs_review, a.counts) for a in line.attempts]
    assert told == [
        (1, 0.75, 0, 1, False),
        (2, 0.25, 1, 0, True),
        (3, None, 0, 0, False),
    ]
    assert line.attempts[0].finish_reason == "learner"
    assert (record.name, record.mean, record.finished) == ("Ada", 0.25, 1)


def test_with_the_mean_every_finished_attempt_counts(iris: Principal, version: int) -> None:
    (ada,) = add_learners(1, "Ada")
    assignment = add_assignment(1, version, counts="mean")
    for number, score in enumerate((0.5, 1.0), 1):
        sat(assignment, ada, score, number)
    (line,) = record_of(iris, ada).lines
    assert line.score == 0.75
    assert [attempt.counts for attempt in line.attempts] == [True, True]


def test_only_what_is_for_the_learner_or_was_begun_is_listed(iris: Principal, version: int) -> None:
    group = add_group(1)
    (ada,) = add_learners(1, "Ada")
    titles = ("for all", "for a group", "for her", "begun and withdrawn", "withdrawn")
    made = {title: add_assignment(1, version, title=title) for title in titles[:3]}
    give_to(made["for a group"], group=group)
    give_to(made["for her"], person=ada)
    begun = add_assignment(1, version, title=titles[3], archived_at=START)
    sat(begun, ada, 0.5)
    add_assignment(1, version, title=titles[4], archived_at=START)
    listed = [line.title for line in record_of(iris, ada).lines]
    assert listed == ["begun and withdrawn", "for her", "for all"]
    assert record_of(iris, ada).lines[0].withdrawn


def test_the_terms_are_the_learners_own(iris: Principal, version: int) -> None:
    (ada,) = add_learners(1, "Ada", time_factor=2.0)
    plain = add_assignment(1, version)
    eased = add_assignment(1, version)
    due = START + DAY
    accommodate(eased, ada, due_at=due, time_factor=1.5, extra_attempts=1)
    new, old = record_of(iris, ada).lines
    assert (old.id, old.factor, old.accommodation) == (plain, 2.0, None)
    assert new.accommodation is not None
    assert new.due_at == due + timedelta(minutes=30)
    assert (new.factor, new.accommodation.extra_attempts) == (1.5, 1)
    assert new.accommodation.reason == "A doctor's note"
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    for reader in (tim, principal(ada)):
        shown = record_of(reader, ada).lines[0].accommodation
        assert shown is not None
        assert shown.reason == ""


@pytest.mark.parametrize(
    ("when", "since", "shown"),
    [
        ("finish", None, True),
        ("each", None, True),
        ("never", None, False),
        ("close", None, False),
        ("date", START + DAY, False),
        ("date", START, True),
    ],
)
def test_learners_see_their_own_scores_as_the_policy_shows_them(
    iris: Principal, version: int, when: str, since: object, shown: bool
) -> None:
    (ada,) = add_learners(1, "Ada")
    assignment = add_assignment(1, version, score_when=when, score_from=since)
    ask_for_review(sat(assignment, ada, 0.5))
    record = record_of(principal(ada), ada)
    (line,) = record.lines
    (attempt,) = line.attempts
    assert (line.score, attempt.score) == ((0.5, 0.5) if shown else (None, None))
    assert (line.hidden, attempt.hidden, attempt.counts) == (not shown, not shown, shown)
    assert (attempt.needs_review, record.mean, record.is_own) == (0, None, True)
    text = "".join(learner_csv.as_csv(record, START))
    assert ("not shown yet" in text) is not shown
    assert (",50," in text) is shown
    assert not record_of(iris, ada).lines[0].hidden


def test_nobody_reads_about_a_classmate(iris: Principal) -> None:
    ada, ben = add_learners(1, "Ada", "Ben")
    with pytest.raises(NotFound):
        open_record(principal(ada), 1, ben)
    with pytest.raises(NotFound):
        open_record(principal(add_instructor("Eve")), 1, ada)
    for nobody in (add_person("Out"), iris.id, 2**40):
        with pytest.raises(NotFound):
            open_record(iris, 1, nobody)


def test_whoever_left_the_class_keeps_a_record_for_staff(iris: Principal, version: int) -> None:
    gone = add_person("Gone")
    assignment = add_assignment(1, version)
    add_assignment(1, version, title="Never begun")
    sat(assignment, gone, 0.5)
    record = record_of(iris, gone)
    assert ([line.id for line in record.lines], record.is_member) == ([assignment], False)
    with pytest.raises(NotFound):
        open_record(principal(gone), 1, gone)


def test_assignments_page_by_key(
    iris: Principal, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "PAGE", 2)
    monkeypatch.setattr(learner_csv, "CHUNK", 2)
    (ada,) = add_learners(1, "Ada")
    made = [add_assignment(1, version) for _ in range(5)][::-1]
    first = record_of(iris, ada)
    second = record_of(iris, ada, older=Cursor.parse(first.older))
    third = record_of(iris, ada, older=Cursor.parse(second.older))
    assert [line.id for page in (first, second, third) for line in page.lines] == made
    assert (first.newer, third.older) == ("", "")
    assert record_of(iris, ada, newer=Cursor.parse(third.newer)).lines == second.lines
    text = "".join(learner_csv.as_csv(first, START)).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [int(row["assignment number"]) for row in rows] == made


def test_of_many_attempts_the_newest_and_the_one_that_counts_are_listed(
    iris: Principal, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ada,) = add_learners(1, "Ada")
    assignment = add_assignment(1, version, attempts_allowed=None)
    for number, score in enumerate((0.1, 0.9, 0.2, 0.3, 0.4), 1):
        sat(assignment, ada, score, number)
    rows = db.session.execute(learner.assignments_of(open_record(iris, 1, ada))).all()
    (line,) = learner.lines_of(open_record(iris, 1, ada), rows, START, most=2)
    assert [attempt.number for attempt in line.attempts] == [2, 4, 5]
    assert line.left_out == 2
    text = "".join(learner_csv.as_csv(open_record(iris, 1, ada), START)).removeprefix("\ufeff")
    file = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["attempt"] for row in file] == ["1", "2", "3", "4", "5"]
    assert [row["counts"] for row in file] == ["no", "yes", "no", "no", "no"]


def test_the_number_of_statements_is_fixed(
    iris: Principal, version: int, statements: Count
) -> None:
    def cost(assignments: int) -> int:
        (ada,) = add_learners(1, "Ada")
        for _ in range(assignments):
            made = add_assignment(1, version)
            sat(made, ada, 0.5)
            sat(made, ada, 0.5, 2)
        with statements() as seen:
            record_of(iris, ada)
        return len(seen)

    assert cost(1) == cost(4) == 6
