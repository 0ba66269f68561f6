"""Files of any kind: decoded, told apart, and refused where they are no text."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.formats.decoding import decode
from interview.formats.imported import LARGEST_BYTES, MOST_QUESTIONS, Unreadable
from interview.formats.reading import format_of, read_file
from tests.support.articles import prompts

TEXT = "What is a café?\n\nA place for coffee – and “cake”.\n"
NO_TEXT = {
    "a ZIP archive": b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)),
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a compressed file": b"\x1f\x8b\x08\x00",
    "a rich text document": b"{\\rtf1\\ansi What is it?}",
    "bytes that no text has": b"What is it?\x00\x00\x01It is.",
}


def refusal(data: bytes, name: str = "bank.txt", kind: str = "") -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(data, name, kind)
    return str(refused.value)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
)
def test_unicode_is_read_however_it_is_written(data: bytes) -> None:
    assert decode(data) == (TEXT, ())


def test_windows_1252_is_read_with_a_warning_on_the_first_odd_line() -> None:
    text, (notice,) = decode(("Plain.\n" + TEXT).encode("cp1252"))
    assert text == "Plain.\n" + TEXT
    assert (notice.kind, notice.line) == ("warning", 2)
    assert "Windows-1252" in notice.message
    assert "What is a café?" in notice.message


def test_a_file_that_ends_within_a_character_is_read_to_there() -> None:
    text, (notice,) = decode("What is a café?\n\nA café".encode()[:-1])
    assert text == "What is a café?\n\nA caf"
    assert (notice.line, "end may be missing" in notice.message) == (3, True)


def test_broken_characters_among_good_ones_are_told() -> None:
    text, (notice,) = decode("é é é é\n".encode() + b"a\xffb\n" + "é é\n".encode())
    assert text == "é é é é\na\ufffdb\né é\n"
    assert (notice.line, "(1 in the file" in notice.message) == (2, True)


def test_a_stray_control_character_is_left_out() -> None:
    text, (notice,) = decode(b"What is it?\n\nIt\x08 is.\n")
    assert text == "What is it?\n\nIt is.\n"
    assert notice.line == 3


@pytest.mark.parametrize("what", NO_TEXT)
def test_what_is_no_text_is_refused_in_words(what: str) -> None:
    assert what in refusal(NO_TEXT[what])


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "There is nothing in this file."


def test_a_file_larger_than_5_mb_is_refused() -> None:
    assert "5 MB" in refusal(b"a" * (LARGEST_BYTES + 1))
    assert "No question" in refusal(b"a" * LARGEST_BYTES)


def test_text_without_a_question_is_refused() -> None:
    assert "No question was found" in refusal(b"Just some words.\n\nAnd some more.\n")


def test_ten_thousand_questions_are_read_and_more_are_refused() -> None:
    file = "".join(f"Q: What is {n}?\nA: A number.\n" for n in range(MOST_QUESTIONS))
    assert len(read_file(file.encode(), "bank.txt").questions) == MOST_QUESTIONS
    more = f"{file}Q: What is more?\nA: That.\n"
    assert "10,000 questions; this one has 10,001" in refusal(more.encode())


def test_notices_of_the_decoding_come_with_the_reading() -> None:
    read = read_file(TEXT.encode("cp1252"), "bank.txt")
    assert prompts(read) == ["What is a café?"]
    assert "Windows-1252" in read.notices[0].message


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.yaml", "native"),
        ("a.JSON", "native"),
        ("a.csv", "csv"),
        ("a.gift", "gift"),
        ("a.md", "article"),
        ("a.html", "article"),
        ("a.txt", "article"),
        ("", "article"),
    ],
)
def test_the_name_tells_the_format(name: str, kind: str) -> None:
    assert format_of(TEXT, name) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("format: mock-interview-bank\nversion: 1\n", "native"),
        ('<?xml version="1.0"?>\n<quiz>\n<question type="essay"></question></quiz>', "moodle"),
        ("prompt,references\nWhat is it?,A thing.\n", "csv"),
        ("::One::What is it?{=A thing}\n\n::Two::Who was it?{=Me}\n", "gift"),
    ],
)
def test_what_it_holds_tells_the_format_of_pasted_text(text: str, kind: str) -> None:
    assert format_of(text, "pasted.txt") == kind


def test_the_format_can_be_chosen() -> None:
    read = read_file(b"# Things\n\n## What is it?\n\nA thing.\n", "bank.csv", "article")
    assert prompts(read) == ["What is it?"]
    assert "no format" in refusal(b"a", kind="word")


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_no_bytes_break_the_reading_of_an_article(data: bytes, name: str) -> None:
    try:
        read = read_file(data, name, "article")
    except Unreadable:
        return
    assert read.questions
