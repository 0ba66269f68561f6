"""A class whose grades were contested: decided and waiting, graded anew and about to be."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.services.appeals import contesting, deciding
from interview.services.appeals.deciding import Ruling
from interview.services.jobs import running
from interview.services.marking.overriding import Decision, override
from interview.services.marking.remarks import remark
from interview.services.principals import Principal
from interview.services.regrading import deciding as applying
from interview.services.regrading import making
from interview.services.regrading.records import JOB, Wish
from interview.services.unit import write
from interview.store.appeals import PersonalWording
from interview.store.jobs import Job
from interview.store.regrades import RegradeRun
from tests.journeys.contested_steps import ALIKE, ANSWERS, POINT, SAID, hand_in
from tests.journeys.pages_bank import Numbered
from tests.support.authored import version_of
from tests.support.classes import (
    add_assignment,
    add_class,
    add_member,
    add_set_version,
    principal,
)
from tests.support.marking import grades

CSRF = 12
DAY = timedelta(days=1)
NO_CLUE = "Nobody else has a clue what to write into that field, because it is new for everybody."
SAT = {
    "grace": ANSWERS["Ada"],
    "hiroshi": f"The tag renders a hidden input with a secret value. {ALIKE}",
    "farid": f"It goes into every form that posts. {NO_CLUE}",
    "emilia": f"GET is not checked.\n\n{NO_CLUE}",
    "jakub": f"{ANSWERS['Dora']} So nobody reads what is sent.",
    "leïla": "csrf, token, middleware, cookie, session, form, hidden input, POST, 403, secret",
    "inés": "Every form with POST has to have the tag in it.",
    "daniel": "If the token is missing, the request is refused with a 403.",
    "mateo": f"The server checks that the submitted value is right. {SAID}",
}
"""Of people who know each other from another class, in words of their own."""


def add_contested(term: Numbered, clock: Callable[[], datetime]) -> None:
    """Make the class, and let a first appeal be through, a second compared, a third wait."""
    iris = principal(term.numbers["iris"])
    _class(term, clock)
    now = clock()
    _mark(term, iris, now)
    grace = _contest(term, "grace", 1, "A stranger's page is another site.", now)
    applied = _accept(iris, grace, "Strangers are another site, so it counts.", now)
    widened = version_of(CSRF)
    running.run_due(clock)
    applying.accept(iris, applied, "computed", now)
    running.run_due(clock)
    farid = _contest(term, "farid", 6, "", now)
    compared = _accept(iris, farid, "", now)
    declined = _contest(term, "leïla", 7, "POST stands in it.", now)
    why = "A list of terms does not say what is checked."
    deciding.decide(iris, declined, Ruling("decline", reply=why), now)
    running.run_due(clock)
    term.numbers |= {
        "accepted": grace,
        "applied": applied,
        "widened": widened,
        "compared": compared,
        "appeal": _contest(term, "jakub", 6, "What nobody reads, nobody guesses.", now),
        "applying": _halfway(term, iris, now),
    }
    _own_wordings(term, now)


def _class(term: Numbered, clock: Callable[[], datetime]) -> None:
    people, now = term.numbers, clock()
    autumn = add_class("Security, autumn", instructor=people["iris"])
    add_member(autumn, people["tom"], "assistant")
    version = version_of(CSRF)
    forms = add_assignment(
        autumn,
        add_set_version(people["iris"], [version]),
        title="Forms and their dangers",
        opens_at=now - DAY,
        closes_at=now + DAY,
    )
    for name in SAT:
        add_member(autumn, people[name])
    sat = {f"by-{name}": hand_in(clock, people[name], forms, SAT[name]) for name in SAT}
    term.numbers |= {"autumn": autumn, "forms": forms, **sat}


def _mark(term: Numbered, iris: Principal, now: datetime) -> None:
    base = grades(term.numbers["by-mateo"], 1)[-1].id
    given = Decision(base, {}, 0.6, "You said the point of it, and little else.")
    override(iris, term.numbers["by-mateo"], 1, given, now)
    remark(iris, term.numbers["by-leïla"], 1, "Write sentences: who compares what?", now)


def _contest(term: Numbered, name: str, number: int, why: str, now: datetime) -> int:
    learner = principal(term.numbers[name])
    about = contesting.look(learner, term.numbers[f"by-{name}"], 1, number, now)
    return contesting.contest(learner, about, [len(about.sentences) - 1], why, now)


def _accept(iris: Principal, appeal: int, reply: str, now: datetime) -> int:
    wording = {1: SAID}.get(appeal, NO_CLUE)
    run = deciding.decide(iris, appeal, Ruling("accept", reply=reply, wording=wording), now)
    assert run is not None
    return run


def _halfway(term: Numbered, iris: Principal, now: datetime) -> int:
    """A run that a worker is in the middle of, as its rows are then."""
    wish = Wish("assignment", term.numbers["forms"], None, None, None, "never_lower", "Once more.")
    run = making.make(iris, wish, now)
    counts: dict[str, Any] = {"answers": 9, "changed": 4, "raised": 3, "lowered": 1}
    beats: dict[str, Any] = {"state": "working", "progress": 3, "total": 4, "tries": 1}
    with write() as session:
        session.execute(
            sa.update(RegradeRun)
            .where(RegradeRun.id == run)
            .values(state="applying", compared_at=now, accepted_at=now, **counts)
        )
        session.execute(
            sa.update(Job)
            .where(Job.kind == JOB, Job.subject_id == run)
            .values(started_at=now, heartbeat_at=now, **beats)
        )
    return run


def _own_wordings(term: Numbered, now: datetime) -> None:
    row = {"user_id": term.numbers["noah"], "question_id": CSRF, "created_at": now}
    said = {SAID: ("forged-request", POINT), ALIKE: ("forged-request", POINT)}
    rows = [
        {**row, "wording": wording, "point_id": name, "point_text": text}
        for wording, (name, text) in said.items()
    ]
    with write() as session:
        session.execute(sa.insert(PersonalWording), rows)
