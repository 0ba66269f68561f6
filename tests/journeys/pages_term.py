"""A term of a class as those in it know it: sets, assignments, attempts and what was changed."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.services.assignments import starting
from interview.services.marking.overriding import Decision, override
from interview.services.sets import making
from interview.services.sets.picking import Pick
from interview.store.db import db
from interview.store.sets import SetSlot, SetVersion
from tests.journeys.pages_bank import add_bank
from tests.journeys.pages_book import fill, spring
from tests.journeys.pages_contested import add_contested
from tests.support.attempts import add_person
from tests.support.audit import add_note
from tests.support.authored import a_set, publish
from tests.support.candidate import Candidate
from tests.support.classes import (
    accommodate,
    add_assignment,
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    give_to,
    principal,
)
from tests.support.clock import START
from tests.support.marking import grades
from tests.support.people import add_invitation, change_class

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = (
    "Amara Okafor", "Bilal Haddad", "Chiara Rossi", "Daniel Kowalczyk", "Emilia Lindqvist",
    "Farid Rahmani",
)  # fmt: skip
THURSDAY = (
    "Grace Mbeki", "Hiroshi Tanaka", "Inés Fernández", "Jakub Novák", "Leïla Benali",
    "Mateo Carvalho",
)  # fmt: skip
PAST = ("Django: first steps", "Models and migrations", "Views and URLs", "Forms and CSRF")
GOOD = (
    "Django is a high-level web framework written in Python. It encourages rapid development "
    "and comes with an ORM, an admin site, authentication and templates."
)
THIN = "It is a framework for web sites, I think. You write models and it makes the rest."


@dataclass
class Term:
    """Numbers of people and things, by the names that addresses give them."""

    numbers: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def path(self, template: str) -> str:
        """An address that names its numbers, as ``/classes/{web}/people``; 1 where none is made."""
        return template.format_map(defaultdict(lambda: 1, self.numbers))


def build(clock: Callable[[], datetime]) -> Term:
    """Write the term around the moment that the clock tells."""
    term, now = Term(), clock()
    _people(term)
    _sets(term)
    _past(term, now)
    _today(term, now)
    _sat(term, now)
    _other_classes(term, now)
    _changes(term, now)
    add_contested(term, clock)
    add_bank(term, clock)
    return term


def _people(term: Term) -> None:
    iris = add_instructor("Iris Bergmann", email="iris@example.org", zone="Europe/Berlin")
    web = add_class(
        "Web engineering", instructor=iris, join_code="CDFGHJKMNP",
        description="Mondays or Thursdays at nine.\nBring a laptop.",
    )  # fmt: skip
    for title, names in (("Monday", MONDAY), ("Thursday", THURSDAY)):
        group = term.numbers[title.casefold()] = add_group(web, title)
        for name, user in zip(names, add_learners(web, *names, group_id=group), strict=True):
            term.numbers[name.split()[0].casefold()] = user
    term.numbers |= {
        "iris": iris,
        "tom": add_member(web, add_person("Tom Adler"), "assistant"),
        "root": add_person("Root", role="admin"),
        "nora": add_instructor("Nora Novice"),
        "noah": add_person("Noah"),
        "web": web,
        "invitation": add_invitation(web, "late@students.example.org"),
    }


def _sets(term: Term) -> None:
    iris = principal(term["iris"])
    made = a_set(iris, [1, 12, 8], Pick("Django", "", "medium", 2), title="First interview")
    publish(iris, made)
    slots = sa.select(SetSlot.id).where(SetSlot.set_id == made).order_by(SetSlot.position)
    first, *_, drawn = db.session.scalars(slots)
    version = db.session.scalar(sa.select(SetVersion.id).where(SetVersion.set_id == made))
    assert version
    put_away = making.copy(iris, made, START)
    making.archive(iris, put_away, archived=True, now=START)
    term.numbers |= {"set": made, "slot": first, "drawn": drawn, "version": version}


def _give(term: Term, name: str, title: str, **terms: Any) -> int:
    number = add_assignment(term["web"], term["version"], title=title, **terms)
    term.numbers[name] = number
    return number


def _past(term: Term, now: datetime) -> None:
    """Fill the gradebook: what was given on earlier days, and what came of it."""
    people = [term[name.split()[0].casefold()] for name in MONDAY + THURSDAY]
    given = fill(term["web"], term["version"], people, PAST, now)
    term.numbers |= {"past": given[0]}
    term.numbers["spring"] = spring(term["iris"], term["version"], people, now)


def _today(term: Term, now: datetime) -> None:
    """Give what is open, and what is not open yet, withdrawn, coded or for a group alone."""
    week = {"opens_at": now - 2 * DAY, "due_at": now + 3 * DAY, "closes_at": now + 5 * DAY}
    rules = "Answer in your own words.\nNo notes, no other windows."
    _give(term, "today", "Security of web applications", instructions=rules, **week)
    _give(term, "soon", "Mock interview: backend", opens_at=now + 7 * DAY, closes_at=None)
    ending = {"opens_at": now - DAY, "closes_at": now + timedelta(minutes=20)}
    _give(term, "ending", "Ends soon", access_code="swan 42", late_percent=10, **ending)
    _give(term, "hidden", "Entry test", score_when="never", points_when="never", **week)
    _give(term, "withdrawn", "Withdrawn test", archived_at=now, **week)
    give_to(term["withdrawn"], group=term["monday"])
    accommodate(term["today"], term["farid"], time_factor=1.5, closes_at=now + 6 * DAY)


def _sat(term: Term, now: datetime) -> None:
    """Let Bilal sit, Chiara end and be graded by Iris, and Daniel end what shows no scores."""
    bilal = _start(term, "bilal", "today", now - timedelta(minutes=20))
    bilal.question(1)
    bilal.submit(1, THIN)
    chiara = _start(term, "chiara", "today", now - 3 * HOUR)
    for position, text in enumerate((GOOD, "It stops forged requests.", THIN, "asdf qwer"), 1):
        chiara.question(position)
        chiara.submit(position, text)
    chiara.finish()
    daniel = _start(term, "daniel", "hidden", now - HOUR)
    daniel.question(1)
    daniel.submit(1, GOOD)
    daniel.finish()
    term.numbers |= {
        "running": bilal.attempt_id, "ended": chiara.attempt_id, "unseen": daniel.attempt_id,
    }  # fmt: skip
    base = grades(chiara.attempt_id, 2)[-1].id
    decision = Decision(base, {}, 0.9, "Short, but it is the point of it.")
    override(principal(term["iris"]), chiara.attempt_id, 2, decision, now)


def _start(term: Term, name: str, assignment: str, when: datetime) -> Candidate:
    user = term[name]
    attempt = starting.start(principal(user), term[assignment], "", when)
    return Candidate(user, attempt, lambda: when + timedelta(minutes=6))


def _other_classes(term: Term, now: datetime) -> None:
    """Make a class with nobody in it, and one that is over."""
    iris = term["iris"]
    term.numbers["empty"] = add_class("Databases", instructor=iris)
    over = add_class("Web engineering, last year", instructor=iris)
    add_member(over, term["noah"])
    term.numbers["over"] = over
    term.numbers["old"] = add_assignment(over, term["version"], title="Old test")
    term.numbers["gone"] = starting.start(
        principal(term["noah"]), term["old"], "", START
    )  # fmt: skip
    Candidate(term["noah"], term["gone"], lambda: START + HOUR / 2).finish()
    change_class(over, archived_at=now - 30 * DAY)
    term.numbers["idle"] = add_class("Operating systems", instructor=iris)
    add_member(term["idle"], term["nora"])
    term.numbers["unset"] = add_assignment(
        term["empty"], term["version"], title="For nobody yet", opens_at=now, closes_at=None
    )


def _changes(term: Term, now: datetime) -> None:
    iris, web = principal(term["iris"]), term["web"]
    later = {"closes_at": [(now + 4 * DAY).isoformat(), (now + 5 * DAY).isoformat()]}
    add_note(iris, class_id=web, subject="Security of web applications", details=later, at=now)
    add_note(
        iris, "member.accommodated", "Farid Rahmani", class_id=web, learner_id=term["farid"],
        details={"time_factor": [1.0, 1.5]}, reason="A doctor's note", at=now,
    )  # fmt: skip
