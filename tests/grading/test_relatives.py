"""Near forms of words: misspellings, derived forms, synonyms, parts of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.relatives import (
    LEAST_CREDIT,
    LEAST_LIKENESS,
    PART_CREDIT,
    SLIP_CREDIT,
    SYNONYM_CREDIT,
    Relatives,
)
from interview.grading.text import lexeme
from interview.grading.thesaurus import ABBREVIATIONS, ANTONYMS, SYNONYMS

VOCABULARY = (
    "encrypted server client database fetch start stop authentication index sort queryset cat "
    "framework request.session django.contrib.auth csrf_token"
)


def terms(words: str) -> frozenset[str]:
    return frozenset(lexeme(word).term for word in words.split())


def relatives(
    vocabulary: str = VOCABULARY, posted: str = VOCABULARY, names: str = "", known: str = ""
) -> Relatives:
    return Relatives(terms(vocabulary), terms(posted), terms(names), terms(known))


def credit(word: str, other: str, near_forms: Relatives | None = None) -> float:
    """What `word` is worth where `other` is meant."""
    found = (near_forms or relatives()).of(lexeme(word).term)
    return dict(found).get(lexeme(other).term, 0.0)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("encripted", "encrypted"),
        ("enrcypted", "encrypted"),
        ("servr", "server"),
        ("sserver", "server"),
        ("clinet", "client"),
        ("databse", "database"),
        ("framwrok", "framework"),
        ("queryst", "queryset"),
    ],
)
def test_a_misspelling_stands_for_the_word(written: str, meant: str) -> None:
    assert credit(written, meant) == SLIP_CREDIT


def test_a_word_that_is_known_is_no_misspelling() -> None:
    assert credit("serves", "server", relatives(known="serve")) < SLIP_CREDIT
    assert credit("clients", "clients", relatives(known="clients")) == 0
    both = relatives(vocabulary=f"{VOCABULARY} severe")
    assert credit("severe", "server", both) < SLIP_CREDIT


@pytest.mark.parametrize(("word", "other"), [("there", "three"), ("halt", "salt")])
def test_words_of_the_lists_are_known(word: str, other: str) -> None:
    assert credit(word, other, relatives(vocabulary=other)) < SLIP_CREDIT


@pytest.mark.parametrize(("written", "other"), [("merver", "server"), ("xncrypted", "encrypted")])
def test_a_misspelling_begins_like_the_word(written: str, other: str) -> None:
    assert credit(written, other) < SLIP_CREDIT


@pytest.mark.parametrize(
    ("written", "other", "near"),
    [
        ("cta", "cat", False),
        ("caat", "cat", False),
        ("sotr", "sort", False),
        ("soort", "sort", True),
        ("servr", "server", True),
        ("srvr", "server", False),
        ("framwork", "framework", True),
        ("framwrok", "framework", True),
        ("frmwrok", "framework", False),
    ],
)
def test_the_shorter_a_word_the_fewer_slips_it_may_have(
    written: str, other: str, near: bool
) -> None:
    assert (credit(written, other) == SLIP_CREDIT) is near


@pytest.mark.parametrize("written", ["csrf_tokn", "request.sesion", "utf8", "py3"])
def test_names_of_code_are_not_misspelt(written: str) -> None:
    assert SLIP_CREDIT not in dict(relatives().of(lexeme(written).term)).values()


def test_words_that_look_alike_count_as_much_as_they_do() -> None:
    assert LEAST_LIKENESS <= credit("serverless", "server") < SLIP_CREDIT
    assert credit("elephant", "server") == 0


def test_a_dotted_name_may_be_cut_at_an_end() -> None:
    assert credit("django.contrib", "django.contrib.auth") == PART_CREDIT
    assert credit("contrib.auth", "django.contrib.auth") == PART_CREDIT
    assert credit("request.GET", "request.session") < LEAST_CREDIT


def test_a_synonym_has_the_credit_of_synonyms() -> None:
    assert credit("retrieve", "fetch") == SYNONYM_CREDIT
    assert credit("fetch", "retrieve") == 0


@pytest.mark.parametrize("term", sorted(SYNONYMS)[::40])
def test_every_synonym_that_the_rubric_knows_is_near(term: str) -> None:
    for other in set(SYNONYMS[term]) - {term, *ANTONYMS.get(term, ())}:
        found = dict(Relatives({other}, {other}).of(term))
        assert SYNONYM_CREDIT <= found[other] <= 1


@pytest.mark.parametrize("short", ["db", "auth", "idx"])
def test_an_abbreviation_stands_for_its_words(short: str) -> None:
    (meant,) = ABBREVIATIONS[short]
    assert dict(Relatives({meant, "other"}, {meant}).of(short)) == {meant: SYNONYM_CREDIT}


def test_an_abbreviation_of_several_words_stands_for_each() -> None:
    short, meant = next((one, words) for one, words in ABBREVIATIONS.items() if len(words) > 1)
    near_forms = Relatives(meant, frozenset(meant))
    assert set(meant) <= {term for term, _ in near_forms.of(short)}


def test_opposites_are_never_near_forms() -> None:
    for term, opposites in ANTONYMS.items():
        near_forms = Relatives(opposites, frozenset(opposites))
        assert not set(opposites) & {other for other, _ in near_forms.of(term)}


def test_only_terms_of_wordings_are_near_and_only_with_enough_credit() -> None:
    some = relatives(posted="server database")
    assert [term for term, _ in some.near("fetch")] == []
    assert [term for term, _ in some.near("databs")] == ["databas"]
    for term in ("serverless", "retriev", "queryst"):
        assert all(worth >= LEAST_CREDIT for _, worth in relatives().near(term))


def test_a_contrasted_name_stands_for_itself_alone() -> None:
    free, named = relatives(), relatives(names="fetch")
    assert free.near("retriev") == (("fetch", SYNONYM_CREDIT),)
    assert named.near("retriev") == ()
    assert named.near("fetch") == ()


@given(st.text(max_size=20) | st.sampled_from(sorted(SYNONYMS)))
def test_a_near_form_is_another_word_of_the_vocabulary(term: str) -> None:
    near_forms = relatives()
    found = near_forms.of(term)
    assert {other for other, _ in found} <= near_forms.vocabulary - {term}
    assert all(0 < worth <= 1 for _, worth in found)
    assert found == relatives().of(term) == near_forms.of(term)
