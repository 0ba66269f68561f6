"""What must not change a grade, measured on the open answers to the whole bank."""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from interview.grading import CompiledRubric, Grade
from tests.grading.banks import pairs, shipped_grader, shipped_rubrics
from tests.grading.made_up import UNRELATED


def answers() -> list[tuple[CompiledRubric, str]]:
    grader, rubrics = shipped_grader(), shipped_rubrics()
    slugs = {pair["slug"] for pair in pairs("tuning")}
    compiled = {slug: grader.compile(rubrics[slug]) for slug in sorted(slugs)}
    return [(compiled[pair["slug"]], pair[side]) for pair in pairs("tuning") for side in SIDES]


SIDES = ("right", "wrong")
ANSWERS = answers()


def graded(compiled: CompiledRubric, answer: str) -> Grade:
    return shipped_grader().grade(compiled, answer)


def without_spans(grade: Grade) -> Grade:
    points = tuple(replace(point, span=None) for point in grade.points)
    misconceptions = tuple(item.id for item in grade.misconceptions)
    return replace(grade, points=points, misconceptions=misconceptions)  # type: ignore[arg-type]


def with_smart_quotes(text: str) -> str:
    return re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’")


def wrapped(width: int) -> Callable[[str], str]:
    return lambda text: textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\t"),
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\r\n", 5),
        wrapped(35),
        wrapped(72),
        with_smart_quotes,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFKC", text),
    ],
)
def test_how_a_text_is_set_makes_no_difference(changed: Callable[[str], str]) -> None:
    for compiled, answer in ANSWERS:
        plain = without_spans(graded(compiled, answer))
        assert without_spans(graded(compiled, changed(answer))) == plain


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_hardly_matters(change: Callable[[str], str]) -> None:
    for compiled, answer in ANSWERS:
        score = graded(compiled, answer).score
        assert graded(compiled, change(answer)).score == pytest.approx(score, abs=0.02)


def test_an_unrelated_sentence_neither_pays_nor_costs() -> None:
    ended = [(compiled, answer) for compiled, answer in ANSWERS if answer.endswith(".")]
    for compiled, answer in ended:
        score = graded(compiled, answer).score
        for sentence in UNRELATED:
            for longer in (f"{answer} {sentence}", f"{sentence} {answer}"):
                changed = graded(compiled, longer).score
                assert changed <= score + 0.05
                assert score < 0.7 or changed >= score - 0.1


def test_adding_a_wording_of_a_key_point_never_costs() -> None:
    for compiled, answer in ANSWERS:
        grade = graded(compiled, answer)
        for key, point in zip(compiled.points, grade.points, strict=True):
            if point.verdict != "contradicted":
                added = f"{answer.rstrip('. ')}. {key.text[0].upper()}{key.text[1:]}"
                assert graded(compiled, added).score >= grade.score - 1e-9
