"""What is written in a format and read again: everything, or all that the format carries."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from hypothesis import given, settings

from interview.formats import csv_bank, gift, native_import
from interview.formats.completing import complete
from interview.formats.files import read_bank
from interview.formats.imported import Reading
from interview.formats.moodle import reader as moodle
from interview.formats.native import FileRecord, QuestionRecord
from interview.formats.writing import WRITERS, losses, write
from tests.support.bank_files import bank_file, question, question_set, write_bank
from tests.support.documents import documents

TODAY = date(2026, 3, 2)
SOME = settings(max_examples=50, deadline=None)
READERS: dict[str, ModuleType] = {
    "native": native_import,
    "native-json": native_import,
    "csv": csv_bank,
    "gift": gift,
    "moodle": moodle,
}


def reread(document: Mapping[str, Any], kind: str) -> Reading:
    text = write(document, kind)
    reading: Reading = READERS[kind].read(text, f"file{WRITERS[kind][1]}")
    assert reading.notices == ()
    return reading


def records(reading: Reading) -> list[QuestionRecord]:
    found = []
    for asked in reading.questions:
        record, notices = complete(asked, {}, TODAY)
        assert notices == ()
        assert record
        found.append(record)
    return found


def whole(document: Mapping[str, Any]) -> FileRecord:
    """A document with the topic at each asked, as readers give it."""
    topics = [{"topic": document["topic"], **one} for one in document["questions"]]
    return FileRecord.model_validate({**document, "questions": topics})


@pytest.mark.parametrize("kind", ["native", "native-json", "moodle"])
@given(document=documents())
@SOME
def test_nothing_is_lost_where_a_format_carries_all(kind: str, document: dict[str, Any]) -> None:
    expected = whole(document)
    reading = reread(document, kind)
    assert records(reading) == expected.questions
    sets = [one.model_dump(mode="json") for one in expected.authored_sets]
    assert [*reading.authored_sets] == sets


@given(document=documents())
@SOME
def test_yaml_is_the_same_for_either_parser(document: dict[str, Any]) -> None:
    text = write(document, "native")
    assert yaml.load(text, yaml.CSafeLoader) == yaml.load(text, yaml.SafeLoader)


def on_one_line(items: list[dict[str, Any]], *names: str) -> list[list[str]]:
    return [[one[name].replace("\n", " ").strip() for name in names] for one in items]


@given(document=documents())
@SOME
def test_a_table_carries_what_its_columns_name(document: dict[str, Any]) -> None:
    for asked, found in zip(document["questions"], reread(document, "csv").questions, strict=True):
        fields = found.fields
        assert fields["topic"] == asked.get("topic", document["topic"])
        names = ("slug", "prompt", "references", "difficulty", "status", "target_seconds")
        assert {name: fields[name] for name in names} == {name: asked[name] for name in names}
        for name in ("tags", "sources"):
            assert fields.get(name, []) == asked[name]
        for name in ("valid_for", "last_verified"):
            assert fields.get(name) == asked.get(name)
        points, mistakes = fields.get("key_points", []), fields.get("misconceptions", [])
        confirmed = [one for one in asked["key_points"] if not one.get("derived")]
        assert on_one_line(points, "text") == on_one_line(confirmed, "text")
        told = ("text", "feedback")
        assert on_one_line(mistakes, *told) == on_one_line(asked["misconceptions"], *told)


@given(document=documents())
@SOME
def test_gift_carries_answers_and_what_is_wrong_with_others(document: dict[str, Any]) -> None:
    for asked, found in zip(document["questions"], reread(document, "gift").questions, strict=True):
        assert found.notices == ()
        fields = found.fields
        assert fields["topic"] == asked.get("topic", document["topic"])
        for name in ("slug", "prompt", "references"):
            assert fields[name] == asked[name]
        assert fields.get("tags", []) == asked["tags"]
        told = [(one["text"], one["feedback"]) for one in fields.get("misconceptions", [])]
        assert told == [(one["text"], one["feedback"]) for one in asked["misconceptions"]]
        carried = [one for one in asked["samples"] if one["label"] in ("partial", "wrong")]
        assert fields.get("samples", []) == carried


@given(document=documents())
@SOME
def test_every_format_says_in_sentences_what_it_leaves_out(document: dict[str, Any]) -> None:
    for kind in WRITERS:
        told = losses(document, kind)
        assert all(one[0].isupper() and one.endswith(".") for one in told)
        assert len(set(told)) == len(told)
        if kind.startswith("native"):
            assert told == []


@pytest.mark.parametrize("kind", ["native", "native-json"])
def test_sets_that_ship_are_written_as_they_are(kind: str, tmp_path: Path) -> None:
    document = bank_file(question(), sets=(question_set("what-is-it"),))
    path = tmp_path / f"bank{WRITERS[kind][1]}"
    path.write_text(write(document, kind), encoding="utf-8")
    assert read_bank([path], TODAY) == read_bank([write_bank(tmp_path / "a.yaml", document)], TODAY)
