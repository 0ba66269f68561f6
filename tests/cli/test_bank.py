"""`flask bank …` as an operator sees it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.support.bank_files import bank_file, question, question_set, write_bank


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bank.yaml"


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=list(words))
    return done.exit_code, done.stdout, done.stderr


def test_load_tells_what_changed(app: Flask, path: Path) -> None:
    write_bank(path, bank_file(question("first"), sets=(question_set("first"),)))
    status, out, problems = run(app, "bank", "load", str(path))
    assert (status, problems) == (0, "")
    assert out.splitlines() == [
        "Questions: 1 added, 0 changed, 0 unchanged (1 new versions).",
        "Sets: 1 added, 0 changed, 0 unchanged.",
    ]
    again = run(app, "bank", "load", str(path.parent))[1]
    assert "0 added, 0 changed, 1 unchanged (0 new versions)" in again


def test_load_names_every_problem_and_loads_nothing(app: Flask, path: Path) -> None:
    write_bank(path, bank_file(question("first"), question("second", difficulty="no", extra=1)))
    status, out, problems = run(app, "bank", "load", str(path))
    assert (status, out) == (1, "")
    lines = problems.splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == [
        "questions[1].difficulty",
        "questions[1].extra",
    ]
    assert all(line.startswith(f"{path}:") for line in lines[:-1])
    assert lines[-1] == "Error: Nothing was loaded."
    assert json.loads(run(app, "bank", "list", "--json")[1]) == []


def test_load_refuses_a_path_that_is_not_there(app: Flask, path: Path) -> None:
    status, _, told = run(app, "bank", "load", str(path))
    assert status == 2
    assert "does not exist" in told


def test_list_gives_every_question_as_json(app: Flask, path: Path) -> None:
    write_bank(path, bank_file(question("first", prompt="Was heißt `x`?", tags=["b", "a"])))
    run(app, "bank", "load", str(path))
    status, out, _ = run(app, "bank", "list", "--json")
    assert status == 0
    assert json.loads(out) == [
        {
            "slug": "first",
            "prompt": "Was heißt `x`?",
            "topic": "Things",
            "difficulty": "easy",
            "tags": ["a", "b"],
            "status": "ready",
        }
    ]


def test_list_can_be_read_by_a_person(app: Flask, path: Path) -> None:
    write_bank(path, bank_file(question("first", tags=["b", "a"])))
    run(app, "bank", "load", str(path))
    _, out, _ = run(app, "bank", "list")
    assert out == "first  [Things, easy, ready]  #a #b\n    What is it?\n"
