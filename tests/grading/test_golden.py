"""Grades under fixed numbers: a change of the code that changes them needs a new version.

After raising ``CODE_VERSION``, write the new grades with ``python -m tests.grading.test_golden``.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from interview.grading import AnswerGrader
from interview.grading.calibrate import Coefficients
from interview.grading.features import FEATURES
from interview.grading.grader import CODE_VERSION, COEFFICIENTS_FILE
from interview.grading.thesaurus import DATA
from tests.grading.banks import CACHE, VERBS

GOLDEN = Path(__file__).with_name("golden.json")
NUMBERS = Path(__file__).with_name("golden_coefficients.json")
ANSWERS = (
    "On a miss the cache loads the value from the database and stores it.",
    "The cahce keeps a copy; it does not expire. Some think writes are delayed in batches.",
    "Every write goes to the cache first and reaches the database later.",
    "POST reads a resource, GET changes data on the server.",
    "GET retrieves data. POST creates or updates something, e.g. `request.POST['k']`.",
    "cache, database, miss, hit, value, copy, store, entries, expire",
    "Compare GET and POST requests.",
    "asdkjh qwoeiu zxmcn",
    "",
)


def rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items() if k != "grader_version"}
    return [rounded(item) for item in value] if isinstance(value, list) else value


def grades() -> list[Any]:
    grader = AnswerGrader(Coefficients.load(NUMBERS)).fit([CACHE, VERBS])
    return [rounded(grader.grade(r, a).to_dict()) for r in (CACHE, VERBS) for a in ANSWERS]


def test_grades_change_only_with_the_version_of_the_code() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert golden == {"code_version": CODE_VERSION, "grades": grades()}


def test_the_version_names_code_snapshot_and_numbers() -> None:
    one = AnswerGrader(Coefficients.load(NUMBERS)).fit([CACHE, VERBS])
    numbers = replace(Coefficients.load(NUMBERS), rubric_widths=(0.3, 0.3, 0.3, 0.3))
    other_numbers = AnswerGrader(numbers).fit([CACHE, VERBS])
    other_bank = AnswerGrader(Coefficients.load(NUMBERS)).fit([CACHE])
    assert one.version.split(".")[0] == CODE_VERSION
    assert len({one.version, other_numbers.version, other_bank.version}) == 3
    assert one.grade(CACHE, "a copy").grader_version == one.version


def test_the_golden_numbers_weigh_every_feature() -> None:
    assert len(Coefficients.load(NUMBERS).weights) == len(FEATURES)


def write() -> None:
    NUMBERS.write_text((DATA / COEFFICIENTS_FILE).read_text("utf-8"), "utf-8")
    body = {"code_version": CODE_VERSION, "grades": grades()}
    GOLDEN.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    write()
