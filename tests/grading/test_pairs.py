"""The open pairs of a right and a wrong answer to the questions of the shipped bank."""

from tests.grading.banks import pairs, shipped_grader, shipped_rubrics


def scores(side: str) -> list[float]:
    grader, rubrics = shipped_grader(), shipped_rubrics()
    return [grader.grade(rubrics[pair["slug"]], pair[side]).score for pair in pairs("tuning")]


def test_right_answers_come_out_above_wrong_ones() -> None:
    ordered = [right > wrong for right, wrong in zip(scores("right"), scores("wrong"), strict=True)]
    assert sum(ordered) / len(ordered) >= 0.95


def test_most_right_answers_reach_their_mark() -> None:
    reached = [score >= 0.7 for score in scores("right")]
    assert sum(reached) / len(reached) >= 0.8


def test_most_wrong_answers_stay_below_theirs() -> None:
    kept = [score <= 0.45 for score in scores("wrong")]
    assert sum(kept) / len(kept) >= 0.85
