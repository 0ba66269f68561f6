from hypothesis import given
from hypothesis import strategies as st

from interview.rules.typed import clean

anything = st.text(alphabet=st.characters(), max_size=200)


def test_line_ends_become_one_character() -> None:
    assert clean("a\r\nb\rc\nd").text == "a\nb\nc\nd"


def test_what_cannot_be_stored_is_replaced_and_counted() -> None:
    typed = clean("a\x00b\ud800c")
    assert typed.text == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert typed.replaced == 2


@given(anything)
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    cleaned = clean(text).text
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text).text
    again = clean(once)
    assert (again.text, again.replaced) == (once, 0)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r")))
def test_ordinary_text_is_kept_to_the_letter(text: str) -> None:
    assert clean(text).text == text
