"""Files in any state: read as far as they go, or refused in words, and never anything else."""

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.formats import csv_bank, gift, limits, native_import
from interview.formats.completing import complete
from interview.formats.imported import MOST_QUESTIONS, Notice, Reading, Unreadable
from interview.formats.moodle import reader as moodle
from interview.formats.writing import WRITERS, write
from tests.support.bank_files import TODAY, question
from tests.support.documents import documents, texts

SOME = settings(max_examples=50, deadline=None)
READERS: dict[str, ModuleType] = {
    "native": native_import,
    "native-json": native_import,
    "csv": csv_bank,
    "gift": gift,
    "moodle": moodle,
}


def read(text: str, kind: str) -> Reading:
    """What is in a text, completed as an import does it, or only why it is refused."""
    try:
        reading: Reading = READERS[kind].read(text, f"file{WRITERS[kind][1]}")
    except Unreadable as refused:
        told = Notice("error", refused.line, str(refused))
        reading = Reading("", "", (), (told,))
    for found in reading.questions:
        complete(found, {}, TODAY)
    for notice in (*reading.notices, *(n for found in reading.questions for n in found.notices)):
        assert notice.message
        assert 0 <= notice.line <= text.count("\n") + 1
    return reading


@pytest.mark.parametrize("kind", READERS)
@given(text=(st.text() | texts()).map(lambda text: text.replace("\r", "\n")))
@SOME
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    read(text, kind)


@pytest.mark.parametrize("kind", READERS)
@given(document=documents(), wrong=texts(), place=st.floats(0, 1), lost=st.integers(0, 9))
@SOME
def test_a_file_with_something_lost_or_added_is_read_or_refused(
    kind: str, document: dict[str, Any], wrong: str, place: float, lost: int
) -> None:
    text = write(document, kind)
    at = int(place * len(text))
    read(text[:at] + wrong + text[at + lost :], kind)


@pytest.mark.parametrize("kind", READERS)
@given(document=documents(), place=st.floats(0, 1))
@SOME
def test_a_file_that_breaks_off_is_read_or_refused(
    kind: str, document: dict[str, Any], place: float
) -> None:
    text = write(document, kind)
    read(text[: int(place * len(text))], kind)


def many(count: int) -> dict[str, Any]:
    questions = [
        {
            "slug": f"question-{number}",
            "prompt": f"What is {number}?",
            "difficulty": "easy",
            "target_seconds": 60,
            "references": [f"It is the number {number}."],
        }
        for number in range(count)
    ]
    return {"topic": "Numbers", "questions": questions}


@pytest.mark.parametrize("kind", ["native-json", "csv", "gift"])
def test_as_many_questions_as_a_file_can_have_are_read(kind: str) -> None:
    assert len(read(write(many(MOST_QUESTIONS), kind), kind).questions) == MOST_QUESTIONS


@pytest.mark.parametrize("kind", READERS)
def test_a_file_with_more_questions_is_refused(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_QUESTIONS", 20)
    assert len(read(write(many(20), kind), kind).questions) == 20
    refused = read(write(many(21), kind), kind)
    assert refused.questions == ()
    assert "this one has more" in refused.notices[0].message


BROKEN: dict[str, str] = {
    "csv": "question,answer\n" + "What?," * 50 + "\n" * 9,
    "gift": "[tag:" * 20_000 + "\n// " + "[tag:" * 20_000 + "{" * 20_000,
    "moodle": f"<quiz><question type='essay'>{' ' * 200_000}</question></quiz>",
    "native": "format: mock-interview-bank\nversion: 1\n" + "'" * 100_001,
    "native-json": '{"format": "mock-interview-bank", "version": 1, "a": ' + "[" * 100_000,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_text_that_repeats_itself_is_read_in_one_go(kind: str) -> None:
    read(BROKEN[kind], kind)


@pytest.mark.parametrize("kind", ["native", "native-json"])
def test_a_list_without_end_is_told_in_few_words(kind: str) -> None:
    asked = question(tags=[1] * 5_000, key_points=[{}] * 5_000)
    reading = read(write({"topic": "T", "questions": [asked]}, kind), kind)
    _, notices = complete(reading.questions[0], {}, TODAY)
    assert 0 < len(notices) < 2_000


@pytest.mark.parametrize("name", ["file.yaml", "file.json"])
def test_more_fields_than_a_machine_can_bear_are_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("interview.formats.positions._MOST_FIELDS", 50)
    content = '{"format": "mock-interview-bank", "version": 1, "a": [' + "1, " * 200 + "1]}"
    with pytest.raises(Unreadable, match="more fields"):
        native_import.read(content, name)


def test_a_half_valid_file_keeps_its_good_half() -> None:
    good, bad = many(2)["questions"]
    for kind in READERS:
        reading = read(
            write({"topic": "T", "questions": [good, {**bad, "prompt": "…"}]}, kind), kind
        )
        first, second = (complete(found, {}, TODAY) for found in reading.questions)
        assert first[0]
        assert second[0] is None
        assert second[1][-1].message == "prompt needs at least one word"
