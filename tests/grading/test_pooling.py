"""What the wordings of one key point say together."""

import math
from collections.abc import Sequence

import pytest

from interview.grading import Grade, KeyPoint, Rubric
from interview.grading.matching import Wording
from interview.grading.pooling import ENOUGH_OF_POOL, inherit_subject, pool
from tests.grading.banks import shipped_grader

NAMES = frozenset({"list", "tuple"})
REFERENCE = (
    "A vaccine shows the immune system a harmless part of a germ, so that it has antibodies "
    "ready before an infection. The protection fades with the years."
)
PHRASINGS = (
    "it shows the body a harmless part of the virus",
    "antibodies are ready before the infection comes",
    "the defence learns to recognise the intruder",
)


def wording(terms: str, subject: str | None = None, signs: Sequence[int] = ()) -> Wording:
    words = tuple(terms.split())
    return Wording(
        owner=0,
        terms=words,
        weights=(1 / len(words),) * len(words),
        polarity=tuple(signs) or (1,) * len(words),
        subjects=(subject,) * len(words),
        strict=False,
        contraries=frozenset(),
        nominal=False,
        window=8 + 3 * len(words),
    )


WORDINGS = [wording("cache load value"), wording("value fetch keep copy"), wording("read miss")]


def test_a_pool_holds_every_term_of_its_wordings_once() -> None:
    (both,) = pool(WORDINGS)
    assert sorted(both.terms) == sorted({term for one in WORDINGS for term in one.terms})
    assert both.owner == 0
    assert both.window == max(one.window for one in WORDINGS)


def test_a_part_of_a_pool_is_enough() -> None:
    (both,) = pool(WORDINGS)
    assert math.fsum(both.weights) == pytest.approx(1 / ENOUGH_OF_POOL)
    assert math.fsum(both.weights) > 1


def test_a_term_weighs_more_in_a_pool_the_more_wordings_hold_it() -> None:
    (both,) = pool(WORDINGS)
    weights = dict(zip(both.terms, both.weights, strict=True))
    assert weights["value"] > weights["cache"]
    assert weights["value"] > weights["copy"]


def test_a_term_keeps_the_polarity_and_the_subject_of_the_first_wording() -> None:
    (both,) = pool(
        [
            wording("copy stale", "list", (1, -1)),
            wording("stale old", "tuple", (-1, -1)),
            wording("never fresh", "list", (-1, -1)),
        ]
    )
    place = both.terms.index("stale")
    assert (both.polarity[place], both.subjects[place]) == (-1, "list")


@pytest.mark.parametrize("number", [0, 1])
def test_a_few_wordings_need_no_pool(number: int) -> None:
    assert list(pool(WORDINGS[:number])) == []


def test_a_fragment_belongs_to_the_rival_that_the_point_is_about() -> None:
    text, fragment = wording("list grow later", "list"), wording("add item")
    assert inherit_subject([text, fragment], NAMES)[1].subjects == ("list", "list")


def test_a_fragment_that_names_a_rival_or_has_a_subject_keeps_what_it_has() -> None:
    text = wording("list grow later", "list")
    named, bound = wording("tuple fixed"), wording("fixed size", "tuple")
    assert inherit_subject([text, named, bound], NAMES)[1:] == (named, bound)


def test_a_point_about_both_rivals_or_none_gives_its_fragments_no_subject() -> None:
    fragment = wording("keep item")
    for text in (wording("keep order"), mixed()):
        assert inherit_subject([text, fragment], NAMES)[1] == fragment


def mixed() -> Wording:
    one = wording("list change tuple stay")
    object.__setattr__(one, "subjects", ("list", "list", "tuple", "tuple"))
    return one


def rubric(*phrasings: str) -> Rubric:
    return Rubric(
        "How does a vaccine protect?",
        (REFERENCE,),
        (
            KeyPoint("trains", "A vaccine trains the immune system against a germ.", phrasings),
            KeyPoint("fades", "The protection fades with the years."),
        ),
    )


def graded(answer: str, *phrasings: str) -> Grade:
    return shipped_grader().grade(rubric(*phrasings), answer)


def earned(answer: str, *phrasings: str) -> float:
    return graded(answer, *phrasings).points[0].earned


MIXED = "The defence of the body meets a harmless germ and gets ready with antibodies."


def test_words_of_several_wordings_together_say_more_than_those_of_any_one() -> None:
    assert earned(MIXED, *PHRASINGS) > max(earned(MIXED, one) for one in PHRASINGS)


def test_a_pool_never_costs() -> None:
    for answer in (MIXED, *PHRASINGS, REFERENCE):
        assert earned(answer, *PHRASINGS) >= earned(answer)


@pytest.mark.parametrize("answer", ["It is harmless.", "A virus makes an infection.", "Antibodies"])
def test_a_word_or_two_of_a_pool_do_not_say_the_point(answer: str) -> None:
    assert earned(answer, *PHRASINGS) == 0


def test_what_is_denied_gains_nothing_from_a_pool() -> None:
    denied = "The defence of the body does not meet a harmless germ and gets no antibodies ready."
    assert earned(denied, *PHRASINGS) <= max(earned(denied, one) for one in PHRASINGS)
    assert earned(denied, *PHRASINGS) < earned(MIXED, *PHRASINGS)
