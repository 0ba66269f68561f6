"""The native bank format: what it takes, and how it names what it refuses."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from interview.formats.files import Bank, read_bank
from tests.support.bank_files import (
    TODAY,
    bank_file,
    problem_of,
    problems_of,
    question,
    question_set,
    write_bank,
)


@pytest.mark.parametrize("name", ["bank.yaml", "bank.yml", "bank.json"])
def test_a_file_is_read_with_its_topic_and_defaults(tmp_path: Path, name: str) -> None:
    content = bank_file(question(), sets=(question_set("what-is-it"),))
    bank = read_bank([write_bank(tmp_path / name, content)], TODAY)
    ((topic, record),) = bank.questions
    assert topic == "Things"
    assert record.last_verified == date(2026, 3, 1)
    assert record.valid_for
    assert record.valid_for.model_dump(by_alias=True) == {
        "product": "It",
        "from": "1.0",
        "to": "2.x",
    }
    assert record.rubric()["key_points"][2] == {
        "id": "three",
        "text": "It is a third thing.",
        "phrasings": [],
        "weight": 1.0,
        "required": False,
    }
    assert [one.slug for one in bank.sets] == ["all"]


def test_yaml_and_json_of_the_same_content_are_the_same_records(tmp_path: Path) -> None:
    content = bank_file(question(prompt="Was heißt „Straße“? \N{SLIGHTLY SMILING FACE}"))
    banks = [
        read_bank([write_bank(tmp_path / f"bank.{s}", content)], TODAY) for s in ("yaml", "json")
    ]
    assert banks[0] == banks[1]


def test_a_folder_is_read_file_by_file_in_order_of_name(tmp_path: Path) -> None:
    write_bank(tmp_path / "b.yaml", bank_file(question("second")))
    write_bank(tmp_path / "a.json", bank_file(question("first")))
    (tmp_path / "notes.txt").write_text("not part of the bank")
    bank = read_bank([tmp_path], TODAY)
    assert [record.slug for _, record in bank.questions] == ["first", "second"]


def test_blank_lines_around_a_text_are_dropped_and_its_indent_is_kept(tmp_path: Path) -> None:
    loose = question(prompt="\nWhat is it? \n\n", references=["\n    x = 1\n\nSets x.\n"])
    bank = read_bank([write_bank(tmp_path / "bank.yaml", bank_file(loose))], TODAY)
    ((_, record),) = bank.questions
    assert record.prompt == "What is it?"
    assert record.references == ["    x = 1\n\nSets x."]


@pytest.mark.parametrize(
    "bare",
    [
        {"references": []},
        {"key_points": []},
        {"misconceptions": []},
        {"valid_for": None},
        {"last_verified": None},
    ],
)
def test_a_draft_may_still_lack_what_its_author_has_not_written(
    tmp_path: Path, bare: dict[str, Any]
) -> None:
    content = bank_file(question(status="draft", **bare))
    bank = read_bank([write_bank(tmp_path / "bank.yaml", content)], TODAY)
    ((_, record),) = bank.questions
    (name,) = bare
    assert not getattr(record, name)


def test_a_ready_question_needs_an_answer_and_no_more(tmp_path: Path) -> None:
    bare = question(references=["It is."], misconceptions=[])
    bare["key_points"] = bare["key_points"][:2]
    bank = read_bank([write_bank(tmp_path / "bank.yaml", bank_file(bare))], TODAY)
    assert [record.status for _, record in bank.questions] == ["ready"]


def test_a_question_may_have_samples_and_a_topic_of_its_own(tmp_path: Path) -> None:
    sample = {"label": "contradictory", "text": "It is and it is not."}
    content = bank_file(question(samples=[sample], topic="Other things"))
    bank = read_bank([write_bank(tmp_path / "bank.yaml", content)], TODAY)
    ((topic, record),) = bank.questions
    assert topic == "Other things"
    assert [one.model_dump() for one in record.samples] == [sample]


def test_key_points_that_nobody_has_confirmed_are_not_the_rubrics(tmp_path: Path) -> None:
    loose = question()
    loose["key_points"][0]["derived"] = True
    bank = read_bank([write_bank(tmp_path / "bank.yaml", bank_file(loose))], TODAY)
    ((_, record),) = bank.questions
    assert [point["id"] for point in record.rubric()["key_points"]] == ["two", "three"]


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    write_bank(tmp_path / "a.yaml", bank_file(question("a", difficulty="no", target_seconds=-1)))
    write_bank(tmp_path / "b.yaml", bank_file(question("b", tags=7)))
    write_bank(tmp_path / "c.yaml", bank_file(question("c")))
    problems = problems_of(tmp_path)
    assert [(Path(p.file).name, p.field) for p in problems] == [
        ("a.yaml", "questions[0].difficulty"),
        ("a.yaml", "questions[0].target_seconds"),
        ("b.yaml", "questions[0].tags"),
    ]


def test_a_problem_reads_as_file_line_field_and_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bank.yaml"
    path.write_text(
        "format: mock-interview-bank\nversion: 1\ntopic: T\nquestions: []\ncolour: red\n"
    )
    assert str(problem_of(path)) == f"{path}:5: colour: is not a field of this format"


@pytest.mark.parametrize("part", ["questions", "sets"])
def test_a_slug_is_used_once_in_all_the_files(tmp_path: Path, part: str) -> None:
    content = bank_file(question(), sets=(question_set("what-is-it"),))
    first = write_bank(tmp_path / "a.yaml", content)
    other = copy.deepcopy(content)
    other["sets" if part == "questions" else "questions"] = []
    second = write_bank(tmp_path / "b.yaml", other)
    problem = problem_of(first, second)
    assert (problem.file, problem.field) == (str(second), f"{part}[0].slug")
    line = next(
        number
        for number, text in enumerate(first.read_text().splitlines(), 1)
        if text.endswith(("slug: what-is-it", "slug: all")) and (part == "sets") == ("all" in text)
    )
    assert problem.message.endswith(f"first in {first}:{line}")


def test_a_set_names_a_question_once(tmp_path: Path) -> None:
    content = bank_file(question(), sets=(question_set("what-is-it", "what-is-it"),))
    assert problem_of(write_bank(tmp_path / "a.yaml", content)).field == "sets[0].questions[1]"


def test_questions_that_no_file_has_are_listed_with_their_places(tmp_path: Path) -> None:
    path = write_bank(tmp_path / "a.yaml", bank_file(sets=(question_set("elsewhere"),)))
    bank = read_bank([path], TODAY)
    (problem,) = bank.unknown["elsewhere"]
    assert problem.field == "sets[0].questions[0]"
    assert "elsewhere" in path.read_text().splitlines()[problem.line - 1]


def test_the_lines_of_json_fields_are_those_of_the_text(tmp_path: Path) -> None:
    path = write_bank(tmp_path / "bank.json", bank_file(question("a"), question("b", prompt=1)))
    problem = problem_of(path)
    assert path.read_text().splitlines()[problem.line - 1].strip() == '"prompt": 1,'


def test_an_empty_bank_of_no_files_is_empty() -> None:
    assert read_bank([], TODAY) == Bank((), (), {})
