import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.reading import read
from interview.grading.text import fold, lexeme, terms_of


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("INSTALLED_APPS", "installed_apps"),
        ("django.contrib.staticfiles", "django.contrib.staticfiles"),
        ("manage.py", "manage.py"),
        ("O(n log n)", "o(nlogn)"),
        ("C++", "c++"),
        ("C#", "c#"),
        ("render()", "render"),
        ("{% csrf_token %}", "csrf_token"),
        ("**bold**", "bold"),
        ("`code`", "code"),
        ("user's", "user"),
        ("three", "3"),
    ],
)
def test_identifiers_are_indexed_whole_and_in_lower_case(written: str, term: str) -> None:
    assert terms_of(written) == [term]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("QuerySet", "queryset"),
        ("QuerySets", "QUERYSET"),
        ('request.session["k"]', "request.session['k']"),
        ("multi-table", "multi table"),
        ("serialise", "serialize"),
        ("behaviour", "behavior"),
        ("don’t", "don't"),
        ("cannot", "can't"),
        ("café", "cafe"),
    ],
)
def test_two_ways_to_write_the_same_give_the_same_terms(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other)


def test_an_identifier_keeps_its_parts_as_an_alternative() -> None:
    assert lexeme("CsrfViewMiddleware").parts == ("csrf", "view", "middlewar")
    assert lexeme("csrf_token").parts == ("csrf", "token")


@given(st.text())
def test_every_unicode_form_of_a_text_folds_to_the_same(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text))[0] for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("aé’\u0301ﬁ½…“ ")))
def test_words_are_found_again_at_their_offsets(text: str) -> None:
    reading = read(text)
    for term, start, end in zip(reading.terms, reading.starts, reading.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert term in terms_of(text[start:end])


def test_markdown_signs_are_no_words() -> None:
    text = "# Title\n\n- **one** `two`\n\n| a | b |\n| --- | --- |\n| c | d |\n"
    assert terms_of(text) == ["titl", "one", "2", "a", "b", "c", "d"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000/", "HTTP://127.0.0.1:8000"])
def test_an_address_is_read_without_its_scheme(address: str) -> None:
    assert terms_of(address) == terms_of("127.0.0.1:8000") == ["127.0.0.1", "8000"]
