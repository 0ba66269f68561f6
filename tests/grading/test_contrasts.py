"""Questions that set two things against each other."""

import pytest

from interview.grading import Grade, KeyPoint, Rubric, Verdict
from tests.grading.banks import shipped_grader

REFERENCE = (
    "A primary key identifies each row of its own table and is unique. A foreign key points to "
    "a row of another table and may repeat."
)
POINTS = (
    KeyPoint(
        "identifies",
        "A primary key identifies each row of its own table.",
        ("the primary key tells rows apart", "uniquely names a row"),
    ),
    KeyPoint(
        "points",
        "A foreign key points to a row of another table.",
        ("the foreign key refers to another table", "links to a different table"),
    ),
    KeyPoint("unique", "A primary key is unique.", ("no two rows share a primary key",)),
    KeyPoint(
        "repeat", "A foreign key may repeat.", ("several rows can hold the same foreign key",)
    ),
)
DIFFERENCE = "What is the difference between a primary key and a foreign key?"
PROMPTS = (
    DIFFERENCE,
    "Primary key vs foreign key: what tells them apart?",
    "Primary key versus foreign key?",
    "Compare a primary key and a foreign key.",
    "Distinguish the primary from the foreign key.",
)


def keys(prompt: str = DIFFERENCE) -> Rubric:
    return Rubric(prompt, (REFERENCE,), POINTS)


def pair(prompt: str, one: str, other: str) -> Rubric:
    return Rubric(
        prompt.format(one, other),
        (f"{one} keeps data in rows, and {other} keeps data in pages.",),
        (
            KeyPoint("rows", f"{one} keeps data in rows.", (f"{one} stores rows",)),
            KeyPoint("pages", f"{other} keeps data in pages.", (f"{other} stores pages",)),
        ),
    )


def rivals(rubric: Rubric) -> frozenset[str]:
    return shipped_grader().compile(rubric).rivals


def graded(answer: str, rubric: Rubric) -> Grade:
    return shipped_grader().grade(rubric, answer)


def verdicts(answer: str, prompt: str = DIFFERENCE) -> dict[str, Verdict]:
    return {point.id: point.verdict for point in graded(answer, keys(prompt)).points}


@pytest.mark.parametrize(
    ("prompt", "one", "other"),
    [
        ("What is the difference between {} and {}?", "Flask", "Django"),
        ("What are the main differences between {} and {}?", "flask", "django"),
        ("What is the difference between an {} and a {}?", "array", "dict"),
        ("{} vs {}: which is lazy?", "TCP", "UDP"),
        ("{} vs. {}?", "array", "dict"),
        ("{} versus {}", "stack", "heap"),
        ("What distinguishes {} from {}?", "stack", "heap"),
        ("Compare {} and {} requests.", "GET", "POST"),
    ],
)
def test_two_things_that_are_set_against_each_other_are_rivals(
    prompt: str, one: str, other: str
) -> None:
    assert rivals(pair(prompt, one, other)) == {one.casefold(), other.casefold()}


@pytest.mark.parametrize("prompt", PROMPTS)
def test_of_two_names_the_words_that_differ_are_rivals(prompt: str) -> None:
    assert rivals(keys(prompt)) == {"primari", "foreign"}


@pytest.mark.parametrize(
    "prompt", ["What is a key?", "How do keys work?", "Name two kinds of keys and explain them."]
)
def test_a_question_about_one_thing_has_no_rivals(prompt: str) -> None:
    assert rivals(keys(prompt)) == frozenset()


@pytest.mark.parametrize("prompt", PROMPTS)
def test_what_is_said_of_the_right_one_is_found(prompt: str) -> None:
    told = verdicts(
        "The primary key uniquely names a row, so no two rows share it. The foreign key links "
        "to a different table.",
        prompt,
    )
    assert told["identifies"] is Verdict.FOUND
    assert told["points"] is Verdict.FOUND


@pytest.mark.parametrize("prompt", PROMPTS)
def test_what_is_said_of_the_other_one_is_not_found(prompt: str) -> None:
    swapped = "The foreign key uniquely names a row. The primary key links to a different table."
    told = verdicts(swapped, prompt)
    assert told["identifies"] in {Verdict.NOT_FOUND, Verdict.CONTRADICTED}
    assert told["points"] in {Verdict.NOT_FOUND, Verdict.CONTRADICTED}
    assert graded(swapped, keys(prompt)).score <= 0.25


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_reference_with_its_subjects_swapped_is_wrong(prompt: str) -> None:
    swapped = (
        REFERENCE.replace("primary", "x").replace("foreign", "primary").replace("x", "foreign")
    )
    assert swapped != REFERENCE
    assert graded(REFERENCE, keys(prompt)).score >= 0.95
    assert graded(swapped, keys(prompt)).score <= 0.45


def test_a_fragment_of_a_point_belongs_to_what_the_point_is_about() -> None:
    told = verdicts("A primary key links to a different table.")
    assert told["points"] in {Verdict.NOT_FOUND, Verdict.CONTRADICTED}
    assert verdicts("A foreign key links to a different table.")["points"] is Verdict.FOUND


def test_a_pronoun_goes_on_with_the_subject() -> None:
    told = verdicts("There is the foreign key. It links to a different table.")
    assert told["points"] is Verdict.FOUND


def test_what_is_said_of_neither_by_name_is_not_held_against_anybody() -> None:
    assert Verdict.CONTRADICTED not in verdicts("It uniquely names a row.").values()
