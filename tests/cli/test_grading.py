"""`flask grading …` as an operator sees it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from interview.grading import AnswerGrader, Grade
from interview.services.bank import current_version
from interview.services.grading import DATA, grade_answer
from tests.support.bank_files import bank_file, question, write_bank

POINTS = [
    "A cache keeps recent results in memory.",
    "It saves repeated work.",
    "Old entries expire after a while.",
]
REFERENCE = " ".join(POINTS)


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def loaded(app: Flask, tmp_path: Path) -> Flask:
    cache = question(
        "first",
        prompt="What is a cache?",
        references=[REFERENCE],
        key_points=[{"id": text.split()[1], "text": text} for text in POINTS],
        misconceptions=[
            {"id": "disk", "text": "A cache is a kind of hard disk.", "feedback": "It need not be."}
        ],
    )
    path = write_bank(tmp_path / "bank.yaml", bank_file(cache, question("second")))
    assert app.test_cli_runner().invoke(args=["bank", "load", str(path)]).exit_code == 0
    return app


def attempt(app: Flask, typed: str | bytes, *options: str) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["grading", "try", *options], input=typed)
    return done.exit_code, done.stdout, done.stderr


def grades(app: Flask, typed: str | bytes) -> list[Grade]:
    status, out, _ = attempt(app, typed, "first", "--json")
    assert status == 0
    return [Grade.from_dict(json.loads(line)) for line in out.splitlines()]


def test_each_line_is_an_answer_and_gets_a_grade(loaded: Flask) -> None:
    good, empty, off = grades(loaded, f"{REFERENCE}\n\nBananas grow on tall plants.\n")
    assert good.score >= 0.95
    assert empty.score == 0.0
    assert [flag.value for flag in empty.flags] == ["empty"]
    assert off.score < 0.3
    assert len({good.grader_version, empty.grader_version, off.grader_version}) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r"\n".join(POINTS), "\n".join(POINTS)),
        (r"Results are kept in C:\\new\\cache.", r"Results are kept in C:\new\cache."),
        ("A cache keeps results.\r\n", "A cache keeps results."),
    ],
)
def test_an_escaped_line_break_stays_within_its_answer(
    loaded: Flask, typed: str, meant: str
) -> None:
    with loaded.app_context():
        expected = grade_answer(current_version("first"), meant)
    assert grades(loaded, typed) == [expected]


@pytest.mark.parametrize("typed", ["", "\n", "\\", "\x00\n", b"\xff\xfe\n", "a" * 20_000])
def test_anything_that_can_be_typed_gets_a_grade_a_line(loaded: Flask, typed: str | bytes) -> None:
    expected = len(typed.splitlines()) if isinstance(typed, str) else 1
    assert len(grades(loaded, typed)) == expected


def test_a_person_reads_the_score_and_the_evidence(loaded: Flask) -> None:
    status, out, _ = attempt(loaded, f"{REFERENCE}\nA cache is a kind of hard disk.\n", "first")
    assert status == 0
    assert out.startswith("1. ")
    assert "found" in out
    assert "cache: «" in out
    assert "misconception" in out
    assert "disk: «" in out


def test_an_unknown_question_is_told(loaded: Flask) -> None:
    status, out, told = attempt(loaded, "x\n", "nowhere")
    assert (status, out) == (1, "")
    assert "no question 'nowhere'" in told


def test_refit_writes_the_snapshot_and_names_the_new_version(
    loaded: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview.web.cli.grading.FOLDER", tmp_path)
    before = (DATA / "grader" / "idf.json").read_bytes()
    done = loaded.test_cli_runner().invoke(args=["grading", "refit"])
    assert done.exit_code == 0
    assert "Fitted on 2 questions" in done.stdout
    (tmp_path / "coefficients.json").write_bytes(
        (DATA / "grader" / "coefficients.json").read_bytes()
    )
    version = AnswerGrader.load(tmp_path).version
    assert f"Grader version: {version}\n" in done.stdout
    assert (DATA / "grader" / "idf.json").read_bytes() == before


def test_refit_of_an_empty_bank_says_what_to_do(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["grading", "refit"])
    assert done.exit_code == 1
    assert "flask bank load" in done.stderr
