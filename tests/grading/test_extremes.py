"""Texts that nobody expects, as answers and as references."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.grading import Flag, Grade, Rubric
from tests.grading.banks import CACHE, shipped_grader


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


@settings(deadline=None)
@given(st.text(min_size=1).filter(lambda text: re.search(r"[^\W_]", text)), st.text())
def test_any_text_with_a_word_can_be_a_reference(reference: str, prompt: str) -> None:
    assert graded(reference, Rubric(prompt, (reference,))).score >= 0.95


def test_a_reference_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        graded("anything", Rubric("Q?", ("...",)))


@pytest.mark.parametrize(
    "answer",
    [
        "<script>alert('x')</script> <b>On a miss</b> the cache loads &amp; stores",
        "on a miss\x00 the cache\x00loads",
        "🙂 on a miss the cache loads 🚀🚀",
        "\ud800 lone surrogate",
        "на промахе кэш загружает значение из базы данных и сохраняет его",
        "キャッシュはデータベースから値を読み込みます",
        "a" * 20_000,
        "cache " * 3_400,
        ("On a miss the cache loads the value from the database and stores it. " * 300)[:20_000],
        "(((((" * 4_000,
        "O(" * 10_000,
        "a.b." * 5_000,
        "-- \n" * 5_000,
        "not " * 5_000,
        "It is wrong. " * 1_500,
        "not x: y, z or " * 1_300,
    ],
)
def test_no_text_breaks_it(answer: str) -> None:
    assert 0 <= graded(answer).score <= 1


@pytest.mark.parametrize("answer", ["", "   ", "\n\n", "...", "?!", "\x00"])
def test_nothing_said_is_empty_and_scores_nothing(answer: str) -> None:
    grade = graded(answer)
    assert (grade.score, grade.flags, grade.similarity) == (0.0, (Flag.EMPTY,), 0.0)
    assert len(grade.points) == len(CACHE.key_points)
