"""The files of an export: always valid JSON, and cells that no program computes."""

import csv
import io
import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from interview.formats.cells import bare
from interview.services import export_text, exporting, exporting_told
from tests.support.attempts import ENDED_AT, grade_of

AWKWARD = st.sampled_from(
    ["\u2028", "\u2029", "🐍", '"', "\\", "\x00", "\x7f", "</script>", "\r\n", ",", ";", "'"]
)
# Whatever a database can hold: everything but lone surrogates.
TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])) | AWKWARD).map("".join)
FORMULAS = st.builds("".join, st.tuples(st.sampled_from(["=", "+", "-", "@", "\t", "\r"]), TEXTS))


def attempt(text: str) -> exporting.Record:
    """An attempt in which everything that people write is one text."""
    grade = grade_of(0.5, text).to_dict()
    grade["points"][0] |= {"text": text, "words": text}
    item = {
        **dict.fromkeys(("slug", "topic", "difficulty", "prompt", "band"), text),
        "position": 1,
        "target_seconds": 90,
        "state": "submitted",
        "flagged": False,
        "seconds_used": 61.5,
        "score": 0.5,
        "references": [text],
        "withheld": False,
        "draft": {"text": text, "saved_at": ENDED_AT.isoformat()},
        "answer": {"text": text, "submitted_at": ENDED_AT.isoformat(), "handed_in_by": "learner"},
        "grades": [grade],
        "appeals": [{"key_point": text, "why": text, "status": "open", "reply": text}],
        "remarks": [{"text": text}],
    }
    ended = {"started_at": ENDED_AT.isoformat(), "finished_at": ENDED_AT.isoformat()}
    kind = {"id": 1, "title": text, "preset": "mock", "state": "finished", "score": 0.5}
    return {**kind, **ended, "items": [item]}


def written(writer: Any, text: str) -> str:
    person = {"display_name": text, "email": None}
    with (
        patch.object(exporting, "person", return_value=person),
        patch.object(exporting, "wordings", return_value=[]),
        patch.object(exporting, "attempts", return_value=[attempt(text), attempt(text)]),
        patch.object(exporting_told, "notifications", return_value=[{"words": text}]),
    ):
        return "".join(writer(1, ENDED_AT + timedelta(days=1)))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@given(text=TEXTS)
def test_json_is_valid_and_gives_every_text_back(text: str) -> None:
    file = written(export_text.as_json, text)
    file.encode("utf-8")
    found = json.loads(file)
    assert found["person"]["display_name"] == text
    assert [one["items"][0]["answer"]["text"] for one in found["attempts"]] == [text, text]
    assert found["notifications"] == [{"words": text}]


@given(text=TEXTS)
def test_csv_has_one_row_for_each_question_and_gives_harmless_texts_back(text: str) -> None:
    rows = rows_of(written(export_text.as_csv, text))
    assert len(rows) == 2
    assert bare(rows[0]["answer"]) == text
    assert list(rows[0]) == list(export_text.COLUMNS)


@given(text=FORMULAS)
def test_no_cell_begins_like_a_formula(text: str) -> None:
    for row in rows_of(written(export_text.as_csv, text)):
        assert row["answer"] == f"'{text}"
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_every_row_has_a_cell_for_each_column() -> None:
    file = written(export_text.as_csv, "text").removeprefix("\ufeff")
    widths = {len(row) for row in csv.reader(io.StringIO(file, newline=""))}
    assert widths == {len(export_text.COLUMNS)}


def test_points_are_sorted_by_their_verdict() -> None:
    (row, _) = rows_of(written(export_text.as_csv, "the point"))
    assert (row["points_found"], row["points_not_found"]) == ("the point", "")
