"""How alike two prompts are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading import AnswerGrader
from interview.grading.likeness import alike, likeness, rarest, vector_of

SNAPSHOT = AnswerGrader.load().snapshot
PROMPTS = st.lists(st.sampled_from(["queue", "stack", "heap", "tree", "graph", "list"]), max_size=6)


def test_the_same_question_in_other_words_of_no_content_is_the_same() -> None:
    one, other = (vector_of(text, SNAPSHOT) for text in ("What is a QuerySet?", "the QuerySet is"))
    assert likeness(one, other) == pytest.approx(1)


def test_questions_without_a_common_word_are_not_alike() -> None:
    one, other = (vector_of(text, SNAPSHOT) for text in ("What is a queue?", "Explain closures."))
    assert likeness(one, other) == 0


def test_a_text_without_words_is_like_nothing() -> None:
    assert vector_of("…", SNAPSHOT) == {}
    assert likeness({}, vector_of("queue", SNAPSHOT)) == 0


def test_the_rarest_terms_come_first() -> None:
    assert rarest({"a": 0.2, "b": 0.9, "c": 0.2}, 2) == ["b", "a"]


@given(st.lists(PROMPTS, max_size=8))
def test_the_index_finds_exactly_the_pairs_that_comparing_all_would(
    prompts: list[list[str]],
) -> None:
    vectors = [vector_of(" ".join(words), SNAPSHOT) for words in prompts]
    found = {(one, other): cosine for one, other, cosine in alike(vectors, 0.5)}
    for later in range(len(vectors)):
        for earlier in range(later):
            cosine = likeness(vectors[earlier], vectors[later])
            # A pair on the very edge may fall to either side of it by rounding.
            if abs(cosine - 0.5) > 1e-9:
                assert ((earlier, later) in found) == (cosine > 0.5)
