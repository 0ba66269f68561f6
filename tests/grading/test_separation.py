"""Whether a rubric tells right sample answers from wrong ones."""

from dataclasses import replace

import pytest

from interview.grading import AnswerGrader, Grade, KeyPoint, Misconception, Rubric
from interview.grading.separation import (
    Examination,
    Fault,
    Finding,
    Label,
    Sample,
    copied_wording,
    examine,
)

RUBRIC = Rubric(
    prompt="What is a queue?",
    references=("A queue is a first-in, first-out collection: what was added first leaves first.",),
    key_points=(
        KeyPoint("fifo", "A queue is a first-in, first-out collection.", ("FIFO order",)),
        KeyPoint("order", "What was added first leaves first.", ("the oldest goes out first",)),
    ),
    misconceptions=(
        Misconception("lifo", "A queue hands out the newest element.", (), "That is a stack."),
    ),
)
BLANK = AnswerGrader.load().grade(RUBRIC, "")


def examined(*samples: tuple[Label, float]) -> Examination:
    """An examination whose samples came out with these scores."""
    grades: list[Grade] = [replace(BLANK, score=score) for _, score in samples]
    pairs = zip((Sample(label, "…") for label, _ in samples), grades, strict=True)
    return Examination((1.0,), (), tuple(pairs))


@pytest.mark.parametrize(
    ("samples", "findings"),
    [
        ([(Label.GOOD, 0.9), (Label.WRONG, 0.2)], []),
        ([(Label.GOOD, 0.9), (Label.PARTIAL, 0.5), (Label.CONTRADICTORY, 0.2)], []),
        ([(Label.GOOD, 0.9), (Label.PARTIAL, 0.89), (Label.WRONG, 0.2)], []),
        ([], [Finding(Fault.NO_GOOD), Finding(Fault.NO_WRONG)]),
        ([(Label.PARTIAL, 0.5)], [Finding(Fault.NO_GOOD), Finding(Fault.NO_WRONG)]),
        ([(Label.GOOD, 0.45), (Label.WRONG, 0.2)], [Finding(Fault.LOW_GOOD, 0)]),
        ([(Label.GOOD, 0.6), (Label.WRONG, 0.6)], [Finding(Fault.ORDER, 0, 1)]),
        ([(Label.WRONG, 0.7), (Label.GOOD, 0.6)], [Finding(Fault.ORDER, 1, 0)]),
        ([(Label.GOOD, 0.6), (Label.WRONG, 0.55)], [Finding(Fault.CLOSE, 0, 1)]),
        (
            [(Label.GOOD, 0.9), (Label.PARTIAL, 0.95), (Label.WRONG, 0.2)],
            [Finding(Fault.ORDER, 0, 1)],
        ),
        (
            [(Label.GOOD, 0.9), (Label.PARTIAL, 0.1), (Label.WRONG, 0.2)],
            [Finding(Fault.ORDER, 1, 2)],
        ),
    ],
)
def test_samples_must_come_out_in_the_order_of_their_labels(
    samples: list[tuple[Label, float]], findings: list[Finding]
) -> None:
    assert list(examined(*samples).findings) == findings


def test_the_worst_good_sample_is_compared_with_the_best_wrong_one() -> None:
    made = examined(
        (Label.GOOD, 0.9), (Label.GOOD, 0.6), (Label.WRONG, 0.1), (Label.CONTRADICTORY, 0.7)
    )
    assert list(made.findings) == [Finding(Fault.ORDER, 1, 3)]


def test_a_rubric_that_separates_its_samples_has_no_fault() -> None:
    samples = [
        Sample(Label.GOOD, "FIFO: the oldest element goes out first, like people in a line."),
        Sample(Label.WRONG, "It hands out whatever was pushed last."),
    ]
    made = examine(AnswerGrader.load(), RUBRIC, samples)
    assert made.findings == ()
    assert [sample.label for sample, _ in made.samples] == [Label.GOOD, Label.WRONG]


def test_a_misconception_that_would_earn_much_by_itself_is_a_fault() -> None:
    idea = Misconception("same", "What was added first leaves first, in FIFO order.", (), "…")
    made = examine(AnswerGrader.load(), replace(RUBRIC, misconceptions=(idea,)), ())
    assert Finding(Fault.MISCONCEPTION, 0) in made.findings


def test_a_sample_that_repeats_a_clause_of_the_rubric_is_noticed() -> None:
    told = "I think: what was ADDED first leaves first -- always"
    assert copied_wording(RUBRIC, told) == "What was added first leaves first."
    assert copied_wording(RUBRIC, "FIFO order, oldest first") == ""
