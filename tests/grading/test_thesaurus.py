"""The word lists of the grader, line by line."""

import re
from collections import Counter
from itertools import combinations

import pytest

from interview.grading.text import lexeme, terms_of
from interview.grading.thesaurus import ABBREVIATIONS, ANTONYMS, DATA, FILES, SYNONYMS


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def terms(line: str) -> list[str]:
    return [lexeme(word.replace("-", "")).term for word in line.split()]


GROUPS = [terms(line) for line in lines("synonyms.txt")]
PAIRS = [terms(line) for line in lines("opposites.txt")]
SHORT_FORMS = [line.split(" = ") for line in lines("abbreviations.txt")]


@pytest.mark.parametrize("name", FILES)
def test_a_list_is_plain_lower_case_words(name: str) -> None:
    allowed = re.compile(r"[a-z0-9][a-z0-9'+/.-]*( [a-z0-9][a-z0-9'+/.-]*)*( = [a-z0-9 '-]+)?")
    assert [line for line in lines(name) if not allowed.fullmatch(line)] == []


def test_every_group_has_two_distinct_terms() -> None:
    assert [group for group in GROUPS if len(set(group)) < 2] == []


def test_no_group_is_within_another_or_there_twice() -> None:
    sets = [frozenset(group) for group in GROUPS]
    holding: dict[str, list[int]] = {}
    for number, group in enumerate(sets):
        for term in group:
            holding.setdefault(term, []).append(number)
    within = [
        sorted(group)
        for number, group in enumerate(sets)
        for other in set.intersection(*(set(holding[term]) for term in group)) - {number}
        if group < sets[other] or number > other
    ]
    assert within == []


def test_no_group_says_a_word_twice() -> None:
    told = [line.split() for line in lines("synonyms.txt")]
    assert [words for words in told if len(set(words)) < len(words)] == []


def test_no_group_holds_opposites() -> None:
    opposed = [
        pair
        for group in GROUPS
        for pair in combinations(set(group), 2)
        if pair[1] in ANTONYMS.get(pair[0], ())
    ]
    assert opposed == []


def test_synonyms_stand_for_each_other_both_ways() -> None:
    one_way = [
        (term, other)
        for term, others in SYNONYMS.items()
        for other in others
        if term not in SYNONYMS[other]
    ]
    assert one_way == []


def test_every_pair_of_opposites_is_two_terms_and_there_once() -> None:
    assert [pair for pair in PAIRS if len(set(pair)) != 2] == []
    counts = Counter(frozenset(pair) for pair in PAIRS)
    assert [sorted(pair) for pair, count in counts.items() if count > 1] == []


def test_opposites_are_so_both_ways() -> None:
    assert all(term in ANTONYMS[other] for term, others in ANTONYMS.items() for other in others)


def test_every_abbreviation_resolves_to_words_that_mean_something() -> None:
    for short, words in SHORT_FORMS:
        meant = ABBREVIATIONS[lexeme(short).term]
        assert meant
        assert set(meant) <= set(terms_of(words))


def test_every_abbreviation_is_there_once_and_short_for_something_else() -> None:
    counts = Counter(lexeme(short).term for short, _ in SHORT_FORMS)
    assert [short for short, count in counts.items() if count > 1] == []
    assert [short for short, meant in ABBREVIATIONS.items() if short in meant] == []
