"""Personal wordings: taking them back, listing and exporting them, and how they end."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import export_text, own_wordings
from interview.services.attempts.records import NotFound
from interview.services.attempts.story import COUNTED, TAKEN_BACK
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.audit import AuditEntry
from interview.store.db import db
from interview.store.users import User
from tests.support.attempts import Item, add_attempt, add_person, an_open
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.marking import grades, scores
from tests.support.personal import (
    OWN,
    OWN_WORDS,
    Practice,
    add_wordings,
    practise,
    remove,
    wordings,
)


@pytest.fixture
def practice(app: Flask, clock: FakeClock) -> Any:
    with app.app_context():
        yield practise(clock)


def test_a_wording_that_is_taken_back_counts_no_more(practice: Practice, clock: FakeClock) -> None:
    practice.candidate.finish()
    practice.count()
    assert remove(practice) == 1
    first, _, last = grades(practice.attempt)
    assert (last.reason, last.own_points) == (TAKEN_BACK, None)
    assert last.verdict == first.verdict
    assert scores(practice.attempt)[0] == pytest.approx(first.score / 3)
    assert practice.again(clock).verdicts() == ["found", "not found"]


def test_an_older_answer_counts_a_known_wording_and_gives_it_back_too(
    practice: Practice, clock: FakeClock
) -> None:
    later = practice.again(clock)
    later.count()
    practice.count()
    assert len(wordings()) == 1
    assert remove(practice) == 2
    assert practice.verdicts() == later.verdicts() == ["found", "not found"]


def test_only_the_owner_takes_a_wording_back(practice: Practice) -> None:
    practice.count()
    (kept,) = wordings()
    stranger = principal(add_person("Eve"))
    with pytest.raises(NotFound):
        own_wordings.remove(stranger, kept.id, practice.candidate.now())
    with pytest.raises(NotFound):
        remove(practice, 2**62)


def test_both_are_in_the_audit_log(practice: Practice) -> None:
    practice.count()
    remove(practice)
    columns = (AuditEntry.kind, AuditEntry.reason, AuditEntry.learner_id, AuditEntry.details)
    rows = db.session.execute(sa.select(*columns).order_by(AuditEntry.id)).all()
    assert [row.reason for row in rows] == [COUNTED, TAKEN_BACK]
    before, after = rows[0].details["score"]
    assert rows[1].details["score"] == [after, before]
    assert {(row.kind, row.learner_id) for row in rows} == {("grade.counted", practice.person.id)}


def test_the_export_has_wordings_and_what_they_found(practice: Practice) -> None:
    practice.count()
    practice.candidate.finish()
    text = "".join(export_text.as_json(practice.person.id, practice.candidate.now()))
    assert f'"key_point": "Old copies are thrown away.", "wording": "{OWN_WORDS}"' in text
    assert '"own_points": ["thrown"]' in text


def test_an_open_mock_interview_hides_the_wordings_of_its_questions(practice: Practice) -> None:
    practice.count()
    practice.candidate.finish()
    version = practice.candidate.item(1).question_version_id
    unseen = Item(version, state="unseen", text=None)
    add_attempt(practice.person.id, an_open(preset="mock", feedback="end", items=[unseen]))
    now = practice.candidate.now()
    (question,) = own_wordings.listed(practice.person, None, now).questions
    assert (question.withheld, question.wordings) == (True, ())
    text = "".join(export_text.as_json(practice.person.id, now))
    assert '"key_point": null, "wording": null' in text


def test_wordings_are_listed_by_question_and_in_pages(practice: Practice) -> None:
    practice.count()
    (kept,) = wordings()
    add_wordings(kept, own_wordings.PAGE)
    now = practice.candidate.now() + timedelta(hours=1)
    first = own_wordings.listed(practice.person, None, now)
    assert len(first.questions[0].wordings) == own_wordings.PAGE
    rest = own_wordings.listed(practice.person, first.following, now)
    assert [one.wording for one in rest.questions[0].wordings] == [f"w {own_wordings.PAGE}"]
    assert rest.following is None


def test_wordings_outlive_the_answer_and_vanish_with_the_account(practice: Practice) -> None:
    practice.count()
    with write() as session:
        session.execute(sa.delete(Attempt).where(Attempt.id == practice.attempt))
    (kept,) = wordings()
    assert kept.submission_id is None
    assert (kept.wording, OWN) == (OWN_WORDS, 1)
    with write() as session:
        session.execute(sa.delete(User).where(User.id == practice.person.id))
    assert wordings() == []
