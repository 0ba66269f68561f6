import pytest

from interview.grading import Rubric
from interview.grading.evaluation.neighbours import Neighbours
from tests.grading.banks import shipped_grader, shipped_rubrics

CACHE = Rubric("What is a cache?", ("A cache keeps recent results in memory.", "It saves work."))
MEMO = Rubric("And memoisation?", ("Memoisation keeps recent results of a function.",))
TREE = Rubric("What is a tree?", ("A tree is an acyclic graph.",))


def neighbours(*rubrics: Rubric) -> Neighbours:
    return Neighbours(rubrics, shipped_grader().snapshot)


def test_a_cosine_is_that_of_the_grader() -> None:
    both = neighbours(CACHE, MEMO)
    grader = shipped_grader()
    expected = [grader.grade(CACHE, text).similarity for text in both.texts]
    assert both.cosines(0) == pytest.approx(expected)


def test_the_same_question_or_nearly_the_same_reference_is_a_copy() -> None:
    same_prompt = Rubric("what is a  cache", ("Something else entirely.",))
    same_reference = Rubric("Why cache?", ("It saves work!", "Always."))
    assert neighbours(CACHE, same_prompt, MEMO, same_reference, TREE).distinct() == [0, 2, 4]


def test_what_is_kept_holds_no_copies_though_copies_may_form_a_chain() -> None:
    words = [f"word{number}" for number in range(16)]
    chain = [
        Rubric(f"Question {start}?", (" ".join(words[start : start + 10]),)) for start in range(6)
    ]
    close = neighbours(*chain)
    assert close.cosines(0)[1] > 0.8 > close.cosines(0)[3]
    kept = close.distinct()
    assert len(kept) > 1
    for place in kept:
        assert max(close.cosines(place)[other] for other in kept if other != place) < 0.8


def test_the_nearest_reference_is_anothers() -> None:
    three = neighbours(CACHE, MEMO, TREE)
    assert three.nearest(0, [0, 1, 2]) == MEMO.references[0]
    assert three.nearest(0, [0, 2]) == TREE.references[0]
    assert three.nearest(0, [0]) is None


def test_the_shipped_bank_holds_no_copies() -> None:
    rubrics = list(shipped_rubrics().values())
    assert neighbours(*rubrics).distinct() == list(range(len(rubrics)))
