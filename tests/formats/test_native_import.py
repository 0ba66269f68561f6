"""Native files that somebody sends: each question with its own damage, and lines kept."""

import json
from typing import Any

import pytest
import yaml

from interview.formats.imported import Found, Notice, Reading, Unreadable
from interview.formats.native_import import looks_like, read
from tests.support.bank_files import bank_file, question, question_set


def as_yaml(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, sort_keys=False)


def as_json(content: dict[str, Any]) -> str:
    return json.dumps(content, default=str, indent=1)


def refusal(text: str, name: str = "bank.yaml") -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(text, name)
    return refused.value


def errors(found: Found | Reading) -> list[Notice]:
    return [notice for notice in found.notices if notice.kind == "error"]


@pytest.mark.parametrize("form", [as_yaml, as_json])
def test_each_question_keeps_its_fields_and_their_lines(form: Any) -> None:
    text = form(bank_file(question("one"), question("two", topic="Other")))
    reading = read(text, "bank")
    assert [found.fields["slug"] for found in reading.questions] == ["one", "two"]
    assert [found.fields["topic"] for found in reading.questions] == ["Things", "Other"]
    lines = text.splitlines()
    for found in reading.questions:
        assert "difficulty" in lines[found.lines["difficulty",] - 1]
        assert "weight" in lines[found.lines["key_points", 0, "weight"] - 1]
        assert found.line <= found.lines["slug",]


def test_one_bad_question_does_not_hide_the_others() -> None:
    text = (
        "format: mock-interview-bank\nversion: 1\ntopic: T\nquestions:\n"
        "  - slug: one\n    prompt: What?\n    prompt: Again?\n"
        "  - just text\n"
        "  - slug: three\n    prompt: Why?\n    last_verified: 2026-13-45\n"
        "  - slug: four\n    prompt: !!python/name:os.system x\n"
        "  - slug: five\n    prompt: How?\n"
    )
    reading = read(text, "bank.yaml")
    assert reading.notices == ()
    told = [[(one.line, one.message) for one in errors(found)] for found in reading.questions]
    assert told[0] == [(7, "prompt is given twice")]
    assert told[1] == [(8, "a question must hold named fields")]
    assert told[2] == [(11, "last_verified month must be in 1..12")]
    assert told[3][0][0] == 13
    assert told[4] == []
    assert reading.questions[1].fields["prompt"] == ""


def test_a_field_given_twice_in_json_does_not_hide_the_others() -> None:
    text = as_json(bank_file(question("one"), question("two")))
    text = text.replace('"prompt": ', '"prompt": "Twice?",\n"prompt": ', 1)
    first, second = read(text, "bank.json").questions
    assert [one.message for one in errors(first)] == ["prompt is given twice"]
    assert first.fields["prompt"] == "Twice?"
    assert second.notices == ()


@pytest.mark.parametrize("form", [as_yaml, as_json])
def test_names_that_are_used_twice_name_both_lines(form: Any) -> None:
    twice = question("one", tags=["a", "b", "a"])
    twice["key_points"][2]["id"] = "one"
    text = form(bank_file(question("one", prompt="First?"), twice))
    reading = read(text, "bank")
    assert errors(reading.questions[0]) == []
    lines = text.splitlines()
    told = errors(reading.questions[1])
    assert len(told) == 3
    for notice in told:
        name, first = notice.message.split("”")[0].strip("“"), notice.message.rsplit(" ", 1)[1]
        assert name in lines[notice.line - 1]
        assert name in lines[int(first) - 1]
        assert int(first) < notice.line


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("topic: T\nquestions: []\n", 0, "begins with “format: mock-interview-bank”"),
        ("- a\n- b\n", 0, "no file of questions"),
        ("", 0, "no file of questions"),
        ("version: 1\nformat: quiz-maker\n", 2, "calls its format “quiz-maker”"),
        ("format: mock-interview-bank\nversion: 2\n", 2, "“version: 2”"),
        ("format: mock-interview-bank\n", 1, "“version: no”"),
        ("format: mock-interview-bank\nquestions: [{a: 1\n", 3, "cannot be read as YAML from"),
        ('{"format": "mock-interview-bank",\n"version": 1, "ques', 2, "read as JSON from line 2"),
        ("a: &x [1]\nb: *x\n", 2, "alias"),
        ("a: " + "[" * 100, 1, "nested too deeply"),
        ("a: 1\nb: \x07\n", 2, "control character"),
        ('{"format": ' + "9" * 5000 + "}", 1, "too many digits"),
    ],
)
def test_a_text_that_is_no_such_file_is_refused_in_words(text: str, line: int, words: str) -> None:
    refused = refusal(text, "")
    assert words in str(refused)
    assert refused.line == line


@pytest.mark.parametrize(
    "value", ["!!bool maybe", "!!timestamp soon", "!!int ''", "!!float x", "!!binary é", "=", "<<"]
)
def test_a_value_that_is_not_what_it_claims_is_damage_of_its_question(value: str) -> None:
    text = f"format: mock-interview-bank\nversion: 1\nquestions:\n  - prompt: {value}\n"
    (found,) = read(text, "bank.yaml").questions
    assert [notice.line for notice in errors(found)] == [4]


def test_what_is_wrong_outside_of_questions_is_told_of_the_file() -> None:
    text = "format: mock-interview-bank\nversion: 1\ntopic: T\ncolour: red\nquestions: 5\n"
    told = [(one.line, one.message) for one in read(text, "bank.yaml").notices]
    assert told == [
        (4, "colour is not a field of this format"),
        (5, "questions must be a list"),
    ]


def test_question_sets_are_carried_and_wrong_ones_named() -> None:
    slots = [{"question": "what-is-it"}, {"random": {"tag": "basics"}, "count": 3, "points": 2}]
    sets = [{"title": "Mine", "slots": slots}, {"title": "Bad", "slots": [{"count": 0}]}]
    text = as_yaml({**bank_file(question()), "authored_sets": sets})
    reading = read(text, "bank.yaml")
    assert [one["title"] for one in reading.authored_sets] == ["Mine"]
    assert reading.authored_sets[0]["slots"][1] == {
        "question": None,
        "random": {"topic": "", "tag": "basics", "difficulty": ""},
        "count": 3,
        "points": 2.0,
        "seconds": None,
    }
    (problem,) = errors(reading)
    assert problem.message == "authored_sets[1].slots[0].count must be at least 1"
    assert "count: 0" in text.splitlines()[problem.line - 1]


def test_a_set_as_it_ships_becomes_an_authored_one() -> None:
    text = as_yaml(bank_file(question(), sets=(question_set("what-is-it"),)))
    reading = read(text, "bank.yaml")
    (one,) = reading.authored_sets
    assert (one["title"], one["description"]) == ("All of it", "Everything.")
    assert [slot["question"] for slot in one["slots"]] == ["what-is-it"]
    assert [notice.kind for notice in reading.notices] == ["warning"]


def test_a_file_is_known_by_its_name_or_its_head() -> None:
    assert looks_like("", "Bank.YML")
    assert looks_like("# mine\nformat: mock-interview-bank\n", "notes.txt")
    assert not looks_like("What is it?\n", "notes.txt")
