"""What is odd about an answer as a whole, and what only looks so."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.grading import Flag, Grade, KeyPoint, Rubric
from interview.grading.flags import looks_mashed
from tests.grading.banks import CACHE, shipped_grader, shipped_rubrics

SHORT = Rubric(
    "Why does the moon shine?",
    ("The moon reflects the light of the sun.",),
    (KeyPoint("reflects", "The moon reflects sunlight."),),
)
ORDER = Rubric(
    "Does the client ask the server, or does the server ask the client?",
    ("The client asks the server, and the server answers.",),
    (
        KeyPoint("asks", "The client asks the server.", required=True),
        KeyPoint("answers", "The server answers.", ("the reply comes from the server",)),
    ),
)
REFERENCES = [text for rubric in shipped_rubrics().values() for text in rubric.references]


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


def flags(answer: str, rubric: Rubric = CACHE) -> tuple[Flag, ...]:
    return graded(answer, rubric).flags


def jumbled(text: str, seed: int) -> str:
    words = re.findall(r"[\w'-]+", text)
    Random(seed).shuffle(words)  # noqa: S311
    return " ".join(words)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("reference", CACHE.references)
def test_the_words_of_a_reference_in_another_order_are_a_list(reference: str, seed: int) -> None:
    grade = graded(jumbled(reference, seed))
    assert Flag.KEYWORD_LIST in grade.flags
    assert grade.score <= 0.6


def test_the_words_of_a_short_reference_in_another_order_are_a_list() -> None:
    for answer in ("sun the of light the reflects moon the", "of the moon light reflects sun the"):
        assert Flag.KEYWORD_LIST in flags(answer, SHORT)


@pytest.mark.parametrize(
    "answer",
    [
        "The moon reflects the light of the sun.",
        "The light of the sun: the moon reflects it.",
        "It is the light of the sun that the moon reflects.",
    ],
)
def test_a_sentence_of_the_same_words_is_no_list(answer: str) -> None:
    assert Flag.KEYWORD_LIST not in flags(answer, SHORT)


@pytest.mark.parametrize(
    "answer",
    ["moon reflects light sun", "sun, moon, light, reflects", "Sun\nlight\nmoon\nreflects"],
)
def test_a_short_bare_list_of_a_references_words_is_a_list(answer: str) -> None:
    assert Flag.KEYWORD_LIST in flags(answer, SHORT)


@pytest.mark.parametrize("answer", ["reflected sunlight", "sunlight reflected by the moon", "O(1)"])
def test_a_short_answer_that_says_it_is_no_list(answer: str) -> None:
    assert Flag.KEYWORD_LIST not in flags(answer, SHORT)


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_of_the_bank_is_no_list_as_it_stands(reference: str) -> None:
    assert Flag.KEYWORD_LIST not in flags(reference, Rubric("Something else?", (reference,)))
    assert Flag.KEYWORD_LIST not in flags(reference)


@pytest.mark.parametrize(
    "answer",
    [
        "asdkjh qwoeiu zxmcn lkjasd poiqwe",
        "qwerty asdf zxcv qwer asdfgh",
        "aaaa bbbb cccc dddd eeee",
        "hjkl sdfg wert xcvb dfgh",
        "xkcd vbnmq rtplk wqzt",
    ],
)
def test_keys_hit_at_random_are_gibberish(answer: str) -> None:
    grade = graded(answer)
    assert grade.flags[:1] == (Flag.GIBBERISH,)
    assert grade.score == 0


@pytest.mark.parametrize(
    "answer",
    [
        # Hardly a vowel, or hardly anything else, and yet words.
        "HTTP TCP SQL XML CSS",
        "why my rhythm, crypts, lynx",
        "queue, Europe, oui, idea",
        # Names and other languages are strange, not mashed.
        "Kowalczyk and Nguyen wrote Elasticsearch",
        "El almacén guarda una copia del valor",
        "Ein Zwischenspeicher behält eine Kopie",
    ],
)
def test_strange_words_are_not_gibberish(answer: str) -> None:
    assert Flag.GIBBERISH not in flags(answer)


def test_gibberish_among_words_does_not_make_the_answer_gibberish() -> None:
    answer = "On a miss the cache loads the value from the database asdkjh and stores it qwoeiu."
    assert Flag.GIBBERISH not in flags(answer)


@pytest.mark.parametrize("word", ["asdf", "qwx", "xxxyz", "bcdfgh", "krrr", "aeiouae"])
def test_a_mashed_word_looks_mashed(word: str) -> None:
    assert looks_mashed(word)


@pytest.mark.parametrize("word", ["cache", "rhythm", "strong", "quiet", "database", "кэш"])
def test_a_word_does_not_look_mashed(word: str) -> None:
    assert not looks_mashed(word)


@pytest.mark.parametrize(
    "answer",
    [
        ORDER.prompt,
        "does the client ask the server or does the server ask the client",
        "Does the client ask the server?",
        "Well: does the client ask the server, or does the server ask the client...",
    ],
)
def test_a_question_given_back_in_its_own_order_is_copied(answer: str) -> None:
    grade = graded(answer, ORDER)
    assert Flag.QUESTION_COPIED in grade.flags
    assert grade.score <= 0.1


@pytest.mark.parametrize(
    "answer",
    [
        "It is the client. The server is asked by it.",
        "The client, because it asks a server that waits.",
        "Client asks, server is asked.",
    ],
)
def test_a_right_answer_in_the_words_of_the_question_is_not_copied(answer: str) -> None:
    assert Flag.QUESTION_COPIED not in flags(answer, ORDER)


@settings(deadline=None)
@given(st.permutations(CACHE.prompt.rstrip("?").split()))
def test_the_words_of_a_question_earn_nothing_in_any_order(words: list[str]) -> None:
    assert graded(" ".join(words)).score <= 0.1
