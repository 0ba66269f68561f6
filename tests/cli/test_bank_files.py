"""`flask bank import` and `flask bank export` as an operator sees them."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from interview.services import bank
from interview.services.importing import operating
from tests.support.authored import an_author
from tests.support.bank_files import bank_file, question_set, write_bank
from tests.support.clock import START, FakeClock
from tests.support.imports import (
    as_file,
    bare,
    imported,
    questions_of,
    row_counts,
    set_of,
    whole,
)

TWO = as_file(whole(), bare("second", "What else is there?"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "bank.json"
    path.write_bytes(TWO)
    return path


def run(app: Flask, *words: object) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["bank", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def told(app: Flask, *words: object) -> tuple[int, dict[str, Any]]:
    status, out, _ = run(app, "import", *words, "--json")
    return status, json.loads(out)


def counts(app: Flask) -> dict[str, int]:
    with app.app_context():
        return row_counts()


def test_questions_become_the_installations_own_in_a_new_set(app: Flask, path: Path) -> None:
    status, out, problems = run(app, "import", path, "--set", "small-things")
    assert (status, problems) == (0, "")
    *notices, summary, done = out.splitlines()
    assert [line.split(": ")[1] for line in notices] == ["warning"]
    assert notices[0].startswith(f"{path}:")
    assert summary == (
        "Mock Interview (YAML or JSON), 2 questions: 1 ready to be asked, 1 waiting as drafts "
        "for an author, 1 with derived key points."
    )
    assert done == "Imported into the set small-things."
    with app.app_context():
        questions = questions_of(None)
        assert [one.audience for one in questions.values()] == ["everyone", "everyone"]
        assert set_of("small-things") == ["what-is-it", "second"]


def test_the_report_can_be_read_by_a_program(app: Flask, path: Path) -> None:
    status, report = told(app, path, "--set", "Small things!")
    assert status == 0
    warning = report["warnings"][0]
    questions = report.pop("questions")
    assert report == {
        "format": "native",
        "title": "",
        "set": "small-things",
        "dry_run": False,
        "imported": True,
        "warnings": [
            {"line": questions[1]["line"], "question": "second", "message": warning["message"]}
        ],
        "errors": [],
    }
    first, second = questions
    assert first == {
        "slug": "what-is-it",
        "line": first["line"],
        "prompt": "What is it?",
        "status": "ready",
        "outcome": "ready",
        "key_points": 3,
        "derived": 0,
        "notices": [],
    }
    assert (second["status"], second["key_points"], second["derived"]) == ("draft", 2, 2)
    assert second["notices"][0]["kind"] == "warning"


def test_a_dry_run_says_the_same_and_writes_nothing(app: Flask, path: Path) -> None:
    before = counts(app)
    status, tried = told(app, path, "--set", "x", "--dry-run")
    assert (status, tried["dry_run"], tried["imported"]) == (0, True, False)
    assert counts(app) == before
    _, done = told(app, path, "--set", "x")
    assert done["questions"] == tried["questions"]
    assert "it would go into the set x" in run(app, "import", path, "--set", "x", "--dry-run")[1]


@pytest.mark.parametrize(
    "content",
    [
        as_file(whole(), whole("second", prompt="And?", difficulty="no")),
        as_file(),
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"",
        b"format: mock-interview-bank\nversion: 7\n",
    ],
)
def test_an_error_ends_with_status_1_and_nothing_written(
    app: Flask, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bank.yaml"
    path.write_bytes(content)
    before = counts(app)
    status, report = told(app, path, "--set", "x")
    assert (status, report["imported"]) == (1, False)
    assert report["errors"]
    assert counts(app) == before
    status, _, problems = run(app, "import", path, "--set", "x")
    assert status == 1
    assert problems.splitlines()[-1] == "Nothing was imported."


def test_an_exception_in_the_middle_of_writing_leaves_no_row(
    app: Flask, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is on fire")

    before = counts(app)
    monkeypatch.setattr(operating, "_put_into", broken)
    done = app.test_cli_runner().invoke(args=["bank", "import", str(path), "--set", "x"])
    assert done.exit_code == 1
    assert counts(app) == before


def test_a_set_gets_new_questions_at_its_end_and_known_ones_once(app: Flask, path: Path) -> None:
    assert run(app, "import", path, "--set", "x")[0] == 0
    path.write_bytes(as_file(bare("third", "And what now?"), whole("renamed")))
    _, report = told(app, path, "--set", "x")
    assert [one["outcome"] for one in report["questions"]] == ["draft", "duplicate"]
    assert [one["slug"] for one in report["questions"]] == ["third", "what-is-it"]
    with app.app_context():
        assert set_of("x") == ["what-is-it", "second", "third"]
    told(app, path, "--set", "another")
    with app.app_context():
        assert set_of("another") == ["third", "what-is-it"]
        assert len(questions_of(None)) == 3


def test_what_belongs_to_a_person_is_neither_taken_nor_in_the_way(
    app: Flask, path: Path, clock: FakeClock
) -> None:
    with app.app_context():
        iris = an_author()
        imported(iris, TWO, clock)
    _, report = told(app, path, "--set", "x")
    assert [one["slug"] for one in report["questions"]] == ["what-is-it-2", "second-2"]
    with app.app_context():
        assert list(questions_of(iris.id)) == ["what-is-it", "second"]


@pytest.mark.parametrize(("name", "title"), [("talk", "Small talk"), ("Our talk!", "Our talk!")])
def test_an_article_becomes_drafts_in_a_set_that_is_called_like_it(
    app: Flask, tmp_path: Path, name: str, title: str
) -> None:
    path = tmp_path / "article.md"
    path.write_text("# Small talk\n\n## What is it?\n\nTalk.\n\n## Why do it?\n\nTo be polite.\n")
    status, report = told(app, path, "--set", name, "--topic", "Manners")
    assert (status, report["format"], report["title"]) == (0, "article", "Small talk")
    with app.app_context():
        made = questions_of(None).values()
        assert [(one.prompt, one.topic) for one in made] == [
            ("What is it?", "Manners"),
            ("Why do it?", "Manners"),
        ]
    _, out, _ = run(app, "export", report["set"], "--format", "native-json")
    (kept,) = json.loads(out)["sets"]
    assert (kept["title"], kept["description"]) == (title, "Questions from article.md.")


def test_a_set_of_drafts_is_not_offered_until_one_is_ready(app: Flask, path: Path) -> None:
    path.write_bytes(as_file(bare("second", "What else is there?")))
    run(app, "import", path, "--set", "Drafts alone")
    visitor = app.test_client()
    for page in ("/", "/study", "/practise"):
        answer = visitor.get(page)
        assert answer.status_code == 200
        assert "drafts-alone" not in answer.text
    assert visitor.get("/study/drafts-alone").status_code == 200
    assert visitor.get("/practise/start?set=drafts-alone").status_code == 404
    path.write_bytes(as_file(whole()))
    run(app, "import", path, "--set", "Drafts alone")
    assert "drafts-alone" in visitor.get("/study").text


@pytest.mark.parametrize("kind", ["native", "native-json"])
def test_a_set_that_was_exported_can_be_loaded_again(app: Flask, tmp_path: Path, kind: str) -> None:
    content = bank_file(whole(), whole("other", prompt="What now?"))
    content["sets"] = [question_set("other", "what-is-it")]
    with app.app_context():
        bank.load_bank([write_bank(tmp_path / "first.json", content)], START)
    out = tmp_path / f"out.{'json' if kind == 'native-json' else 'yaml'}"
    assert run(app, "export", "all", "--format", kind, "-o", out) == (0, "", "")
    with app.app_context():
        again = bank.load_bank([out], START)
    assert (again.questions.unchanged, again.sets.unchanged) == (2, 1)
    assert run(app, "export", "all", "--format", kind)[1] == out.read_text(encoding="utf-8")


def test_what_a_format_cannot_carry_goes_to_standard_error(app: Flask, path: Path) -> None:
    run(app, "import", path, "--set", "x")
    status, out, problems = run(app, "export", "x", "--format", "gift")
    assert (status, "What is it?" in out) == (0, True)
    assert all(line.startswith("Not written: ") for line in problems.splitlines())
    assert problems


@pytest.mark.parametrize("name", ["nothing", "authored:1", "authored:x", "authored:9999999999"])
def test_a_set_that_is_not_there_is_said(app: Flask, name: str) -> None:
    status, _, problems = run(app, "export", name, "--format", "csv")
    assert status == 1
    assert "There is no set" in problems


def test_a_set_of_a_person_can_be_exported(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        screen = imported(an_author(), TWO, clock, set_title="Friday")
    number, _ = screen.made_sets[0]
    status, out, _ = run(app, "export", f"authored:{number}", "--format", "native")
    assert status == 0
    assert "title: Friday" in out
