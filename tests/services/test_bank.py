"""Loading the bank: all or nothing, and nothing written that is there already."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from interview.services import bank
from interview.services.attempts.records import NotFound
from interview.services.bank import BankRow, BrokenBank, Tally, load_bank
from interview.services.canonical import version_hash
from interview.services.unit import write
from interview.store.bank import Question, QuestionSet, QuestionSetItem, QuestionVersion
from interview.store.db import db
from tests.support.bank_files import (
    NOW,
    bank_file,
    load,
    question,
    question_set,
    two_questions,
    write_bank,
)
from tests.support.statements import Statements


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bank.yaml"


def versions_of(slug: str) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(QuestionVersion.prompt)
            .join(Question, Question.id == QuestionVersion.question_id)
            .where(Question.slug == slug)
            .order_by(QuestionVersion.id)
        )
    )


def order_of(slug: str) -> list[str]:
    return list(
        db.session.scalars(
            sa.select(Question.slug)
            .join(QuestionSetItem, QuestionSetItem.question_id == Question.id)
            .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
            .where(QuestionSet.slug == slug)
            .order_by(QuestionSetItem.position)
        )
    )


def test_the_first_load_adds_everything(path: Path) -> None:
    loaded = load(path, two_questions())
    assert loaded == bank.Loaded(Tally(added=2), Tally(added=1), new_versions=2)
    assert list(bank.list_bank()) == [
        BankRow("first", "What is it?", "Things", "easy", ("basics",), "ready"),
        BankRow("second", "What is it?", "Things", "easy", ("a", "b"), "ready"),
    ]
    assert order_of("both") == ["first", "second"]


def test_a_second_load_writes_nothing(
    path: Path, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    load(path, two_questions())
    with statements() as seen:
        again = load(path, two_questions())
    assert again == bank.Loaded(Tally(unchanged=2), Tally(unchanged=1), new_versions=0)
    assert not [sql for sql in seen.sql if not sql.startswith("SELECT")]


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "What is it now?"},
        {"references": ["It is one thing, another thing, a third thing and more."]},
        {"misconceptions": [{"id": "new", "text": "It is new.", "feedback": "It is old."}]},
    ],
)
def test_new_content_is_a_new_version_and_the_old_one_stays(
    path: Path, change: dict[str, Any]
) -> None:
    load(path, two_questions())
    before = bank.current_version("first")
    content = two_questions()
    content["questions"][0].update(change)
    loaded = load(path, content)
    assert loaded.questions == Tally(changed=1, unchanged=1)
    assert loaded.new_versions == 1
    assert bank.current_version("first") > before
    assert len(versions_of("first")) == 2


def test_an_earlier_wording_is_taken_up_again_as_the_version_that_it_was(path: Path) -> None:
    load(path, two_questions())
    before = bank.current_version("first")
    content = two_questions()
    content["questions"][0]["prompt"] = "What is it now?"
    load(path, content)
    loaded = load(path, two_questions())
    assert (loaded.questions.changed, loaded.new_versions) == (1, 0)
    assert bank.current_version("first") == before


@pytest.mark.parametrize(
    "change",
    [
        {"difficulty": "hard"},
        {"tags": ["basics", "more"]},
        {"tags": []},
        {"target_seconds": 95},
        {"last_verified": date(2026, 3, 2)},
        {"sources": []},
        {"valid_for": {"product": "It", "from": "1.0", "to": "3.x"}},
    ],
)
def test_other_details_change_without_a_new_version(path: Path, change: dict[str, Any]) -> None:
    load(path, two_questions())
    content = two_questions()
    content["questions"][0].update(change)
    loaded = load(path, content)
    assert loaded.questions == Tally(changed=1, unchanged=1)
    assert loaded.new_versions == 0
    (field,) = change
    if field in ("tags", "difficulty"):
        row = next(row for row in bank.list_bank() if row.slug == "first")
        assert list(getattr(row, field)) == list(change[field])


def test_a_set_takes_the_new_order_and_words(path: Path) -> None:
    load(path, two_questions())
    content = two_questions()
    content["sets"] = [question_set("second", slug="both", title="One of both")]
    assert load(path, content).sets == Tally(changed=1)
    assert order_of("both") == ["second"]
    content["sets"] = [question_set("second", "first", slug="both", title="One of both")]
    assert load(path, content).sets == Tally(changed=1)
    assert order_of("both") == ["second", "first"]


def test_what_is_in_no_file_any_more_is_left_alone(path: Path) -> None:
    load(path, two_questions())
    load(path, bank_file(question("third")))
    assert [row.slug for row in bank.list_bank()] == ["first", "second", "third"]
    assert order_of("both") == ["first", "second"]


def test_a_retired_question_stays_retired(path: Path) -> None:
    load(path, two_questions())
    with write() as session:
        session.execute(
            sa.update(Question).where(Question.slug == "first").values(status="retired")
        )
    load(path, two_questions())
    assert next(bank.list_bank()).status == "retired"


def test_one_broken_file_keeps_every_file_out(tmp_path: Path) -> None:
    write_bank(tmp_path / "a.yaml", bank_file(question("good")))
    broken = write_bank(tmp_path / "b.yaml", bank_file(question("bad", difficulty="brutal")))
    with pytest.raises(BrokenBank) as caught:
        load_bank([tmp_path], NOW)
    (problem,) = caught.value.problems
    line = broken.read_text().splitlines().index("  difficulty: brutal") + 1
    assert problem.startswith(f"{broken}:{line}: questions[0].difficulty: ")
    assert list(bank.list_bank()) == []


def test_a_check_in_the_future_is_told_by_the_given_time(path: Path) -> None:
    content = bank_file(question("early", last_verified=date(2026, 3, 3)))
    with pytest.raises(BrokenBank, match="last_verified: is in the future"):
        load(path, content)
    load_bank([path], datetime(2026, 3, 3, 0, 0, tzinfo=UTC))
    assert bank.current_version("early")


def test_a_set_with_a_question_that_nobody_knows_is_refused_with_all_else(path: Path) -> None:
    content = two_questions()
    content["sets"][0]["questions"].append("nowhere")
    with pytest.raises(BrokenBank, match=r"sets\[0\]\.questions\[2\]: .*'nowhere'"):
        load(path, content)
    assert list(bank.list_bank()) == []


def test_a_set_may_name_questions_that_were_loaded_before(path: Path) -> None:
    load(path, bank_file(question("first"), question("second")))
    load(path, bank_file(sets=(question_set("second", "first", slug="both"),)))
    assert order_of("both") == ["second", "first"]


def test_a_question_without_content_has_no_version_to_ask(path: Path) -> None:
    load(path, two_questions())
    with pytest.raises(NotFound):
        bank.current_version("nowhere")


def test_a_long_bank_is_loaded_and_listed_to_its_end(path: Path) -> None:
    slugs = [f"question-{number:03}" for number in range(520)]
    loaded = load(path.with_suffix(".json"), bank_file(*map(question, slugs)))
    assert loaded.questions.added == len(slugs)
    assert [row.slug for row in bank.list_bank()] == slugs


WORDS = st.text(min_size=1, max_size=20)
RUBRICS = st.fixed_dictionaries({"references": st.lists(WORDS), "misconceptions": st.lists(WORDS)})


@given(WORDS, RUBRICS)
def test_the_hash_of_content_knows_the_content_alone(prompt: str, rubric: dict[str, Any]) -> None:
    turned = dict(reversed(list(deepcopy(rubric).items())))
    assert version_hash(prompt, rubric) == version_hash(prompt, turned)
    assert version_hash(prompt, rubric) != version_hash(prompt + "?", rubric)
    longer = {**rubric, "references": [*rubric["references"], prompt]}
    assert version_hash(prompt, rubric) != version_hash(prompt, longer)
