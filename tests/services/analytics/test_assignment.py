"""The figures of one assignment: of whom, of what, and at what cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import numpy as np
import pytest
import sqlalchemy as sa

from interview.services.analytics.assignment import assignment_figures, open_assignment
from interview.services.analytics.figures import ENOUGH_PAIRS, Figure
from interview.services.analytics.records import AssignmentFigures
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.bank import QuestionVersion
from interview.store.classes import ClassMember
from interview.store.sets import SetVersion
from tests.support.analytics import a_sitting, grade_again, say, sit
from tests.support.attempts import add_question
from tests.support.classes import (
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.gradebook import ask_for_review
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
TABLE = [(n / 10, None if n == 0 else 0.5 + n / 20) for n in range(8)]


def read(person: Principal, assignment: int, group: int | None = None) -> AssignmentFigures:
    row, _ = open_assignment(person, assignment)
    return assignment_figures(row, group)


def test_scores_and_questions_are_added_up_with_their_numbers(iris: Principal) -> None:
    assignment, _, attempts = a_sitting(iris.id, TABLE)
    ask_for_review(attempts[3], 2)
    figures = read(iris, assignment)
    counted = [sum(score or 0.0 for score in row) / 2 for row in TABLE]
    assert figures.scores.n == 8
    assert figures.scores.mean.shown == pytest.approx(np.mean(counted))
    assert figures.scores.quartiles is not None
    assert figures.scores.quartiles.upper == pytest.approx(np.quantile(counted, 0.75))
    assert figures.scores.bands == (
        ("not yet", 1), ("partly there", 3), ("mostly there", 3), ("strong", 1),
    )  # fmt: skip
    first, second = figures.questions
    assert (first.place, first.asked, first.is_drawn) == (1, 8, False)
    assert first.facility.shown == pytest.approx(0.35)
    assert second.facility.shown == pytest.approx(sum(row[1] or 0.0 for row in TABLE) / 8)
    assert second.unanswered == Figure(1 / 8, 8)
    assert second.review == Figure(1 / 7, 7)
    # Too few answered the second to speak of their time.
    assert (first.seconds.shown, second.seconds) == (60.0, Figure(120.0, 7))
    assert (first.target, first.pace, second.pace) == (90, 60 / 90, None)
    assert first.discrimination.n == 8
    assert first.discrimination.shown is None


def test_discrimination_is_told_from_twenty_learners_on(iris: Principal) -> None:
    table = [(n % 5 / 4, (n * 7) % 20 / 20, (n * 3) % 11 / 11) for n in range(ENOUGH_PAIRS)]
    assignment, _, _ = a_sitting(iris.id, table)
    scores = np.array(table)
    for place, line in enumerate(read(iris, assignment).questions):
        rest = np.delete(scores, place, axis=1).sum(axis=1)
        expected = np.corrcoef(scores[:, place], rest)[0, 1]
        assert line.discrimination.shown == pytest.approx(expected)


def test_attempts_that_asked_nothing_else_are_not_counted_as_compared(iris: Principal) -> None:
    assignment, (version,), _ = a_sitting(iris.id, [(n / 20,) for n in range(ENOUGH_PAIRS)])
    sit(assignment, add_learners(1, "Ada")[0], [version, add_question()], [0.1, 0.2])
    line, _ = read(iris, assignment).questions
    assert (line.asked, line.discrimination.n) == (21, 1)


def test_only_the_counting_attempt_of_those_who_learn_there_now_is_looked_at(
    iris: Principal,
) -> None:
    assignment, versions, _ = a_sitting(iris.id, [(0.2,)], counts="best", attempts_allowed=None)
    group = add_group(1)
    (ada,) = add_learners(1, "Ada", group_id=group)
    sit(assignment, ada, versions, [0.9])
    sit(assignment, ada, versions, [0.1], 2)
    gone, helper, busy = add_learners(1, "Gone", "Helper", "Busy")
    for person in (gone, helper):
        sit(assignment, person, versions, [0.5])
    sit(assignment, busy, versions, [0.5], state="open", ended_at=None, score=None)
    with write() as session:
        session.execute(sa.delete(ClassMember).where(ClassMember.user_id == gone))
        session.execute(
            sa.update(ClassMember).where(ClassMember.user_id == helper).values(role="assistant")
        )
    figures = read(iris, assignment)
    assert figures.scores.mean.value == pytest.approx(0.55)
    assert figures.questions[0].asked == 2
    assert figures.questions[0].facility.value == pytest.approx(0.55)
    assert [line.n for line in figures.points] == [2]
    own = read(iris, assignment, group)
    assert own.questions[0].facility == Figure(0.9, 1)
    assert own.points[0].n == 1


def test_shuffled_questions_come_in_the_order_of_the_set_and_drawn_ones_last(
    iris: Principal,
) -> None:
    assignment, versions, _ = a_sitting(iris.id, [(0.1, 0.2, 0.3)], shuffle=True)
    drawn = add_question()
    (ada,) = add_learners(1, "Ada")
    sit(assignment, ada, [drawn, *reversed(versions)], [0.4, 0.3, 0.2, 0.1])
    lines = read(iris, assignment).questions
    assert [line.facility.value for line in lines] == pytest.approx([0.1, 0.2, 0.3, 0.4])
    assert [line.is_drawn for line in lines] == [False, False, False, True]
    with write() as session:
        session.execute(sa.update(Assignment).values(shuffle=False))
    lines = read(iris, assignment).questions
    assert [line.asked for line in lines] == [2, 1, 2, 2]


def test_versions_of_a_question_are_one_question_with_its_newest_words(iris: Principal) -> None:
    assignment, (version,), (old,) = a_sitting(iris.id, [(0.2,)])
    newer = newer_version(version, "What is it, then?")
    (ada,) = add_learners(1, "Ada")
    new = sit(assignment, ada, [newer], [0.6])
    say(old, "not found")
    say(new, "found", point={"text": "Said in other words."})
    (line,) = read(iris, assignment).questions
    assert line.asked == 2
    assert line.facility.value == pytest.approx(0.4)
    (point,) = read(iris, assignment).points
    assert line.prompt == point.prompt == "What is it, then?"
    assert (point.text, point.counts[0], point.counts[2]) == (
        "Said in other words.", ("found", 1), ("not found", 1),
    )  # fmt: skip


def newer_version(version: int, prompt: str) -> int:
    with write() as session:
        row = session.get(QuestionVersion, version)
        assert row is not None
        values = {"question_id": row.question_id, "content_hash": prompt}
        made = {**values, "prompt": prompt, "rubric": row.rubric, "created_at": row.created_at}
        return session.execute(
            sa.insert(QuestionVersion).values(**made).returning(QuestionVersion.id)
        ).scalar_one()


def test_the_most_missed_key_points_come_first_by_the_newest_grades(iris: Principal) -> None:
    assignment, _, attempts = a_sitting(iris.id, [(0.5, 0.5, 0.5)] * 8)
    for number, attempt in enumerate(attempts):
        say(attempt, "contradicted" if number else "partly", 2)
        grade_again(attempt, 0.4, 3)
        say(attempt, "found" if number % 2 else "not found", 3)
    second, third, first = read(iris, assignment).points
    assert second.counts == (
        ("found", 0), ("partly", 1), ("not found", 0), ("contradicted", 7),
    )  # fmt: skip
    assert second.missed == Figure(7 / 8, 8)
    assert (third.found, third.not_found) == (4, 4)
    assert (first.found, first.missed.shown) == (8, 0.0)


def test_derived_points_of_other_references_are_not_added_up(iris: Principal) -> None:
    assignment, (shown,), attempts = a_sitting(iris.id, [(0.5,), (0.5,)])
    for text, attempt in zip("ab", attempts, strict=True):
        derived = {"id": "derived-1", "text": text, "derived": True}
        version = newer_version(shown, f"Version {text}")
        say(attempt, "found", point=derived, question_version_id=version)
    assert [(line.text, line.n) for line in read(iris, assignment).points] == [("a", 1), ("b", 1)]


def test_the_grader_is_compared_with_people_whose_grades_stand(iris: Principal) -> None:
    assignment, _, attempts = a_sitting(iris.id, [(n / 20, 0.5) for n in range(20)])
    for number, attempt in enumerate(attempts[:-1]):
        # It was graded anew before a person looked: the newer of the grader's grades counts.
        grade_again(attempt, number / 20 + 0.04, grader_version="2+test")
        grade_again(attempt, number / 20, graded_by=iris.id)
    taken_back = attempts[0]
    grade_again(taken_back, 0.9, 2)
    grade_again(taken_back, 0.5, 2, grader_version="1+test", graded_by=iris.id)
    figures = read(iris, assignment).agreement
    assert (figures.n, figures.points_apart, figures.r.shown) == (19, None, None)
    grade_again(attempts[-1], 0.95 - 0.04, graded_by=None)
    figures = read(iris, assignment).agreement
    assert (figures.n, figures.points_apart) == (20, 4)
    assert figures.bias.shown == pytest.approx(0.04)
    assert figures.r.shown == pytest.approx(1.0)
    assert sum(map(sum, figures.table)) == 20
    assert figures.table[0][:2] == (5, 0)
    assert 0.9 < (figures.kappa.shown or 0) <= 1


def test_a_larger_class_costs_no_more_statements(iris: Principal, statements: Count) -> None:
    small, _, _ = a_sitting(iris.id, [(0.5, 0.5)] * 2)
    large, _, _ = a_sitting(iris.id, [(0.5,) * 6] * 9)
    seen = []
    for assignment in (small, large):
        row, _ = open_assignment(iris, assignment)
        with statements() as counted:
            assignment_figures(row, None)
        seen.append(len(counted))
    assert seen == [8, 8]


def test_an_assignment_that_nobody_has_sat_has_no_figures(iris: Principal) -> None:
    assignment, _, _ = a_sitting(iris.id, [(0.5,)])
    with write() as session:
        session.execute(
            sa.update(ClassMember).where(ClassMember.role == "learner").values(role="assistant")
        )
    figures = read(iris, assignment)
    assert (figures.scores.n, figures.questions, figures.points, figures.agreement.n) == (
        0, (), (), 0,
    )  # fmt: skip


def test_figures_are_for_those_who_help_in_the_class(iris: Principal) -> None:
    assignment, _, _ = a_sitting(iris.id, [(0.5,)])
    (ada,) = add_learners(1, "Ada")
    with pytest.raises(Forbidden):
        open_assignment(principal(ada), assignment)
    stranger = principal(add_instructor("Eve"))
    add_class("Other", instructor=stranger.id)
    with pytest.raises(NotFound):
        open_assignment(stranger, assignment)


def test_a_random_slot_takes_its_places_in_the_order(iris: Principal) -> None:
    assignment, versions, _ = a_sitting(iris.id, [(0.1, 0.2)])
    drawn = add_question()
    version = add_set_version(iris.id, versions)
    with write() as session:
        row = session.get(SetVersion, version)
        assert row is not None
        first, second = row.content["slots"]
        random = {"kind": "random", "count": 1, "points": 1.0, "seconds": None}
        row.content = {**row.content, "slots": [first, random, second]}
        session.execute(sa.update(Assignment).values(set_version_id=version))
    (ada,) = add_learners(1, "Ada")
    sit(assignment, ada, [versions[0], drawn, versions[1]], [0.1, 0.9, 0.2])
    lines = read(iris, assignment).questions
    assert [line.facility.value for line in lines] == pytest.approx([0.1, 0.9, 0.2])
