"""`flask grading train` as an operator sees it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from interview.grading.calibrate import Coefficients
from interview.services.grading import DATA
from tests.support.marked import marked, write_marked
from tests.support.training_sets import CELLS, QUEUES, write_set

WIDTH = 100
SHIPPED = DATA / "grader" / "coefficients.json"
METHODS = ("this grader", "tuned ridge", "idf coverage", "TF-IDF cosine")


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the coefficients go instead of over those that ship, which must stay as they are."""
    before = SHIPPED.read_bytes()
    monkeypatch.setattr("interview.web.cli.training.FOLDER", tmp_path)
    yield tmp_path
    assert SHIPPED.read_bytes() == before


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return [
        write_set(tmp_path / "cells.csv", "cells", CELLS),
        write_set(tmp_path / "queues.csv", "queues", QUEUES),
    ]


def run(app: Flask, *words: str | Path) -> tuple[int, str, str]:
    done = app.test_cli_runner().invoke(args=["grading", "train", *map(str, words)])
    return done.exit_code, done.stdout, done.stderr


def test_train_writes_the_coefficients_and_tells_how_well_they_do(
    app: Flask, paths: list[Path], folder: Path
) -> None:
    status, out, problems = run(app, *paths)
    assert (status, problems) == (0, "")
    lines = out.splitlines()
    for dataset in ("cells", "queues", "mean"):
        rows = [line for line in lines if line.startswith(dataset)]
        assert [sum(method in row for row in rows) for method in METHODS] == [2, 2, 2, 2]
    assert any(line.startswith("Held-out data sets") for line in lines)
    assert any(line.startswith("Held-out questions") for line in lines)
    assert lines[-1] == f"Written: {folder / 'coefficients.json'}"
    assert max(map(len, lines[:-1])) <= WIDTH
    assert "nan" not in out
    numbers = Coefficients.load(folder / "coefficients.json")
    assert [one["dataset"] for one in numbers.provenance["estimate"]["datasets"]] == [
        "cells",
        "queues",
    ]
    widths = " ".join(f"{width:.2f}" for width in numbers.derived_widths)
    assert f"Half widths of the intervals, by band: {widths}" in lines


def test_train_gives_one_json_document(app: Flask, paths: list[Path], folder: Path) -> None:
    status, out, problems = run(app, *paths, "--json")
    assert (status, problems) == (0, "")
    body = json.loads(out)
    assert set(body) == {"held_out", "interval_coverage", "coefficients"}
    assert body["coefficients"] == json.loads((folder / "coefficients.json").read_text("utf-8"))
    assert len(body["held_out"]) == 2 * 3 * len(METHODS)


def test_a_bad_file_is_told_with_its_line_and_column(
    app: Flask, paths: list[Path], folder: Path
) -> None:
    bad = write_marked(folder / "bad.csv", [marked("It loads.", 1), marked("It loads.", "much")])
    status, out, told = run(app, *paths, bad)
    assert (status, out) == (1, "")
    assert told == f"Error: {bad}, line 3, column score: 'much' is not a number\n"
    assert not (folder / "coefficients.json").exists()


def test_one_set_alone_is_explained(app: Flask, paths: list[Path], folder: Path) -> None:
    status, out, told = run(app, paths[0])
    assert (status, out) == (1, "")
    assert "two data sets or more" in told
    assert not (folder / "coefficients.json").exists()


def test_train_needs_files_that_are_there(app: Flask, tmp_path: Path) -> None:
    assert run(app)[0] == 2
    status, _, told = run(app, tmp_path / "nowhere.csv")
    assert status == 2
    assert "does not exist" in told
