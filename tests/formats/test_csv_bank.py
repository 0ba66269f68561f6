"""Tables of questions, as spreadsheet programs write them and as they are written for them."""

import csv
import io
from typing import Any

import pytest

from interview.formats import csv_writing
from interview.formats.cells import BYTE_ORDER_MARK, bare, guarded
from interview.formats.csv_bank import looks_like, read
from interview.formats.imported import Unreadable
from interview.services.csv_text import lines
from tests.support.bank_files import question


def refusal(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(text, "bank.csv")
    return refused.value


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("question_name", "answer_name"),
    [("question", "answer"), ("Prompt", "Reference"), ("QUESTION_TEXT", "Model answer:")],
)
def test_columns_are_known_by_several_names(
    mark: str, question_name: str, answer_name: str
) -> None:
    text = f"{question_name}{mark}{answer_name}\nWhat is it?{mark}It is.\n"
    (found,) = read(text, "").questions
    assert found.fields == {"prompt": "What is it?", "references": ["It is."]}
    assert found.line == 2


@pytest.mark.parametrize("quote", ['"', "'"])
def test_quoting_is_found_out(quote: str) -> None:
    cells = ("question", "answer"), ("What, exactly?", "One;\ntwo")
    text = "\n".join(",".join(f"{quote}{cell}{quote}" for cell in row) for row in cells)
    (found,) = read(text, "").questions
    assert found.fields == {"prompt": "What, exactly?", "references": ["One;\ntwo"]}


def test_every_column_is_read() -> None:
    text = (
        "ID;Topic;Status;Level;Tags;Target seconds;Question;Answer;Answer 2;Key points;"
        "Misconceptions;Feedback;Sources;Product;From;To;Last verified\n"
        "it;Things;Draft;Beginner;a, b,a;90 s;What?;One.;Two.;It is one | It is two;"
        "It is none | It is nil;No. | Not nil.;"
        "Manual: https://a.example/b | <https://c.example>;It;1;2;2026-01-31\n"
    )
    reading = read(text, "")
    assert reading.notices == ()
    (found,) = reading.questions
    assert found.notices == ()
    assert found.fields == {
        "slug": "it",
        "topic": "Things",
        "status": "draft",
        "difficulty": "easy",
        "tags": ["a", "b"],
        "target_seconds": 90,
        "prompt": "What?",
        "references": ["One.", "Two."],
        "key_points": [
            {"id": "it-is-one", "text": "It is one"},
            {"id": "it-is-two", "text": "It is two"},
        ],
        "misconceptions": [
            {"id": "it-is-none", "text": "It is none", "feedback": "No."},
            {"id": "it-is-nil", "text": "It is nil", "feedback": "Not nil."},
        ],
        "sources": [
            {"title": "Manual", "url": "https://a.example/b"},
            {"title": "https://c.example", "url": "https://c.example"},
        ],
        "valid_for": {"product": "It", "from": "1", "to": "2"},
        "last_verified": "2026-01-31",
    }


def test_key_points_are_parted_by_lines_or_bars() -> None:
    text = 'question,answer,key points\nA?,a,"a | b\nc"\nB?,b,a | b\nC?,c,"a | b\n"\n'
    points = [found.fields["key_points"] for found in read(text, "").questions]
    assert [[point["text"] for point in some] for some in points] == [
        ["a | b", "c"],
        ["a", "b"],
        ["a | b"],
    ]


def test_a_misconception_without_feedback_gets_some() -> None:
    text = "question,answer,misconceptions\nA?,a,It is b.\n"
    (found,) = read(text, "").questions
    assert "common mistake" in found.fields["misconceptions"][0]["feedback"]


