"""Reading an attempt: everything or as its learner, and what lies beside it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from interview.services.attempts.records import NotFound
from interview.services.marking.overriding import Decision, override
from interview.services.marking.reading import read
from interview.services.unit import write
from interview.store.classes import ClassMember
from tests.support.attempts import Item, add_attempt
from tests.support.classes import add_learners, principal
from tests.support.clock import START
from tests.support.gradebook import ask_for_review, sat
from tests.support.marking import grades, marked
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


def test_staff_read_what_the_learner_does_not_see_yet() -> None:
    case = marked(score_when="never", answer_when="never", points_when="never")
    full = read(case.iris, case.attempt, START, as_learner=False)
    assert full.screen is not None
    assert full.screen.score == pytest.approx(0.56)
    assert full.screen.answers[0].evidence is not None
    assert full.screen.answers[0].references
    same = read(case.iris, case.attempt, START, as_learner=True)
    assert same.screen is not None
    assert same.screen.score is None
    assert same.screen.answers[0].evidence is None
    assert not same.screen.answers[0].references
    assert same.history == {}
    assert (full.learner, full.number, full.title, full.state) == (
        "Ada", 1, "First test", "finished",
    )  # fmt: skip


def test_of_an_open_attempt_staff_read_what_was_handed_in_and_no_draft() -> None:
    case = marked()
    items = [
        Item(text="Handed in.", score=0.5),
        Item(state="open", text=None, draft="A secret draft."),
    ]
    running = sat(case.assignment, case.ada, None, 2, items=items, state="open", ended_at=None)
    found = read(case.iris, running, START, as_learner=False)
    assert found.screen is not None
    assert [answer.text for answer in found.screen.answers] == ["Handed in.", ""]
    assert read(case.iris, running, START, as_learner=True).screen is None


def test_every_grade_of_every_answer_is_told_to_staff() -> None:
    case = marked()
    decision = Decision(grades(case.attempt)[-1].id, {}, 1.0, "She said it.")
    override(case.iris, case.attempt, 1, decision, START)
    history = read(case.iris, case.attempt, START, as_learner=False).history
    told = {at: [(one.by, one.score) for one in given] for at, given in history.items()}
    assert told == {1: [("", 0.4), ("Iris", 1.0)], 2: [("", 0.8)]}


def test_attempts_of_the_same_learner_lie_beside_each_other() -> None:
    case = marked()
    second = sat(case.assignment, case.ada, 0.5, 2)
    third = sat(case.assignment, case.ada, 0.5, 3)
    middle = read(case.iris, second, START, as_learner=False)
    assert middle.previous is not None
    assert middle.following is not None
    assert (middle.previous.attempt_id, middle.following.attempt_id) == (case.attempt, third)
    last = read(case.iris, third, START, as_learner=False)
    assert last.following is None


def test_the_next_to_review_follows_by_name_and_comes_round() -> None:
    case = marked()
    ben, cleo, dan = add_learners(1, "Ben", "Cleo", "Dan")
    by_dan = sat(case.assignment, dan, 0.5)
    by_ben = sat(case.assignment, ben, 0.5)
    by_ben_again = sat(case.assignment, ben, 0.5, 2)
    sat(case.assignment, cleo, 0.5)
    for attempt in (by_dan, by_ben, by_ben_again, case.attempt):
        ask_for_review(attempt)
    order, attempt = [], case.attempt
    for _ in range(4):
        found = read(case.iris, attempt, START, as_learner=False).to_review
        assert found is not None
        attempt = found.attempt_id
        order.append((attempt, found.words))
    assert order == [(by_ben, "Ben"), (by_ben_again, "Ben"), (by_dan, "Dan"), (case.attempt, "Ada")]


def test_where_nothing_else_is_to_be_reviewed_nothing_is_offered() -> None:
    case = marked()
    ask_for_review(case.attempt)
    assert read(case.iris, case.attempt, START, as_learner=False).to_review is None


def test_whoever_left_the_class_is_read_still() -> None:
    case = marked()
    (ben,) = add_learners(1, "Ben")
    ask_for_review(sat(case.assignment, ben, 0.5))
    with write() as session:
        session.execute(sa.delete(ClassMember).where(ClassMember.user_id == case.ada))
    found = read(case.iris, case.attempt, START, as_learner=False)
    assert found.to_review is not None
    assert (found.learner, found.to_review.words) == ("Ada", "Ben")


def test_practice_and_the_attempts_of_others_are_absent() -> None:
    case = marked()
    practice = add_attempt(case.ada)
    for person, attempt in ((case.iris, practice), (principal(case.ada), case.attempt)):
        with pytest.raises(NotFound):
            read(person, attempt, START, as_learner=True)


def test_the_number_of_statements_is_fixed(statements: Count) -> None:
    case = marked()

    def cost(answers: int, number: int) -> int:
        items = [Item() for _ in range(answers)]
        attempt = sat(case.assignment, case.ada, 0.5, number, items=items)
        with statements() as seen:
            read(case.iris, attempt, START, as_learner=False)
        return len(seen)

    assert cost(1, 2) == cost(9, 3) <= 12
