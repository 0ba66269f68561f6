"""Groups of answers that say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading import AnswerGrader
from interview.grading.grouping import ALIKE, grouped, statement_of
from interview.grading.likeness import likeness

SNAPSHOT = AnswerGrader.load().snapshot
WORDS = ["queue", "stack", "heap", "tree", "not", "is", "graph", "?"]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), min_size=1, max_size=10
)


def as_texts(texts: list[str], at_least: float = ALIKE) -> list[list[str]]:
    return [[texts[place] for place in group] for group in grouped(texts, SNAPSHOT, at_least)]


def test_other_words_of_the_same_sense_make_groups_and_the_typical_one_leads() -> None:
    texts = [
        "An index is a sorted tree of keys.",
        "The cache keeps copies of values near the program, often in memory.",
        "A cache keeps copies of values near the program.",
        "Cache: it keeps copies of values near a program that reads.",
    ]
    assert grouped(texts, SNAPSHOT)[0][0] == 2
    assert sorted(map(sorted, grouped(texts, SNAPSHOT))) == [[0], [1, 2, 3]]


@pytest.mark.parametrize(
    "denial", ["CSRF is not a kind of scripting.", "It is wrong that CSRF is a kind of scripting."]
)
def test_what_is_said_is_apart_from_what_is_denied(denial: str) -> None:
    assert len(grouped(["CSRF is a kind of scripting.", denial], SNAPSHOT)) == 2


@given(TEXTS)
def test_every_text_is_in_one_group_and_equal_texts_are_together(texts: list[str]) -> None:
    groups = grouped(texts, SNAPSHOT)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    for text in texts:
        holders = [group for group in groups if any(texts[place] == text for place in group)]
        assert len(holders) == 1


@given(TEXTS, st.randoms(use_true_random=False))
def test_another_order_makes_the_same_groups(texts: list[str], random: object) -> None:
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert as_texts(shuffled) == as_texts(texts)


@given(TEXTS, st.sampled_from([0.3, 0.7, 0.95]))
def test_nothing_is_less_alike_to_the_typical_one_than_was_asked(
    texts: list[str], at_least: float
) -> None:
    vectors = [statement_of(text, SNAPSHOT) for text in texts]
    for first, *others in grouped(texts, SNAPSHOT, at_least):
        for other in others:
            same = texts[first] == texts[other]
            assert same or likeness(vectors[first], vectors[other]) >= at_least - 1e-9
