import re
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.evaluation.slips import SLIP_SHARE, misspelt

PROSE = (
    "The application talks to the cache only; when the value is missing, the cache fetches "
    "it from the database, keeps a copy and returns it. Entries expire after a while. "
)
CODE = (
    "manage.py INSTALLED_APPS request.session utf8mb4 csrf_token settings.py django.contrib.admin "
    "sha256 don't doesn’t isn't a an the of"
)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def changed(text: str, seed: int = 0) -> list[tuple[str, str]]:
    """The words that got a slip, each with what it became."""
    pairs = zip(text.split(), misspelt(text, seeded(seed)).split(), strict=True)
    return [(before, after) for before, after in pairs if before != after]


def is_one_slip(word: str, slipped: str) -> bool:
    exchanged = {
        word[:i] + right + left + word[i + 2 :] for i, (left, right) in enumerate(pairwise(word))
    }
    left_out = {word[:i] + word[i + 1 :] for i in range(len(word))}
    doubled = {word[:i] + word[i] + word[i:] for i in range(len(word))}
    replaced = len(word) == len(slipped) and sum(map(str.__ne__, word, slipped)) == 1
    return slipped in exchanged | left_out | doubled or replaced


def test_about_every_tenth_word_gets_a_slip() -> None:
    text = PROSE * 100
    long = re.findall(r"[^\W\d_]{4,}", text)
    assert len(changed(text)) == pytest.approx(SLIP_SHARE * len(long), rel=0.15)


@given(st.integers())
def test_a_word_gets_one_slip_behind_its_first_letter(seed: int) -> None:
    for before, after in changed(PROSE * 3, seed):
        word, slipped = before.strip(".,;"), after.strip(".,;")
        assert len(word) >= 4
        assert is_one_slip(word, slipped), (word, slipped)
        assert word[0] == slipped[0]


def test_every_kind_of_slip_is_made() -> None:
    sizes = {len(after) - len(before) for before, after in changed(PROSE * 30)}
    assert sizes == {-1, 0, 1}
    same_letters = [sorted(before) == sorted(after) for before, after in changed(PROSE * 30)]
    assert any(same_letters)
    assert not all(same_letters)


@given(st.integers())
def test_names_of_code_and_short_words_stay(seed: int) -> None:
    assert misspelt(CODE, seeded(seed)) == CODE


@given(st.text(max_size=100) | st.just(PROSE), st.integers())
def test_the_same_seed_makes_the_same_slips(text: str, seed: int) -> None:
    assert misspelt(text, seeded(seed)) == misspelt(text, seeded(seed))


@given(st.text(max_size=100), st.integers())
def test_nothing_but_words_is_touched(text: str, seed: int) -> None:
    words = re.compile(r"\w+")
    assert words.sub("", misspelt(text, seeded(seed))) == words.sub("", text)


def test_a_word_of_equal_letters_gets_another_slip_than_an_exchange() -> None:
    for seed in range(200):
        for before, after in changed("oooo " * 10, seed):
            assert is_one_slip(before, after)


def test_a_capital_is_replaced_by_a_capital() -> None:
    for seed in range(100):
        assert misspelt("READING WRITING", seeded(seed)).isupper()
