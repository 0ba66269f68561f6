"""Rosters: read from what people's programs write, and every wrong cell named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.formats.delimited import LARGEST_BYTES, Unreadable, decode
from interview.formats.roster import COLUMNS, MOST_ROWS, CellProblem, Roster, RosterRow, read

ADA = RosterRow(2, "Ada Lovelace", "ada@example.org")


def address(text: str) -> str:
    if text.count("@") != 1:
        raise ValueError("An address has one @.")
    return text.lower()


def name(text: str) -> str:
    return " ".join(text.split())


def roster(text: str) -> Roster:
    return read(text, address, name)


def refusal(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        roster(text)
    return refused.value


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_commas_semicolons_and_tabs_part_the_cells(mark: str, end: str) -> None:
    text = end.join([f"name{mark}email", f"Ada Lovelace{mark}ADA@example.org"])
    assert roster(text).rows == (ADA,)


@pytest.mark.parametrize(
    "heading",
    ["name,email", "NAME , Email", '"name","e-mail"', "\ufeffname,email", "sep=,\nName,E-Mail"],
)
def test_the_first_row_is_read_in_any_case_and_spelling(heading: str) -> None:
    (row,) = roster(f"{heading}\nAda Lovelace,ada@example.org\n").rows
    assert (row.name, row.email) == (ADA.name, ADA.email)


def test_columns_stand_in_any_order_and_others_are_told() -> None:
    text = "Time factor;Matriculation;GROUP;email;role;name\n1,5;77;Monday;a@b.c;Assistant;Ann\n"
    found = roster(text)
    assert found.rows == (RosterRow(2, "Ann", "a@b.c", "assistant", "Monday", 1.5),)
    assert found.ignored == ("Matriculation",)


def test_an_empty_cell_is_the_usual_and_a_missing_column_says_nothing() -> None:
    (full,) = roster("name,email,role,group,time_factor\nAnn,a@b.c,,,\n").rows
    assert (full.role, full.group, full.time_factor) == ("learner", "", 1.0)
    (short,) = roster("name,email\nAnn,a@b.c\n").rows
    assert (short.role, short.group, short.time_factor) == (None, None, None)


def test_cells_may_hold_separators_quotes_and_line_ends() -> None:
    text = 'email,name\na@b.c,"Lovelace, ""Ada""\nCountess"\n\nb@b.c,Bo\n'
    assert [(row.line, row.name) for row in roster(text).rows] == [
        (2, 'Lovelace, "Ada" Countess'),
        (5, "Bo"),
    ]


def test_every_wrong_cell_is_named_with_its_line() -> None:
    text = (
        "name,email,role,group,time_factor\n"
        "Ann,a@b.c,learner,,1\n"
        "\n"
        ",nobody,boss,,11\n"
        f"Cy,c@b.c,,{'g' * 61},often\n"
        "Di,d@b.c,,,1,more\n"
        "Ed\n"
    )
    found = roster(text)
    assert [row.name for row in found.rows] == ["Ann"]
    assert [(one.line, one.column) for one in found.problems] == [
        (4, "name"),
        (4, "email"),
        (4, "role"),
        (4, "time_factor"),
        (5, "group"),
        (5, "time_factor"),
        (6, "row"),
        (7, "email"),
    ]
    words = " ".join(one.message for one in found.problems)
    for part in ("There is no name.", "one @", "“boss” is no role", "“11” is no time", "60 char"):
        assert part in words


def test_an_address_that_stands_twice_is_named_with_both_lines() -> None:
    found = roster("name,email\nAnn,a@b.c\nBo,b@b.c\nAnna,A@B.C\n")
    assert [row.name for row in found.rows] == ["Ann", "Bo"]
    assert found.problems == (CellProblem(4, "email", "“a@b.c” stands on line 2 already."),)


def test_a_group_is_spelt_as_at_first() -> None:
    found = roster("name,email,group\nAnn,a@b.c,Monday  early\nBo,b@b.c,MONDAY EARLY\n")
    assert [row.group for row in found.rows] == ["Monday early", "Monday early"]


@pytest.mark.parametrize("typed", ["1", "1.5", "1,5", "10", " 2 ", "1."])
def test_a_time_factor_is_written_with_a_point_or_a_comma(typed: str) -> None:
    (row,) = roster(f"name;email;time_factor\nAnn;a@b.c;{typed}\n").rows
    assert row.time_factor == float(typed.replace(",", "."))


@pytest.mark.parametrize("typed", ["0.9", "10.1", "nan", "inf", "1e0", "1_0", "-1", "1.5x"])
def test_what_is_no_time_factor_is_refused(typed: str) -> None:
    assert roster(f"name;email;time_factor\nAnn;a@b.c;{typed}\n").rows == ()


def test_what_was_kept_from_being_computed_is_read_as_it_was() -> None:
    (row,) = roster("name,email\n'=Ann,'+a@b.c\n").rows
    assert (row.name, row.email) == ("=Ann", "+a@b.c")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "There is nothing in it"),
        ("\n \n", 0, "There is nothing in it"),
        ("name\nAnn\n", 1, "there is no “email”"),
        ("Ann,a@b.c\n", 1, "there is no “name” and no “email”"),
        ("name,email,E-Mail\nAnn,a@b.c,b\n", 1, "“email” is there twice"),
        ('name,email\nAnn,a@b.c\n"Bo,b@b.c\nCy,c@b.c\n', 3, "quotation marks"),
        ('name,email\n"An"n,a@b.c\n', 2, "quotation marks"),
        (f"name,email\nAnn,{'a' * 200_000}\n", 2, "is too long"),
        (f"name,email\nAnn,a@b.c{',' * 99}\n", 2, "100 cells; this one has 101"),
        (f"name,email{',' * 1_000_000}", 1, "100 cells; this one has 1,000,002"),
        ("name,email\n" + "\n" * 200_000, 100_001, "Most lines of it are empty"),
    ],
)
def test_a_text_that_is_no_roster_is_refused_with_the_line(
    text: str, line: int, words: str
) -> None:
    refused = refusal(text)
    assert refused.line == line
    assert words in str(refused)


def test_as_many_rows_as_allowed_are_read_and_not_one_more() -> None:
    lines = [f"P{number},p{number}@b.c" for number in range(MOST_ROWS)]
    text = "\n".join(["name,email", *lines])
    assert len(roster(text).rows) == MOST_ROWS
    assert "5,000 rows" in str(refusal(f"{text}\nOne,more@b.c"))


def test_a_text_of_more_than_5_mb_is_refused_with_its_size() -> None:
    text = "name,email\n" + "x" * LARGEST_BYTES
    assert "5 MB; this one has 5.00 MB" in str(refusal(text))
    with pytest.raises(Unreadable, match=r"this one has 5\.00 MB"):
        decode(text.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_in_these_encodings_are_understood(encoding: str) -> None:
    text = "name,email\nŻofia Ćwik,z@b.c\n"
    assert roster(decode(text.encode(encoding))).rows[0].name == "Żofia Ćwik"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("name,email\nJosé,j@b.c\n".encode("latin-1"), 2),
        ("name,email\n".encode("utf-16-le"), 1),
        (b"\xff\xfe\x00", 1),
        (b"PK\x03\x04\x14\x00\x06\x00", 1),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, line: int) -> None:
    with pytest.raises(Unreadable, match="CSV UTF-8") as refused:
        decode(data)
    assert refused.value.line == line


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8), st.sampled_from(",;\t"))
def test_any_text_is_read_or_refused_and_every_row_accounted_for(
    rows: list[list[str]], mark: str
) -> None:
    text = "\n".join([mark.join(COLUMNS), *(mark.join(cells) for cells in rows)])
    try:
        found = roster(text)
    except Unreadable:
        return
    good = {row.line for row in found.rows}
    assert not good & {one.line for one in found.problems}
    assert len(good) == len(found.rows)
    assert len({row.email for row in found.rows}) == len(found.rows)
