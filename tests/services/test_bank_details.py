"""What a load of the bank does with samples, drafts, owners and what was edited here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.authoring import reading, saving
from interview.services.authoring.records import Stale
from interview.services.bank import Tally
from interview.services.unit import write
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.bank_files import (
    NOW,
    bank_file,
    load,
    question,
    two_questions,
)
from tests.support.classes import add_instructor, principal


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bank.yaml"


def test_what_was_edited_here_stays_until_the_file_says_something_new(path: Path) -> None:
    content = two_questions()
    load(path, content)
    with write() as session:
        session.execute(sa.update(Question).values(difficulty="hard"))
    assert load(path, content).questions == Tally(unchanged=2)
    assert set(db.session.scalars(sa.select(Question.difficulty))) == {"hard"}
    content["questions"][0]["target_seconds"] = 300
    assert load(path, content).questions == Tally(changed=1, unchanged=1)
    assert list(db.session.scalars(sa.select(Question.difficulty).order_by(Question.id))) == [
        "easy",
        "hard",
    ]


def test_who_has_a_question_open_learns_that_a_file_has_changed_it(path: Path) -> None:
    content = bank_file(question("first"))
    load(path, content)
    admin = principal(add_person(role="admin"))
    (first,) = db.session.scalars(sa.select(Question.id))
    opened = reading.edited(admin, first)
    load(path, bank_file(question("first", prompt="What is it now?")))
    with pytest.raises(Stale):
        saving.save(admin, first, opened.standing.revision, opened.content, NOW)
    again = reading.edited(admin, first)
    assert (again.content["prompt"], again.standing.is_changed) == ("What is it now?", False)
    newer = {**again.content, "prompt": "What was it?"}
    saving.save(admin, first, again.standing.revision, newer, NOW)
    load(path, bank_file(question("first", prompt="What will it be?")))
    kept = reading.edited(admin, first)
    assert (kept.content["prompt"], kept.standing.is_changed) == ("What was it?", True)
    assert reading.asked(admin, first)["prompt"] == "What will it be?"


def test_a_bank_of_files_is_everyones_and_keeps_its_samples(path: Path) -> None:
    samples = [{"label": "good", "text": "One thing."}, {"label": "wrong", "text": "Nothing."}]
    load(path, bank_file(question("first", samples=samples)))
    (found,) = db.session.scalars(sa.select(Question))
    assert (found.owner_id, found.audience, found.samples) == (None, "everyone", samples)
    assert found.prompt == "What is it?"


def test_a_persons_question_gives_way_to_one_of_the_same_name_in_a_file(path: Path) -> None:
    load(path, bank_file(question("first", prompt="Is this hers?")))
    owner = add_instructor()
    with write() as session:
        session.execute(sa.update(Question).values(owner_id=owner))
    load(path, bank_file(question("first")))
    found = {one.slug: one.prompt for one in db.session.scalars(sa.select(Question))}
    assert found == {"first-1": "Is this hers?", "first": "What is it?"}


def test_a_draft_of_a_file_is_kept_without_a_version(path: Path) -> None:
    load(path, bank_file(question("first", status="draft", references=[], key_points=[])))
    (found,) = db.session.scalars(sa.select(Question))
    (draft,) = db.session.scalars(sa.select(QuestionDraft))
    assert (found.status, found.current_version_id, found.edit_revision) == ("draft", None, 1)
    assert (draft.revision, draft.content["references"]) == (1, [])
    assert draft.content["topic"] == "Things"


def test_a_derived_key_point_is_no_part_of_the_rubric(path: Path) -> None:
    points = [{"id": "one", "text": "It is one thing.", "derived": True}]
    load(path, bank_file(question("first", key_points=points)))
    (version,) = db.session.scalars(sa.select(QuestionVersion))
    assert version.rubric["key_points"] == []


def test_a_question_in_a_file_of_another_topic_keeps_its_own(path: Path) -> None:
    load(path, bank_file(question("first", topic="Other things")))
    assert list(db.session.scalars(sa.select(Question.topic))) == ["Other things"]
