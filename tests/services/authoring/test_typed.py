"""What an author types: kept whole, counted, and fit for the native format once it is asked."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.formats.native import QuestionRecord
from interview.services import canonical
from interview.services.authoring.checking import lacking
from interview.services.authoring.content import blank, hash_of, rubric_data, slug_of
from interview.services.authoring.records import RUBRIC_LIMIT, Content
from interview.services.authoring.typed import filled_rows, read
from interview.web.forms.bank import fields_of
from tests.support.authoring import a_content

TODAY = date(2026, 3, 2)
TEXTS = st.text(max_size=30)


def reread(content: Content) -> Content:
    return read(filled_rows(fields_of(content)), TODAY).content


def record(content: Content) -> QuestionRecord:
    told = {name: value for name, value in content.items() if name != "audience"}
    return QuestionRecord.model_validate({**told, "slug": "a-question"}, context={"today": TODAY})


def test_what_was_kept_is_read_again_as_it_was() -> None:
    assert reread(a_content()) == a_content()
    assert reread(blank()) == blank()
    point = {**a_content()["key_points"][0], "weight": 0.5, "derived": True}
    assert reread(a_content(key_points=[point]))["key_points"] == [point]


def test_what_can_be_asked_is_what_the_native_format_takes() -> None:
    content = reread(a_content())
    assert list(lacking(content)) == []
    taken = record(content)
    assert taken.rubric() == rubric_data(content)
    assert canonical.version_hash(taken.prompt, taken.rubric()) == hash_of(content)


def values(**changes: Any) -> dict[str, Any]:
    return {**fields_of(a_content()), **changes}


rows = st.fixed_dictionaries(
    {"id": TEXTS, "text": TEXTS, "phrasings": TEXTS, "weight": TEXTS, "required": st.just(""),
     "derived": st.just(""), "feedback": TEXTS, "label": TEXTS, "title": TEXTS, "url": TEXTS}
)  # fmt: skip


@settings(max_examples=50)
@given(texts=st.lists(TEXTS, min_size=8, max_size=8), row=rows, references=st.lists(TEXTS))
def test_whatever_is_typed_is_read_and_what_is_fit_can_be_exported(
    texts: list[str], row: dict[str, str], references: list[str]
) -> None:
    names = ("prompt", "topic", "tags", "target_seconds", "last_verified", "product", "from", "to")
    typed = values(
        **dict(zip(names, texts, strict=True)), references=references, key_points=[row, row],
        misconceptions=[row, row], samples=[row], sources=[row],
    )  # fmt: skip
    found = read(filled_rows(typed), TODAY)
    points = [one["id"] for one in found.content["key_points"]]
    assert len(points) == len(set(points))
    if not found.problems and not list(lacking(found.content)):
        record(found.content)


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"prompt": " \n"}, "prompt"), ({"topic": "–"}, "topic"), ({"references": []}, "references"),
     ({"references": ["…"]}, "reference-0"),
     ({"references": ["word " * (RUBRIC_LIMIT // 5)]}, "references"),
     ({"samples": [{"label": "good", "text": "!"}]}, "sample-0-text"),
     ({"sources": [{"title": "", "url": "https://example.org"}]}, "source-0-title"),
     ({"sources": [{"title": "Here", "url": ""}]}, "source-0-url"),
     ({"valid_for": {"product": "It", "from": "", "to": "2"}}, "from")],
)  # fmt: skip
def test_what_is_missing_is_named_by_its_field(changes: dict[str, Any], place: str) -> None:
    assert [one.place for one in lacking(a_content(**changes))] == [place]


def test_rows_without_any_text_are_left_out() -> None:
    nothing = {"id": "", "text": " ", "phrasings": "\n", "weight": "3", "required": "yes",
               "derived": "", "feedback": ""}  # fmt: skip
    typed = values(references=["", "x"], key_points=[nothing], misconceptions=[nothing])
    kept = filled_rows(typed)
    assert (kept["references"], kept["key_points"], kept["misconceptions"]) == (["x"], [], [])


def test_characters_that_no_database_takes_are_replaced() -> None:
    content = read(values(prompt="a\0b\r\nc"), TODAY).content
    assert content["prompt"] == "a\ufffdb\nc"


@pytest.mark.parametrize(
    ("text", "name"),
    [("What is a QuerySet?", "what-is-a-queryset"), ("Größe & Maß", "groe-ma"), ("漢字", ""),
     ("x" * 60, "x" * 40), ("one " * 30, "one-one-one-one-one-one-one-one-one-one")],
)  # fmt: skip
def test_a_text_is_named_by_its_first_words(text: str, name: str) -> None:
    assert slug_of(text) == name
