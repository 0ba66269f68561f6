"""What differs between two states of a question: nothing is left out, nothing invented."""

from hypothesis import given, settings
from hypothesis import strategies as st

from interview.services.authoring.diffing import MOST_WORDS, compare, words
from tests.support.authoring import a_content

TEXTS = st.text(alphabet="ab \n\t.", max_size=60)


def side(before: str, after: str, kind: str) -> str:
    return "".join(piece.text for piece in words(before, after) if piece.kind in ("same", kind))


@settings(max_examples=50)
@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    assert side(before, after, "removed") == before
    assert side(before, after, "added") == after


def test_words_are_compared_and_not_letters() -> None:
    pieces = [(one.kind, one.text) for one in words("a mutex is a lock", "a lock is a lock")]
    assert pieces == [
        ("same", "a"), ("removed", " mutex"), ("added", " lock"), ("same", " is a lock"),
    ]  # fmt: skip


def test_long_texts_are_compared_by_lines() -> None:
    line = "word " * MOST_WORDS
    pieces = [one.kind for one in words(f"{line}\nsame\n", f"{line}!\nsame\n")]
    assert pieces == ["removed", "added", "same"]


def test_texts_that_would_take_minutes_to_compare_are_compared_roughly() -> None:
    one, other = "a " * 2900, "a b " * 1450
    kinds = [piece.kind for piece in words(one, other)]
    assert len(kinds) < 10
    assert (side(one, other, "removed"), side(one, other, "added")) == (one, other)


def test_texts_of_very_many_lines_keep_what_they_begin_and_end_with() -> None:
    one, other = "a\nb\n" * MOST_WORDS, "b\na\n" * MOST_WORDS
    pieces = list(words(f"first\n{one}last\n", f"first\n{other}last\n"))
    assert [one.kind for one in pieces] == ["same", "removed", "added", "same"]


def test_parts_are_matched_by_name_and_named_in_words() -> None:
    before = a_content()
    after = a_content(topic="Locks", references=[*before["references"], "Another."])
    first, *others = before["key_points"]
    after["key_points"] = [*others, {**first, "weight": 3.0}]
    found = {one.place: (one.label, one.before, one.after) for one in compare(before, after)}
    assert set(found) == {"reference-2", "point-one-thread", "topic"}
    assert found["reference-2"] == ("Reference answer 2", "", "Another.")
    assert found["topic"] == ("Topic", "Concurrency", "Locks")
    assert "Weight 3" in found["point-one-thread"][2]
    assert [one.place for one in compare(before, after, rubric_only=True)] == [
        "reference-2", "point-one-thread",
    ]  # fmt: skip
    assert compare(before, before) == []
