"""`flask grading evaluate` and `flask grading attack` as an operator sees them."""

import json
from pathlib import Path

import pytest
from flask import Flask

from interview.grading import AnswerGrader
from tests.support.bank_files import bank_file, question, write_bank
from tests.support.marked import MARKED, marked, write_marked

WIDTH = 120


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    others = [[f"another set with quite a long name, {row[0]}", *row[1:]] for row in MARKED]
    return write_marked(tmp_path / "marked.csv", MARKED + others)


def run(app: Flask, *words: str | Path) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["grading", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_evaluate_prints_every_set_under_both_idfs(app: Flask, path: Path) -> None:
    status, out, problems = run(app, "evaluate", path)
    assert (status, problems) == (0, "")
    assert f"Grader version: {AnswerGrader.load().version}" in out
    lines = out.splitlines()
    for name in ("small", "another set with …", "mean"):
        rows = [line for line in lines if line.startswith(name)]
        assert len(rows) == 6
        assert sum("shipped + file" in row for row in rows) == 3
    assert max(map(len, lines)) <= WIDTH
    assert "misspelt" in next(line for line in lines if "coverage" in line).split()
    assert "–" in out
    assert "nan" not in out


def test_evaluate_of_one_set_needs_no_mean(app: Flask, tmp_path: Path) -> None:
    out = run(app, "evaluate", write_marked(tmp_path / "one.csv", MARKED))[1]
    assert not [line for line in out.splitlines() if line.startswith("mean ")]


def test_evaluate_gives_one_json_document(app: Flask, path: Path) -> None:
    status, out, problems = run(app, "evaluate", path, path, "--json")
    assert (status, problems) == (0, "")
    body = json.loads(out)
    assert [one["n"] for one in body["datasets"]] == [18, 18]
    assert body["datasets"][0]["shipped"]["pearson_r"] > 0.5
    assert body["mean"]["shipped_and_file"]["misspelt_change"] < 1


def test_attack_of_a_file_marks_what_is_above_its_ceiling(app: Flask, tmp_path: Path) -> None:
    words = ["red green blue", "red green black"]
    rows = [marked("red", 1, (f"Which {text}?", text)) for text in words]
    status, out, problems = run(app, "attack", write_marked(tmp_path / "alike.csv", rows))
    assert (status, problems) == (0, "")
    assert out.startswith("small: 2 questions (grader ")
    assert any(line.endswith("≤ 0.60  ABOVE") for line in out.splitlines())
    assert max(map(len, out.splitlines())) <= WIDTH


def test_attack_without_a_file_is_on_the_bank(app: Flask, tmp_path: Path) -> None:
    bank = bank_file(
        question("first", prompt="What is a cache?"), question("again", prompt="What is a cache?")
    )
    path = write_bank(tmp_path / "bank.yaml", bank)
    assert app.test_cli_runner().invoke(args=["bank", "load", str(path)]).exit_code == 0
    status, out, problems = run(app, "attack", "--json")
    assert (status, problems) == (0, "")
    (source,) = json.loads(out)["sources"]
    assert (source["source"], source["questions"], source["grouped"]) == ("bank", 1, 1)
    found = {figure["attack"]: figure for figure in source["figures"]}
    assert found["empty"]["mean"] == 0
    assert found["reference itself"]["within"] is True
    assert found["reference negated"]["limit"] == 0.45
    assert "1 questions, 1 more left out" in run(app, "attack")[1]


def test_attack_on_an_empty_bank_says_what_to_do(app: Flask) -> None:
    status, out, told = run(app, "attack")
    assert (status, out) == (1, "")
    assert "flask bank load" in told


@pytest.mark.parametrize("command", ["evaluate", "attack"])
def test_a_bad_file_is_told_in_one_line(app: Flask, tmp_path: Path, command: str) -> None:
    path = write_marked(tmp_path / "bad.csv", [marked("It loads.", "much")])
    status, out, told = run(app, command, path)
    assert (status, out) == (1, "")
    assert told == f"Error: {path}, line 2, column score: 'much' is not a number\n"


@pytest.mark.parametrize("command", ["evaluate", "attack"])
def test_a_file_that_is_not_there_is_told(app: Flask, tmp_path: Path, command: str) -> None:
    status, _, told = run(app, command, tmp_path / "nowhere.csv")
    assert status == 2
    assert "does not exist" in told


def test_evaluate_needs_a_file(app: Flask) -> None:
    assert run(app, "evaluate")[0] == 2
