import pytest

from interview.rules.access import EVERYTHING, NOTHING, Study, may_study, review_policy
from interview.rules.attempt import AttemptState, Feedback


@pytest.mark.parametrize("closed", [True, False])
def test_a_mock_interview_shows_nothing_before_it_ends(closed: bool) -> None:
    assert review_policy(AttemptState.OPEN, Feedback.END, item_closed=closed) == NOTHING


def test_practice_shows_a_grade_once_the_answer_is_in() -> None:
    assert review_policy(AttemptState.OPEN, Feedback.EACH, item_closed=True) == EVERYTHING
    assert review_policy(AttemptState.OPEN, Feedback.EACH, item_closed=False) == NOTHING


@pytest.mark.parametrize("state", [AttemptState.FINISHED, AttemptState.ABANDONED])
@pytest.mark.parametrize("feedback", list(Feedback))
def test_everything_is_shown_after_the_end(state: AttemptState, feedback: Feedback) -> None:
    assert review_policy(state, feedback, item_closed=False) == EVERYTHING


@pytest.mark.parametrize(
    ("study", "has_finished", "open_to_reader"),
    [
        (Study.OPEN, False, True),
        (Study.AFTER_ATTEMPT, False, False),
        (Study.AFTER_ATTEMPT, True, True),
        (Study.CLOSED, True, False),
    ],
)
def test_an_article_is_open_as_its_set_says(
    study: Study, has_finished: bool, open_to_reader: bool
) -> None:
    assert may_study(study, has_finished=has_finished) is open_to_reader
