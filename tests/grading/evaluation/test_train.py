import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from interview.grading import AnswerGrader
from interview.grading.calibrate import Coefficients
from interview.grading.evaluation.rows import BadFile, read_rows
from interview.grading.evaluation.train import PASSES, TooFewSets, Trained, save, train
from interview.grading.features import FEATURES
from interview.grading.grader import CODE_VERSION, COEFFICIENTS_FILE, IDF_FILE
from interview.grading.thesaurus import DATA
from tests.support.marked import marked, write_marked
from tests.support.training_sets import CELLS, QUEUES, rows_of, write_set

SHIPPED = Coefficients.load(DATA / COEFFICIENTS_FILE)
DAY = date(2031, 5, 4)


def nothing(_: int) -> None:
    pass


def written(folder: Path) -> list[Path]:
    return [
        write_set(folder / "cells.csv", "cells", CELLS),
        # A set whose origin is known by its name.
        write_set(folder / "queues.csv", "saf_en", QUEUES),
    ]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return written(tmp_path_factory.mktemp("sets"))


@pytest.fixture(scope="module")
def trained(paths: list[Path]) -> Trained:
    return train(read_rows(paths), paths, (DAY, "0123456789ab"), nothing)


def test_training_is_repeated_exactly(paths: list[Path], trained: Trained) -> None:
    again = train(read_rows(paths), paths, (DAY, "0123456789ab"), nothing)
    assert json.dumps(again.to_dict()) == json.dumps(trained.to_dict())


def test_the_order_of_the_files_does_not_change_the_weights(
    paths: list[Path], trained: Trained
) -> None:
    turned = train(read_rows(paths[::-1]), paths[::-1], (DAY, None), nothing).coefficients
    assert turned.weights == pytest.approx(trained.coefficients.weights, abs=2e-6)
    assert turned.derived_widths == trained.coefficients.derived_widths


def test_new_weights_are_learned_and_rounded(trained: Trained) -> None:
    numbers = trained.coefficients
    assert numbers.weights != SHIPPED.weights
    for number in (numbers.intercept, *numbers.weights):
        assert number == round(number, 6)
    for width in numbers.derived_widths:
        assert 0 <= width <= 1
        assert width == pytest.approx(round(width, 2))


def test_what_belongs_to_rubrics_with_key_points_stays(trained: Trained) -> None:
    numbers = trained.coefficients
    assert numbers.rubric == SHIPPED.rubric
    assert numbers.rubric_widths == SHIPPED.rubric_widths
    assert numbers.coverage == SHIPPED.coverage
    assert numbers.provenance["rubric"] == SHIPPED.provenance["rubric"]
    assert numbers.provenance["interval"]["rubric"] == SHIPPED.provenance["interval"]["rubric"]


def test_the_record_says_what_the_weights_come_from(paths: list[Path], trained: Trained) -> None:
    record = trained.coefficients.provenance["estimate"]
    assert (record["date"], record["commit"]) == ("2031-05-04", "0123456789ab")
    assert record["code_version"] == CODE_VERSION
    assert record["files"] == [
        {"name": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} for path in paths
    ]
    cells, queues = record["datasets"]
    assert cells == {
        "dataset": "cells",
        "name": "cells",
        "licence": "unknown",
        "rows": len(rows_of("cells", CELLS)),
        "questions": 4,
    }
    assert queues["dataset"] == "saf_en"
    assert queues["licence"] == "MIT"
    assert trained.coefficients.provenance["interval"]["derived"]["date"] == "2031-05-04"


def test_the_record_names_no_folder(paths: list[Path], trained: Trained) -> None:
    assert str(paths[0].parent) not in json.dumps(trained.to_dict())


def test_every_method_is_measured_under_both_schemes(trained: Trained) -> None:
    told = {(one.scheme, one.dataset) for one in trained.held_out}
    schemes = ("dataset", "question")
    assert told == {(scheme, name) for scheme in schemes for name in ("cells", "saf_en", "mean")}
    record = trained.coefficients.provenance["estimate"]["held_out"]
    assert record == [one.to_dict() for one in trained.held_out]
    assert 0 <= trained.coverage <= 1


def test_every_answer_is_told_as_often_as_it_is_dealt_with(paths: list[Path]) -> None:
    told: list[int] = []
    train(read_rows(paths), paths, (DAY, None), told.append)
    assert sum(told) == PASSES * len(rows_of("cells", CELLS) + rows_of("saf_en", QUEUES))


def test_saved_coefficients_are_read_back_and_grade(trained: Trained, tmp_path: Path) -> None:
    path = save(trained, tmp_path)
    assert path == tmp_path / COEFFICIENTS_FILE
    assert Coefficients.load(path) == trained.coefficients
    body = json.loads(path.read_text("utf-8"))
    assert body == trained.coefficients.to_dict()
    (tmp_path / IDF_FILE).write_bytes((DATA / IDF_FILE).read_bytes())
    version = AnswerGrader.load(tmp_path).version
    assert version.endswith(trained.coefficients.digest())
    assert version != AnswerGrader.load().version


def test_weights_are_written_by_the_name_of_their_feature(trained: Trained, tmp_path: Path) -> None:
    path = save(trained, tmp_path)
    body = json.loads(path.read_text("utf-8"))
    named = body["estimate"]["weights"]
    assert named == dict(zip(FEATURES, trained.coefficients.weights, strict=True))
    body["estimate"]["weights"] = dict(reversed(named.items()))
    path.write_text(json.dumps(body), "utf-8")
    assert Coefficients.load(path) == trained.coefficients


def test_coefficients_of_other_features_are_refused(trained: Trained, tmp_path: Path) -> None:
    path = save(trained, tmp_path)
    body = json.loads(path.read_text("utf-8"))
    body["estimate"]["weights"]["another"] = body["estimate"]["weights"].pop("cosine")
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(ValueError, match="other features"):
        Coefficients.load(path)


def test_one_set_in_two_files_is_too_few(tmp_path: Path) -> None:
    halves = [write_set(tmp_path / f"{n}.csv", "one", CELLS[n::2]) for n in range(2)]
    with pytest.raises(TooFewSets):
        train(read_rows(halves), halves, (DAY, None), nothing)


def test_a_bad_file_is_told_before_anything_is_trained(paths: list[Path], tmp_path: Path) -> None:
    bad = write_marked(tmp_path / "bad.csv", [marked("It loads.", 2)])
    told: list[int] = []
    with pytest.raises(BadFile, match=r"line 2, column score"):
        train(read_rows([*paths, bad]), [*paths, bad], (DAY, None), told.append)
    assert told == []
