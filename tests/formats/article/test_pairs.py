"""Articles whose questions and answers are labelled, folded or listed."""

import pytest

from tests.support.articles import answer, answers, lines, prompts, read


@pytest.mark.parametrize(
    ("ask", "tell"),
    [
        ("Q: ", "A: "),
        ("Q1. ", "A1. "),
        ("**Q:** ", "**A:** "),
        ("Question: ", "Answer: "),
        ("### Question 1: ", "**Answer:** "),
        ("**Question 1:** ", "**Answer**: "),
        ("Q1) ", "Ans. "),
    ],
)
def test_pairs_are_told_by_their_labels(ask: str, tell: str) -> None:
    reading = read(f"{ask}What is a lock?\n{tell}A right to be alone.\n\nIt is given back.\n")
    assert prompts(reading) == ["What is a lock?"]
    assert answers(reading) == ["A right to be alone.\n\nIt is given back."]


def test_a_question_goes_on_to_its_answer_and_may_have_several() -> None:
    reading = read(
        """
        Q: What does this print?

        ```python
        print(1 + 1)
        ```

        A: It prints 2.
        A: Two, on a line of its own.

        Q: And this? A: Nothing.
        """
    )
    assert prompts(reading) == [
        "What does this print?\n\n```python\nprint(1 + 1)\n```",
        "And this?",
    ]
    assert reading.questions[0].fields["references"] == [
        "It prints 2.",
        "Two, on a line of its own.",
    ]
    assert answer(reading.questions[1]) == "Nothing."


def test_folds_hold_questions_or_answers() -> None:
    questions = read(
        """
        <details>
        <summary><b>What is a branch?</b></summary><br><b>

        A line of work.

        </b></details>

        <details><summary>What is a merge?</summary>Two lines made one.</details>
        """
    )
    assert prompts(questions) == ["What is a branch?", "What is a merge?"]
    assert answers(questions) == ["A line of work.", "Two lines made one."]
    folded = read(
        """
        ### What is a tag?

        <details><summary>Show answer</summary>

        A name for a commit.

        <details><summary>A hint</summary>Look at releases.</details>
        </details>
        """
    )
    assert answers(folded) == ["A name for a commit.\n\n**A hint**\nLook at releases."]


def test_a_question_without_an_answer_is_kept_with_a_warning() -> None:
    reading = read("## What is first?\n\n## What is second?\n\nThis.\n")
    first, _ = reading.questions
    assert first.fields["references"] == []
    assert [(one.line, one.message) for one in first.notices] == [
        (1, "This question has no answer here.")
    ]


def test_a_plain_list_of_questions_is_one_without_answers() -> None:
    reading = read(
        """
        # Style

        * What is a reset?
        * Explain the box model.
        * How are fonts loaded?
          - before they are used
        """
    )
    assert prompts(reading) == [
        "What is a reset?",
        "Explain the box model.",
        "How are fonts loaded?",
    ]
    assert [found.fields["references"] for found in reading.questions] == [
        [],
        [],
        ["- before they are used"],
    ]


def test_contents_without_links_are_known_by_coming_again() -> None:
    reading = read(
        """
        1. What is a queue?
        2. What is a stack?

        1. What is a queue?

           First in, first out.

        2. What is a stack?

           Last in, first out.
        """
    )
    assert answers(reading) == ["First in, first out.", "Last in, first out."]
    assert lines(reading.questions[0].notices) == []
