"""Filling in what a file does not say of a question, and naming what is wrong with it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.formats.completing import complete, target_seconds
from interview.formats.imported import Found, Notice
from interview.formats.naming import LONGEST, key_points, misconceptions, slug_of

TODAY = date(2026, 3, 2)
BARE = {"prompt": "What is it?", "references": ["It is one thing."]}


def found(**changes: Any) -> Found:
    return Found(5, {**BARE, **changes})


def test_what_a_file_does_not_say_is_filled_in() -> None:
    record, notices = complete(found(), {}, TODAY)
    assert record
    assert notices == ()
    assert (record.slug, record.topic, record.difficulty) == ("what-is-it", "General", "medium")
    assert (record.target_seconds, record.status, record.tags) == (60, "ready", [])


def test_defaults_stand_behind_the_file_and_tags_are_added() -> None:
    defaults = {
        "topic": "Things",
        "tags": ["new", "basics"],
        "difficulty": "hard",
        "target_seconds": 300,
        "status": "draft",
    }
    record, _ = complete(found(), defaults, TODAY)
    assert record
    assert (record.topic, record.difficulty, record.target_seconds) == ("Things", "hard", 300)
    assert (record.status, record.tags) == ("draft", ["new", "basics"])
    own = {"topic": "Mine", "tags": ["basics"], "difficulty": "easy", "status": "ready"}
    record, _ = complete(found(**own), defaults, TODAY)
    assert record
    assert (record.topic, record.difficulty, record.status) == ("Mine", "easy", "ready")
    assert record.tags == ["basics", "new"]


@pytest.mark.parametrize("status", ["ready", "retired", "draft"])
def test_a_question_without_an_answer_is_a_draft_and_no_error(status: str) -> None:
    record, notices = complete(found(references=[], status=status), {}, TODAY)
    assert record
    assert record.status == "draft"
    assert [(one.kind, one.line) for one in notices] == [("warning", 5)]
    assert "no answer" in notices[0].message


def test_every_problem_is_told_on_the_line_of_its_field() -> None:
    wrong = Found(
        5,
        {**BARE, "difficulty": "brutal", "tags": 5, "key_points": [{"id": "one", "wieght": 2}]},
        (Notice("warning", 6, "looks odd"),),
        {("difficulty",): 7, ("key_points", 0): 9, ("key_points", 0, "wieght"): 11},
    )
    record, notices = complete(wrong, {}, TODAY)
    assert record is None
    assert [(one.kind, one.line, one.message) for one in notices] == [
        ("warning", 6, "looks odd"),
        ("error", 7, "difficulty must be 'easy', 'medium' or 'hard'"),
        ("error", 5, "tags must be a list"),
        ("error", 9, "key_points[0].text is missing"),
        ("error", 11, "key_points[0].wieght is not a field of this format"),
    ]


def test_an_error_of_the_reader_keeps_a_question_out() -> None:
    broken = Found(1, BARE, (Notice("error", 1, "is given twice"),))
    assert complete(broken, {}, TODAY) == (None, broken.notices)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("prompt", "…", "prompt needs at least one word"),
        ("prompt", "x" * 20_001, "prompt can have 20,000 characters at most"),
        ("topic", "a\nb", "topic must be one line of text"),
        ("slug", "Ä", "slug can have small letters, digits and hyphens only"),
        ("last_verified", "2026-03-03", "last_verified is in the future"),
        ("sources", [{"title": "a", "url": "javascript:1"}], "begins with http:// or https://"),
        ("references", "text", "references must be a list"),
    ],
)
def test_problems_are_said_in_the_words_of_the_file(field: str, value: Any, words: str) -> None:
    record, notices = complete(found(**{field: value}), {}, TODAY)
    assert record is None
    assert words in notices[-1].message


@pytest.mark.parametrize(
    ("words", "seconds"), [(0, 60), (7, 60), (8, 75), (100, 165), (538, 600), (9_999, 600)]
)
def test_the_target_time_follows_the_length_of_the_answer(words: int, seconds: int) -> None:
    assert target_seconds(["word " * words]) == seconds


@pytest.mark.parametrize(
    ("prompt", "slug"),
    [
        ("What is Django?", "what-is-django"),
        ("Was heißt „Straße“ für Django's ORM?", "was-heit-strae-fur-djangos-orm"),
        ("何ですか", "question"),
        ("a" * 200, "a" * LONGEST),
        (f"{'word ' * 11}longer", "-".join(["word"] * 11)),
    ],
)
def test_a_slug_is_made_of_the_prompt(prompt: str, slug: str) -> None:
    assert slug_of(prompt) == slug


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_a_slug_is_short_and_plain_whatever_is_asked(prompt: str) -> None:
    slug = slug_of(prompt)
    assert 0 < len(slug) <= LONGEST
    assert slug.strip("-") == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.lists(st.sampled_from(["It is.", "It is 2.", "It is!", "2", ""]), max_size=8))
@settings(max_examples=50)
def test_identifiers_are_unique_within_a_question(texts: list[str]) -> None:
    points = [one["id"] for one in key_points(texts)]
    mistakes = [one["id"] for one in misconceptions((text, "") for text in texts)]
    assert len({*points}) == len({*mistakes}) == len(texts)
