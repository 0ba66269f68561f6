import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.evaluation.attack_texts import (
    contrasted,
    keyword_lists,
    keywords,
    mashed,
    shuffled,
    swapped,
    words_of,
)
from interview.grading.evaluation.negation import FALLBACK, negated
from tests.grading.banks import shipped_rubrics

REFERENCES = [text for rubric in shipped_rubrics().values() for text in rubric.references]
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


@given(st.text(max_size=200), st.integers())
def test_shuffling_keeps_every_word(text: str, seed: int) -> None:
    turned = shuffled(text, seeded(seed))
    assert Counter(turned.split()) == Counter(words_of(text))


def test_the_same_seed_shuffles_and_mashes_alike() -> None:
    assert shuffled(REFERENCES[0], seeded(3)) == shuffled(REFERENCES[0], seeded(3))
    assert shuffled(REFERENCES[0], seeded(3)) != shuffled(REFERENCES[0], seeded(4))
    assert mashed(seeded(3)) == mashed(seeded(3)) != mashed(seeded(4))


def test_keywords_are_the_content_words_each_once() -> None:
    text = "The cache keeps a copy of the value.\n\n```python\nprint(1)\n```\nThe Cache answers."
    assert keywords(text) == ["cache", "keeps", "copy", "value", "answers"]
    assert keyword_lists("It is the cache of a value.") == ("cache, value", "cache value")


@pytest.mark.parametrize(
    ("prompt", "pairs"),
    [
        ("Explain GET and POST requests.", [("GET", "POST")]),
        ("What are the main differences between Flask and Django?", [("Flask", "Django")]),
        ("What is the difference between a list and a tuple?", [("list", "tuple")]),
        ("How does `null=True` differ from `blank=True`?", [("null=True", "blank=True")]),
        ("What is the density of oil compared to water?", [("oil", "water")]),
        (
            "Compare `select_related()` with `prefetch_related()`.",
            [("select_related", "prefetch_related")],
        ),
        ("TCP vs. UDP: which is faster?", [("TCP", "UDP")]),
        ("What are signals, and what are they used for?", []),
        ("Name the layers and explain them.", []),
        ("What does Reverse Path Forwarding and Reverse Path Broadcast do?", []),
    ],
)
def test_a_question_that_contrasts_two_names_is_recognised(
    prompt: str, pairs: list[tuple[str, str]]
) -> None:
    assert contrasted(prompt) == pairs


def test_swapping_exchanges_the_names_and_nothing_else() -> None:
    prompt = "Compare GET and POST requests."
    text = "GET reads, `request.GET` holds it; a POST changes. GETTER stays."
    assert (
        swapped(prompt, text) == "POST reads, `request.POST` holds it; a GET changes. GETTER stays."
    )


@pytest.mark.parametrize("text", ["GET reads.", "Use get_post() here.", "GET and POST are verbs."])
def test_what_cannot_be_swapped_is_left_out(text: str) -> None:
    assert swapped("Compare GET and POST requests.", text) is None


def test_a_letter_that_names_something_is_no_article() -> None:
    prompt = "Are bulbs A and B on?"
    assert swapped(prompt, "A is in a path, B is not.") == "B is in a path, A is not."


@pytest.mark.parametrize(
    ("text", "opposite"),
    [
        ("A view is a function.", "A view is not a function."),
        ("It can be chained.", "It cannot be chained."),
        ("Flask has an ORM.", "Flask does not have an ORM."),
        ("The value has been read.", "The value has not been read."),
        ("Each field maps to a column.", "Each field does not map to a column."),
        ("Requests pass through it.", "Requests do not pass through it."),
        ("Run the tests first.", "Do not run the tests first."),
        ("It isn't lazy.", "It is lazy."),
        ("It cannot read the token.", "It can read the token."),
        ("It is not a loop.", "It is a loop."),
        ("Flask has no ORM.", "Flask has some ORM."),
        ("Flask never caches.", "Flask caches."),
        ("It is lazy, so it does not run.", "It is not lazy, so it does not run."),
        ("If asked, it stops.", "If asked, it does not stop."),
        ("GET asks for data.", "GET does not ask for data."),
        ("`render()` returns a response.", "`render()` does not return a response."),
        ("No, because they are dependent.", "Yes, because they are dependent."),
        ("A full toolkit.", f"{FALLBACK}A full toolkit."),
        ("When it rains the seed grows.", f"{FALLBACK}When it rains the seed grows."),
        ("- It is one.\n- It is two.", "- It is not one.\n- It is not two."),
    ],
)
def test_a_sentence_is_turned_into_its_opposite(text: str, opposite: str) -> None:
    assert negated(text) == opposite


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_negated_reference_keeps_its_code_and_most_of_its_words(reference: str) -> None:
    turned = negated(reference)
    assert turned != reference
    assert FENCED.findall(turned) == FENCED.findall(reference)
    lost = Counter(words_of(reference)) - Counter(words_of(turned))
    assert lost.total() < 0.2 * len(words_of(reference))


@given(st.text(max_size=200))
def test_any_text_can_be_negated(text: str) -> None:
    assert isinstance(negated(text), str)
    assert swapped("Compare GET and POST.", text) != text
