"""The native bank format: what it takes, and how it names what it refuses."""

import copy
from collections.abc import Callable
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


Change = Callable[[dict[str, Any]], object]


def _point(field: str, value: object) -> Change:
    return lambda q: q["key_points"][1].update({field: value})


WRONG: dict[str, tuple[Change, str, str]] = {
    "missing field": (lambda q: q.pop("prompt"), "prompt", "is missing"),
    "unknown field": (lambda q: q.update(answer="?"), "answer", "is not a field of this format"),
    "unknown key point field": (
        _point("wieght", 2),
        "key_points[1].wieght",
        "is not a field of this format",
    ),
    "number for text": (lambda q: q.update(prompt=5), "prompt", "must be text"),
    "unquoted version": (
        lambda q: q["valid_for"].update({"from": 5.2}),
        "valid_for.from",
        "needs quotes",
    ),
    "text for number": (
        lambda q: q.update(target_seconds="90"),
        "target_seconds",
        "must be a whole number",
    ),
    "text for truth": (_point("required", "yes please"), "key_points[1].required", "true or false"),
    "truth for weight": (_point("weight", True), "key_points[1].weight", "must be a number"),
    "text for list": (lambda q: q.update(tags="basics"), "tags", "must be a list"),
    "list for record": (lambda q: q.update(valid_for=[]), "valid_for", "must hold named fields"),
    "no weight": (_point("weight", 0), "key_points[1].weight", "greater than 0"),
    "negative weight": (_point("weight", -1.5), "key_points[1].weight", "greater than 0"),
    "endless weight": (_point("weight", float("inf")), "key_points[1].weight", "finite"),
    "no number weight": (_point("weight", float("nan")), "key_points[1].weight", "finite"),
    "two key points": (lambda q: q["key_points"].pop(), "key_points", "at least 3"),
    "nine key points": (
        lambda q: q.update(
            key_points=[{"id": f"p{n}", "text": f"It is thing {n}."} for n in range(9)]
        ),
        "key_points",
        "at most 8",
    ),
    "no reference": (lambda q: q.update(references=[]), "references", "at least 1"),
    "no misconception": (lambda q: q.update(misconceptions=[]), "misconceptions", "at least 1"),
    "wordless reference": (lambda q: q.update(references=["…"]), "references[0]", "word"),
    "unknown difficulty": (lambda q: q.update(difficulty="brutal"), "difficulty", "'easy'"),
    "future check": (
        lambda q: q.update(last_verified=date(2026, 3, 3)),
        "last_verified",
        "is in the future",
    ),
    "no date": (lambda q: q.update(last_verified="lately"), "last_verified", "must be a date"),
    "capital slug": (lambda q: q.update(slug="What"), "slug", "pattern"),
    "script link": (
        lambda q: q["sources"][0].update(url="javascript:alert(1)"),
        "sources[0].url",
        "pattern",
    ),
    "no time": (lambda q: q.update(target_seconds=0), "target_seconds", "greater than 0"),
    "repeated point": (_point("id", "one"), "key_points[1].id", "used twice"),
    "repeated tag": (lambda q: q.update(tags=["a", "a"]), "tags[1]", "used twice"),
}


@pytest.mark.parametrize("suffix", ["yaml", "json"])
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_is_named_with_its_file_and_line(
    tmp_path: Path, name: str, suffix: str
) -> None:
    change, field, message = WRONG[name]
    broken = question("broken")
    change(broken)
    path = write_bank(tmp_path / f"bank.{suffix}", bank_file(question(), broken))
    problem = problem_of(path)
    assert problem.file == str(path)
    assert problem.field == f"questions[1].{field}"
    assert message in problem.message
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = [number for number, line in enumerate(lines, 1) if "slug" in line][1]
    assert problem.line >= begin - 1  # JSON opens a record on a line of its own
    if message != "is missing" and not field.endswith("]"):
        assert field.split(".")[-1] in lines[problem.line - 1]


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
