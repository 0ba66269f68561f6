"""What an export holds, and what it must not give away."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from interview.services import export_text, exporting, history
from tests.support.attempts import (
    ENDED_AT,
    KEY_POINT,
    REFERENCE,
    Item,
    Sitting,
    add_attempt,
    add_person,
    add_question,
    an_open,
)
from tests.support.statements import Statements

NOW = ENDED_AT + timedelta(days=1)
STEP = timedelta(hours=1)
Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def exported(user: int) -> Any:
    return json.loads("".join(export_text.as_json(user, NOW)))


def only_item(user: int) -> Any:
    (attempt,) = exported(user)["attempts"]
    (item,) = attempt["items"]
    return item


def test_the_profile_is_there_without_anything_to_log_in_with() -> None:
    user = add_person("Ada", zone="Europe/Berlin", password_hash="$argon2id$secret")
    text = "".join(export_text.as_json(user, NOW))
    assert json.loads(text)["person"] == {
        "display_name": "Ada",
        "email": json.loads(text)["person"]["email"],
        "role": "learner",
        "time_zone": "Europe/Berlin",
        "is_guest": False,
        "created_at": (ENDED_AT - timedelta(days=400)).isoformat(),
    }
    assert "argon2" not in text


def test_a_person_without_attempts_gets_a_valid_file() -> None:
    assert exported(add_person())["attempts"] == []
    (heading,) = export_text.as_csv(add_person(), NOW)
    assert heading.startswith("\ufeffattempt_id,")


def test_an_ended_attempt_is_there_with_text_grade_and_evidence() -> None:
    user = add_person()
    add_attempt(user, items=[Item(text="It makes the point.", score=0.8)], score=0.8)
    item = only_item(user)
    assert item["answer"]["text"] == "It makes the point."
    assert (item["score"], item["band"]) == (0.8, "strong")
    (grade,) = item["grades"]
    assert grade["grader_version"] == "1+test"
    (point,) = grade["points"]
    assert (point["text"], point["verdict"], point["words"]) == (KEY_POINT, "found", "It")
    assert item["references"] == [REFERENCE]
    assert item["withheld"] is False


def test_every_grade_of_an_answer_is_there_in_its_order() -> None:
    user = add_person()
    add_attempt(user, items=[Item(grades=3)])
    assert len(only_item(user)["grades"]) == 3


def test_the_attempts_of_others_are_not_there() -> None:
    ada, bob = add_person("Ada"), add_person("Bob")
    add_attempt(ada, items=[Item(text="Ada's own words")])
    assert "own words" not in "".join(export_text.as_json(bob, NOW))


@pytest.mark.parametrize("export", [export_text.as_json, export_text.as_csv])
def test_an_open_mock_gives_away_neither_grades_nor_references(
    export: Callable[..., Iterator[str]],
) -> None:
    user = add_person()
    secret = add_question("the-secret-question", prompt="What comes next?")
    submitted = Item(text="My answer so far.", score=0.876543)
    unseen = Item(secret, state="unseen", text=None)
    add_attempt(user, an_open(preset="mock", feedback="end", items=[submitted, unseen]))
    text = "".join(export(user, NOW))
    assert "My answer so far." in text
    for hidden in (REFERENCE, KEY_POINT, "0.876543", "1+test", "strong", "next?", "the-secret"):
        assert hidden not in text


def test_an_open_attempt_with_feedback_after_each_answer_shows_what_is_graded() -> None:
    user = add_person()
    add_attempt(user, an_open(feedback="each", items=[Item(score=0.8)]))
    item = only_item(user)
    assert (item["score"], item["references"]) == (0.8, [REFERENCE])


def test_a_question_still_being_answered_shows_its_prompt_and_draft_alone() -> None:
    user = add_person()
    version = add_question(prompt="What is it?")
    item = Item(version, state="open", text=None, draft="Half a thought")
    add_attempt(user, an_open(feedback="each", items=[item]))
    found = only_item(user)
    assert (found["prompt"], found["draft"]["text"]) == ("What is it?", "Half a thought")
    assert (found["answer"], found["grades"], found["references"]) == (None, [], [])
    assert found["withheld"] is True


def test_a_question_of_an_open_mock_is_withheld_from_older_attempts_too() -> None:
    user = add_person()
    version = add_question()
    add_attempt(user, items=[Item(version, text="An older answer.", score=0.8)])
    unseen = Item(version, state="unseen", text=None)
    add_attempt(user, an_open(preset="mock", feedback="end", items=[unseen]))
    text = "".join(export_text.as_json(user, NOW))
    older = json.loads(text)["attempts"][1]["items"][0]
    assert (older["answer"]["text"], older["score"]) == ("An older answer.", 0.8)
    assert older["withheld"] is True
    assert REFERENCE not in text
    assert KEY_POINT not in text


def test_the_drafts_of_an_abandoned_attempt_are_not_lost() -> None:
    user = add_person()
    item = Item(state="open", text=None, draft="Given up here")
    add_attempt(user, state="abandoned", score=None, items=[item])
    assert only_item(user)["draft"]["text"] == "Given up here"


def test_a_draft_that_was_handed_in_is_not_there_twice() -> None:
    user = add_person()
    add_attempt(user, items=[Item(text="Final words", draft="Final")])
    assert only_item(user)["draft"] is None


def test_open_attempts_come_first_and_then_the_newest() -> None:
    user = add_person()
    old = add_attempt(user, ended_at=ENDED_AT - timedelta(days=1))
    new = add_attempt(user)
    opened = add_attempt(user, an_open())
    assert [one["id"] for one in exported(user)["attempts"]] == [opened, new, old]


def test_a_long_history_is_exported_whole_and_each_attempt_once() -> None:
    user = add_person()
    version = add_question()
    wanted = [
        add_attempt(user, Sitting(items=[Item(version)], ended_at=ENDED_AT - (n // 3) * STEP))
        for n in range(2 * exporting.CHUNK + 1)
    ]
    found = [one["id"] for one in exported(user)["attempts"]]
    assert len(found) == len(wanted)
    assert set(found) == set(wanted)


def test_an_attempt_that_ends_while_the_file_is_written_is_in_it_once() -> None:
    user = add_person()
    cutoff = NOW + timedelta(hours=1)
    unseen = Item(state="unseen", text=None)
    attempt = add_attempt(user, an_open(cutoff_at=cutoff, items=[unseen]))
    stream = exporting.attempts(user, NOW)
    first = next(stream)
    history.settle_overdue(user, cutoff + timedelta(minutes=1))
    assert [first["id"], *(one["id"] for one in stream)] == [attempt]


def test_each_chunk_takes_the_same_number_of_statements(statements: Count) -> None:
    version = add_question()

    def cost(attempts: int) -> int:
        user = add_person()
        for _ in range(attempts):
            add_attempt(user, items=[Item(version), Item(version)])
        with statements() as seen:
            list(exporting.attempts(user, NOW))
        return len(seen)

    assert cost(1) == cost(exporting.CHUNK)
    assert cost(2 * exporting.CHUNK) - cost(exporting.CHUNK) == 5
