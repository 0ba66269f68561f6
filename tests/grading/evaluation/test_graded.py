from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from interview.grading import IdfSnapshot
from interview.grading.evaluation.graded import (
    grade_rows,
    grader_with,
    rubric_of,
    shipped_grader,
    snapshot_with,
)
from interview.grading.evaluation.rows import GradedAnswer
from interview.grading.text import terms_of
from tests.support.marked import answers

ROWS = answers()
texts = st.lists(st.sampled_from(["a cat", "the dog", "a dog and a dog", "", "…"]), max_size=6)


def nothing(_: int) -> None:
    pass


def test_an_extended_snapshot_equals_scikit_learn_on_all_documents() -> None:
    before = [row.reference for row in ROWS]
    after = [row.question for row in ROWS] + ["new words", "new words in the cache"]
    snapshot = IdfSnapshot.fit(before).extended(after)
    vectorizer = TfidfVectorizer(analyzer=terms_of).fit(before + after)
    assert snapshot.documents == len(before + after)
    assert set(snapshot.frequencies) == set(vectorizer.vocabulary_)
    for term, column in vectorizer.vocabulary_.items():
        assert snapshot.idf(term) == pytest.approx(vectorizer.idf_[column], abs=1e-12)


@given(texts, texts)
def test_extending_in_two_steps_is_extending_in_one(first: list[str], second: list[str]) -> None:
    snapshot = IdfSnapshot.fit(["a cat"])
    assert snapshot.extended(first).extended(second) == snapshot.extended(first + second)
    assert snapshot == IdfSnapshot.fit(["a cat"])


def test_prompts_and_references_are_counted_once_and_answers_never() -> None:
    snapshot = IdfSnapshot(0, {})
    first = GradedAnswer("set", "q", "why", "because", "secret", 1.0, ("therefore",))
    again = GradedAnswer("set", "q", "why", "because", "hidden", 0.0)
    counted = snapshot_with(snapshot, [first, again])
    assert counted.documents == 3
    assert counted.frequencies == dict.fromkeys([*terms_of("why because therefore")], 1)


def test_a_row_gets_the_grade_that_its_rubric_gives() -> None:
    grader = shipped_grader()
    graded = grade_rows(grader, ROWS, nothing)
    for index, row in enumerate(ROWS):
        grade = grader.grade(rubric_of(row), row.answer)
        shown = (grade.score, grade.low, grade.high, grade.needs_review, grade.similarity)
        columns = (graded.scores, graded.low, graded.high, graded.review, graded.cosine)
        assert tuple(column[index] for column in columns) == shown
    assert graded.micros.min() > 0


def test_coverage_and_the_raw_estimate_stay_on_their_scale() -> None:
    rows = [*ROWS, replace(ROWS[0], answer=ROWS[0].reference)]
    graded = grade_rows(shipped_grader(), rows, nothing)
    for column in (graded.recall, graded.raw):
        assert 0 <= column.min() <= column.max() <= 1
    assert graded.recall[-1] == pytest.approx(1)
    assert graded.recall[4] == graded.raw[4] == 0


def test_the_order_of_rows_and_references_does_not_matter() -> None:
    grader = shipped_grader()
    turned = grade_rows(grader, ROWS[::-1], nothing)
    assert np.array_equal(grade_rows(grader, ROWS, nothing).scores, turned.scores[::-1])
    one = GradedAnswer("set", "q", "why", "a first", "", 1.0, ("a second",))
    other = GradedAnswer("set", "q", "why", "a second", "", 1.0, ("a first",))
    assert rubric_of(one) == rubric_of(other)


def test_every_answer_is_told_once() -> None:
    told: list[int] = []
    grade_rows(shipped_grader(), ROWS, told.append)
    assert sum(told) == len(ROWS)
    assert len(told) == len({row.key for row in ROWS})


def test_another_snapshot_leaves_the_shipped_grader_as_it_is() -> None:
    shipped = shipped_grader()
    extended = grader_with(shipped.snapshot.extended(["zander"]))
    assert extended.version != shipped.version
    assert shipped.version == shipped_grader().version