def test_what_is_not_understood_is_told_and_left_out() -> None:
    text = (
        "question,answer,mood,level,seconds,status,sources\n"
        "A?,a,gay,brutal,soon,hidden,the manual\n"
        "B?,b,,,,,,more\n"
        ",only an answer\n"
        "D?\n"
    )
    reading = read(text, "")
    assert [(one.kind, one.line) for one in reading.notices] == [("warning", 1)]
    assert "“mood”" in reading.notices[0].message
    first, second, third, fourth = reading.questions
    assert first.fields == {"prompt": "A?", "references": ["a"]}
    assert [one.kind for one in first.notices] == ["warning"] * 4
    assert [(one.kind, one.line) for one in second.notices] == [("error", 3)]
    assert third.fields == {"prompt": "", "references": ["only an answer"]}
    assert fourth.fields == {"prompt": "D?", "references": []}


def test_the_same_identifier_twice_names_both_rows() -> None:
    text = "id,question,answer\nx,A?,a\ny,B?,b\nx,C?,c\n"
    told = [[one.message for one in found.notices] for found in read(text, "").questions]
    assert told == [[], [], ["“x” is used twice, first on line 2"]]


def test_a_table_that_breaks_off_keeps_what_came_before() -> None:
    reading = read('question,answer\nA?,a\nB?,"b is cut', "")
    assert [found.fields["prompt"] for found in reading.questions] == ["A?"]
    assert [(one.kind, one.line) for one in reading.notices] == [("error", 3)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "nothing in it"),
        ("\n\n", 0, "nothing in it"),
        ("What is it?,It is.\n", 1, "must name the columns"),
        ("answer,tags\na,b\n", 1, "one of them must be “question”"),
        ('"question,answer\n', 1, "quotation marks"),
    ],
)
def test_a_text_that_is_no_such_table_is_refused(text: str, line: int, words: str) -> None:
    refused = refusal(text)
    assert words in str(refused)
    assert refused.line == line


def test_a_column_is_there_once() -> None:
    reading = read("question,prompt,answer\nA?,B?,a\n", "")
    assert [(one.kind, one.line) for one in reading.notices] == [("error", 1)]
    assert reading.questions[0].fields["prompt"] == "A?"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''-1", "'plain'", "-", "=cmd|'/c'!A1"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_is_computed_and_reading_takes_the_guard_off(cell: str) -> None:
    written = guarded(cell)
    assert written[0] not in "=+-@\t"
    assert bare(written) == cell
    assert next(csv.reader(io.StringIO(lines([[cell]])))) == [written]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_comes_back_as_what_was_asked(cell: str) -> None:
    asked = {**question(), "prompt": cell, "references": [cell, cell], "tags": [cell]}
    text = csv_writing.write({"topic": cell, "questions": [asked]})
    for row in csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK))):
        assert all(not one.startswith(("=", "+", "-", "@", "\t")) for one in row)
    fields = read(text, "").questions[0].fields
    assert (fields["prompt"], fields["references"]) == (cell, [cell, cell])
    assert (fields["topic"], fields["tags"]) == (cell.strip(), [cell.strip()])


def test_a_table_begins_with_the_mark_that_spreadsheet_programs_need() -> None:
    assert csv_writing.write({"topic": "T", "questions": []}).startswith(BYTE_ORDER_MARK)


def test_what_a_table_leaves_out_is_told_only_where_there_is_some() -> None:
    plain: dict[str, Any] = {"prompt": "A?", "references": ["a"], "difficulty": "easy"}
    assert csv_writing.losses({"questions": [plain]}) == []
    rich = question(samples=[{"label": "good", "text": "It is."}])
    told = csv_writing.losses({"questions": [rich], "authored_sets": [{"title": "Mine"}]})
    assert [line.split()[0] for line in told] == ["How", "Which", "Other", "Sample", "Question"]


def test_a_table_is_known_by_its_name_or_its_first_row() -> None:
    assert looks_like("", "Bank.CSV")
    assert looks_like("Answer;Question\n", "pasted.txt")
    assert not looks_like("What is a question, and what is an answer?\n", "pasted.txt")
