"""What `flask bank check` complains of."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from interview.services import bank, bank_check
from tests.support.bank_files import TODAY, bank_file, question, write_bank
from tests.support.clock import START

GOOD: dict[str, Any] = {
    "prompt": "What is a queue?",
    "references": ["A queue is a first-in, first-out collection. Items are added at the back."],
    "key_points": [
        {"id": "fifo", "text": "A queue is first-in, first-out.", "phrasings": ["FIFO", "in line"]},
        {"id": "kind", "text": "A queue is a collection.", "phrasings": ["a container", "items"]},
        {
            "id": "back",
            "text": "Items are added at the back.",
            "phrasings": ["appended to the end", "new ones join at the tail"],
        },
    ],
    "misconceptions": [{"id": "lifo", "text": "The newest leaves first.", "feedback": "No."}],
    "samples": [
        {"label": "good", "text": "FIFO container, new ones go to the tail"},
        {"label": "good", "text": "a collection, first-in first-out, items appended to the end"},
        {"label": "wrong", "text": "It hands out the newest one."},
        {"label": "wrong", "text": "A sorted tree of numbers."},
    ],
}


def complaints(tmp_path: Path, *questions: dict[str, Any]) -> list[tuple[str, str]]:
    path = write_bank(tmp_path / "bank.yaml", bank_file(*questions))
    return [(one.kind, one.message) for one in bank_check.check_files([path], TODAY)]


def test_a_good_question_gives_no_reason_to_complain(tmp_path: Path) -> None:
    assert complaints(tmp_path, question(**GOOD)) == []


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"last_verified": None}, "stale", "nobody has verified it"),
        ({"last_verified": date(2024, 1, 1)}, "stale", "2024-01-01"),
        ({"sources": []}, "unsourced", "no source"),
        ({"valid_for": None}, "unsourced", "which versions"),
        ({"samples": GOOD["samples"][2:]}, "ungradable", "no good sample"),
        ({"samples": GOOD["samples"][1:]}, "thin", "1 right and 2 wrong"),
        ({"misconceptions": []}, "thin", "no misconception"),
        ({"key_points": GOOD["key_points"][:2]}, "thin", "2 key points"),
        (
            {"samples": [{"label": "wrong", "text": GOOD["references"][0]}, *GOOD["samples"]]},
            "ungradable",
            "sample 1 (wrong)",
        ),
        (
            {"samples": [{"label": "good", "text": GOOD["references"][0]}, *GOOD["samples"]]},
            "ungradable",
            "repeats the rubric",
        ),
    ],
)
def test_every_kind_of_trouble_is_named(
    tmp_path: Path, change: dict[str, Any], kind: str, words: str
) -> None:
    found = complaints(tmp_path, question(**{**GOOD, **change}))
    assert [one for one in found if one[0] == kind and words in one[1]], found


def test_a_derived_key_point_is_told_and_does_not_count(tmp_path: Path) -> None:
    points = [{**point, "derived": True} for point in GOOD["key_points"]]
    found = complaints(tmp_path, question(**{**GOOD, "key_points": points}))
    assert ("thin", "3 key points were derived and nobody has looked at them") in found
    assert ("thin", "it has 0 key points, and not 3 to 8") in found


def test_two_questions_that_ask_or_answer_the_same_are_named_once(tmp_path: Path) -> None:
    found = complaints(tmp_path, question("one", **GOOD), question("other", **deepcopy(GOOD)))
    assert [(kind, message.split(" (")[0]) for kind, message in found] == [
        ("overlapping", "asks the same as one"),
        ("overlapping", "has the same answer as one"),
    ]


def test_the_database_is_checked_like_files(app: Flask, tmp_path: Path) -> None:
    path = write_bank(tmp_path / "bank.yaml", bank_file(question(**{**GOOD, "sources": []})))
    with app.app_context():
        bank.load_bank([path], START)
        found = list(bank_check.check_database(TODAY))
    assert [(one.slug, one.kind) for one in found] == [("what-is-it", "unsourced")]
