import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.grading import AnswerGrader, Grade, Rubric, Verdict
from interview.web.config import ROOT
from tests.grading.banks import CACHE, cases, shipped_grader, shipped_rubrics
from tests.grading.made_up import (
    ANSWER,
    UNRELATED,
    Task,
    answers,
    any_rubric,
    bare,
    derived,
    own,
    sentence,
)

unhurried = settings(deadline=None)


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


@unhurried
@given(any_rubric, answers)
def test_figures_stay_on_their_scales(rubric: Rubric, answer: str) -> None:
    grade = graded(answer, rubric)
    assert 0 <= grade.low <= grade.score <= grade.high <= 1
    assert 0 <= grade.similarity <= 1
    for point in grade.points:
        assert 0 <= point.earned <= point.possible


@unhurried
@given(any_rubric, answers)
def test_quoted_words_are_the_learners_own(rubric: Rubric, answer: str) -> None:
    grade = graded(answer, rubric)
    spans = [point.span for point in grade.points if point.span]
    spans += [finding.span for finding in grade.misconceptions]
    for span in spans:
        assert 0 <= span.start < span.end <= len(answer)
        assert answer[span.start : span.end].strip()


@unhurried
@given(any_rubric, answers)
def test_a_grade_is_repeated_exactly(rubric: Rubric, answer: str) -> None:
    again = AnswerGrader.load().grade(rubric, answer)
    assert again == graded(answer, rubric)


PROCESS = """
import json
from tests.grading.test_properties import SAMPLE, graded
print(json.dumps([graded(text, rubric).to_dict() for rubric, text in SAMPLE]))
"""
SAMPLE = [
    (rubric, text)
    for case in cases("tuning")[::4]
    for text in (case.right, case.wrong)
    for rubric in (case.rubric, bare(case.rubric))
]


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_gives_the_same_grades(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", PROCESS]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [graded(text, rubric).to_dict() for rubric, text in SAMPLE]


def same_but_for_the_spans(grade: Grade) -> Grade:
    return replace(
        grade,
        points=tuple(replace(point, span=None) for point in grade.points),
        misconceptions=tuple(item.id for item in grade.misconceptions),  # type: ignore[misc]
    )


@pytest.mark.parametrize("rubric", [CACHE, bare(CACHE)])
@pytest.mark.parametrize(
    "changed",
    [
        ANSWER.replace(" ", "  "),
        ANSWER.replace(" ", "\u00a0"),
        ANSWER.replace(" ", "\r\n", 3),
        f"\n\t {ANSWER} \n",
        ANSWER.replace("“", '"').replace("”", '"').replace("'", "’"),
        unicodedata.normalize("NFD", ANSWER),
        unicodedata.normalize("NFKC", ANSWER),
    ],
)
def test_spaces_quotes_and_unicode_forms_make_no_difference(changed: str, rubric: Rubric) -> None:
    one, other = graded(changed, rubric), graded(ANSWER, rubric)
    assert same_but_for_the_spans(one) == same_but_for_the_spans(other)


set_otherwise = st.sampled_from(
    [
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\n"),
        lambda text: f"\r\n{text}\t \n",
        lambda text: text.replace("“", '"').replace("”", '"').replace("'", "’"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: unicodedata.normalize("NFKC", text),
    ]
)


@unhurried
@given(own | derived, set_otherwise)
def test_how_prose_is_set_makes_no_difference(task: Task, changed: Callable[[str], str]) -> None:
    rubric, answer = task
    one, other = graded(changed(answer), rubric), graded(answer, rubric)
    assert same_but_for_the_spans(one) == same_but_for_the_spans(other)


@unhurried
@given(own | derived, st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_hardly_matters(task: Task, change: Callable[[str], str]) -> None:
    rubric, answer = task
    score = graded(answer, rubric).score
    assert graded(change(answer), rubric).score == pytest.approx(score, abs=0.02)


beside = st.sampled_from(UNRELATED).flatmap(
    lambda other: st.sampled_from(
        [lambda answer: f"{answer} {other}", lambda answer: f"{other} {answer}"]
    )
)


@unhurried
@given(own, beside)
def test_an_unrelated_sentence_does_not_pay_where_nothing_is_flagged(
    task: Task, longer: Callable[[str], str]
) -> None:
    rubric, answer = task
    grade = graded(answer, rubric)
    assert grade.flags or graded(longer(answer), rubric).score <= grade.score + 0.05


@unhurried
@given(own | derived, beside)
def test_an_unrelated_sentence_costs_a_right_answer_little(
    task: Task, longer: Callable[[str], str]
) -> None:
    rubric, answer = task
    score = graded(answer, rubric).score
    assert score < 0.7 or graded(longer(answer), rubric).score >= score - 0.1


@pytest.mark.parametrize("slug", sorted(shipped_rubrics()))
def test_every_reference_is_strong(slug: str) -> None:
    rubric = shipped_rubrics()[slug]
    for reference in rubric.references:
        for asked in (rubric, bare(rubric)):
            grade = graded(reference, asked)
            assert grade.score >= 0.95
            assert not grade.flags
            assert not grade.misconceptions


@unhurried
@given(any_rubric, answers)
def test_the_order_of_references_and_key_points_does_not_matter(
    rubric: Rubric, answer: str
) -> None:
    turned = replace(
        rubric,
        references=rubric.references[::-1],
        key_points=rubric.key_points[::-1],
        misconceptions=rubric.misconceptions[::-1],
    )
    grade, other = graded(answer, rubric), graded(answer, turned)
    assert other.score == pytest.approx(grade.score, abs=1e-12)
    assert other.points[:: -1 if rubric.key_points else 1] == grade.points


@unhurried
@given(own, st.data())
def test_saying_a_key_point_never_costs_where_nothing_is_flagged(
    task: Task, data: st.DataObject
) -> None:
    rubric, answer = task
    grade = graded(answer, rubric)
    number = data.draw(st.integers(0, len(rubric.key_points) - 1))
    key = rubric.key_points[number]
    wording = data.draw(st.sampled_from([key.text, *key.phrasings]))
    if grade.points[number].verdict is not Verdict.CONTRADICTED:
        longer = graded(f"{answer} {sentence(wording)}".lstrip(), rubric)
        assert grade.flags or longer.flags or longer.score >= grade.score - 1e-9


@pytest.mark.parametrize("slug", sorted(shipped_rubrics()))
def test_every_wording_of_a_key_point_says_it_and_contradicts_no_other(slug: str) -> None:
    rubric = shipped_rubrics()[slug]
    for place, key in enumerate(rubric.key_points):
        for wording in (key.text, *key.phrasings):
            verdicts = [point.verdict for point in graded(wording, rubric).points]
            assert verdicts[place] is Verdict.FOUND, wording
            assert Verdict.CONTRADICTED not in verdicts, wording
