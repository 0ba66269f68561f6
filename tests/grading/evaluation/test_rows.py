import csv
import json
from pathlib import Path

import pytest

from interview.grading.evaluation import rows as reading
from interview.grading.evaluation.rows import BadFile, GradedAnswer, read_rows
from tests.support.marked import HEAD, MARKED, MISS, answers, marked, write_marked

GOOD = marked("It loads the value.", 0.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "marked.csv"


def problem(path: Path) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_rows([path])
    assert str(caught.value).startswith(str(path))
    return caught.value


def changed(column: str, value: str) -> list[str]:
    row = list(GOOD)
    row[HEAD.index(column)] = value
    return row


def test_a_row_is_read_whole(path: Path) -> None:
    write_marked(path, [[*GOOD, '["It reads it in.", " "]']], (*HEAD, "all_refs"))
    assert read_rows([path]) == [
        GradedAnswer("small", "What", *MISS, "It loads the value.", 0.5, ("It reads it in.",))
    ]


def test_what_is_written_is_what_is_read(path: Path) -> None:
    assert read_rows([write_marked(path, MARKED)]) == answers()


def test_each_accepted_answer_counts_once() -> None:
    row = GradedAnswer("set", "q", "Why?", "b", "", 0.0, ("a", "b", "a"))
    assert row.references == ("b", "a")
    assert row.key == ("set", "q")


def test_columns_may_come_in_any_order_and_with_others(path: Path) -> None:
    head = [*reversed(HEAD), "split"]
    write_marked(path, [[*reversed(GOOD), "train"]], head)
    assert read_rows([path])[0].answer == "It loads the value."


def test_files_follow_each_other(path: Path, tmp_path: Path) -> None:
    write_marked(path, [GOOD, GOOD])
    other = write_marked(tmp_path / "other.csv", [marked("No.", 0, dataset="other")])
    assert [row.dataset for row in read_rows([path, other])] == ["small", "small", "other"]


def test_one_question_may_be_asked_in_several_wordings(path: Path) -> None:
    write_marked(path, [GOOD, changed("question", "And on a miss?")])
    assert len({row.key for row in read_rows([path])}) == 1


def test_byte_order_mark_blank_lines_and_line_breaks_in_fields_are_read(path: Path) -> None:
    write_marked(path, [changed("answer", "one\r\ntwo"), changed("answer", "")])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"score\r\n", b"score\r\n\r\n"))
    assert [row.answer for row in read_rows([path])] == ["one\r\ntwo", ""]


def test_a_long_field_is_read_and_the_limit_of_others_stays(path: Path) -> None:
    before = csv.field_size_limit()
    write_marked(path, [changed("answer", "word " * 100_000)])
    assert len(read_rows([path])[0].answer) == 500_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("column", HEAD)
def test_a_missing_column_is_named(path: Path, column: str) -> None:
    head = [name if name != column else "other" for name in HEAD]
    write_marked(path, [GOOD], head)
    found = problem(path)
    assert (found.line, found.column) == (1, column)


def test_a_column_that_is_there_twice_is_named(path: Path) -> None:
    write_marked(path, [[*GOOD, "1"]], (*HEAD, "score"))
    assert problem(path).column == "score"


@pytest.mark.parametrize(("content", "told"), [("", "empty"), (",".join(HEAD), "no rows")])
def test_a_file_without_rows_is_refused(path: Path, content: str, told: str) -> None:
    path.write_text(content, encoding="utf-8")
    assert problem(path).problem == told


@pytest.mark.parametrize("score", ["", "good", "nan", "inf", "-0.1", "1.5", "0,5"])
def test_a_mark_that_is_none_is_refused(path: Path, score: str) -> None:
    write_marked(path, [GOOD, changed("score", score)])
    found = problem(path)
    assert (found.line, found.column) == (3, "score")


@pytest.mark.parametrize("column", ["dataset", "question_id", "question", "reference"])
def test_an_empty_cell_is_refused(path: Path, column: str) -> None:
    write_marked(path, [GOOD, changed(column, "  ")])
    found = problem(path)
    assert (found.line, found.column) == (3, column)


def test_a_reference_without_a_word_is_refused(path: Path) -> None:
    write_marked(path, [changed("reference", "…")])
    assert problem(path).column == "reference"


@pytest.mark.parametrize("listed", ["word", "{}", "null", "[1]", '["a"', json.dumps({"a": "b"})])
def test_accepted_answers_that_are_no_list_are_refused(path: Path, listed: str) -> None:
    write_marked(path, [[*GOOD, listed]], (*HEAD, "all_refs"))
    found = problem(path)
    assert (found.line, found.column) == (2, "all_refs")


def test_brackets_without_end_are_no_list(path: Path) -> None:
    write_marked(path, [[*GOOD, "[" * 100_000]], (*HEAD, "all_refs"))
    assert problem(path).column == "all_refs"


@pytest.mark.parametrize("row", [GOOD[:-1], [*GOOD, "more"]])
def test_a_row_of_another_length_is_refused(path: Path, row: list[str]) -> None:
    write_marked(path, [changed("answer", "one\ntwo"), row])
    found = problem(path)
    assert found.line == 4
    assert "where the header has 6" in found.problem


def test_a_quote_that_never_ends_is_refused(path: Path) -> None:
    write_marked(path, [GOOD])
    path.write_text(path.read_text("utf-8") + '"small,', encoding="utf-8")
    found = problem(path)
    assert found.line == 3
    assert "not CSV" in found.problem


def test_another_encoding_is_refused_with_its_line(path: Path) -> None:
    write_marked(path, [GOOD, changed("answer", "naïve")])
    path.write_text(path.read_text("utf-8"), encoding="latin-1")
    found = problem(path)
    assert (found.line, found.problem) == (3, "not UTF-8")


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 100)
    write_marked(path, [GOOD] * 5)
    assert "larger than" in problem(path).problem


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    assert problem(tmp_path / "nowhere.csv").line is None
    assert problem(tmp_path).line is None
