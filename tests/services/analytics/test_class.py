"""A class over its assignments: the line of means, the means of learners, the key points."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from interview.services.analytics import class_
from interview.services.analytics.class_ import class_figures, open_class, within_reach
from interview.services.analytics.figures import Figure
from interview.services.analytics.records import AssignmentLine
from interview.services.classes.access import Forbidden
from interview.services.principals import Principal
from tests.support.analytics import a_sitting, sit
from tests.support.classes import (
    add_assignment,
    add_group,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.clock import START
from tests.support.gradebook import add_entries, set_mean
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
DAY = timedelta(days=1)


def test_assignments_come_in_the_order_of_opening_with_their_means(iris: Principal) -> None:
    version = add_set_version(iris.id)
    people = add_learners(1, *"ABCDEFGH")
    for day, mean in ((3, 0.5), (1, 0.4), (2, 0.6)):
        made = add_assignment(1, version, title=f"Day {day}", opens_at=START - DAY * (9 - day))
        add_entries(made, 1, [{"user_id": user, "score": mean} for user in people])
    add_assignment(1, version, title="Withdrawn, begun by nobody", archived_at=START)
    add_assignment(1, version, title="Not open yet", opens_at=START + DAY)
    figures = class_figures(1, None, START)
    assert [line.title for line in figures.trend] == ["Day 1", "Day 2", "Day 3"]
    assert [line.mean.shown for line in figures.trend] == pytest.approx([0.4, 0.6, 0.5])
    assert figures.drawn == figures.trend
    assert figures.looked_at == 3


def test_a_line_is_drawn_through_what_has_enough_scores_alone(iris: Principal) -> None:
    version = add_set_version(iris.id)
    people = add_learners(1, *"ABCDEFGH")
    for day in range(3):
        made = add_assignment(1, version, opens_at=START - DAY * (9 - day))
        add_entries(made, 1, [{"user_id": user} for user in people[day == 0 :]])
    figures = class_figures(1, None, START)
    assert [line.mean.n for line in figures.trend] == [7, 8, 8]
    assert [line.mean.shown for line in figures.trend] == [None, 0.5, 0.5]
    assert figures.drawn == ()


def test_means_and_key_points_can_be_those_of_a_group(iris: Principal) -> None:
    assignment, versions, _ = a_sitting(iris.id, [(0.5, 0.5)] * 2)
    group = add_group(1)
    (ada,) = add_learners(1, "Ada", group_id=group)
    sit(assignment, ada, versions, [0.9, 0.7])
    set_mean(1, ada, 0.75)
    everybody, own = class_figures(1, None, START), class_figures(1, group, START)
    assert (everybody.means.n, own.means.n, own.means.mean.value) == (3, 1, 0.75)
    assert [line.n for line in everybody.points] == [3, 3]
    assert [line.n for line in own.points] == [1, 1]
    assert own.trend[0].mean == Figure(0.8, 1)


def test_key_points_are_of_the_newest_assignments_within_reach() -> None:
    def line(number: int, scores: int, questions: int = 10) -> AssignmentLine:
        return AssignmentLine(number, "Test", START, False, questions, Figure(0.5, scores))

    many = [line(number, 1) for number in range(20)]
    assert within_reach([line(99, 0), *many]) == list(range(class_.NEWEST_FOR_POINTS))
    too_large = line(1, class_.MOST_ANSWERS)
    assert within_reach([too_large, line(2, 1)]) == [1]
    assert within_reach([line(2, 1), too_large]) == [2]
    assert within_reach([]) == []


def test_a_class_without_assignments_has_no_figures(iris: Principal) -> None:
    add_learners(1, "Ada")
    figures = class_figures(1, None, START)
    assert (figures.trend, figures.points, figures.means.n) == ((), (), 0)


def test_more_assignments_cost_no_more_statements(iris: Principal, statements: Count) -> None:
    seen = []
    for _ in range(2):
        a_sitting(iris.id, [(0.5, 0.5)] * 3)
        with statements() as counted:
            class_figures(1, None, START)
        seen.append(len(counted))
    assert seen == [5, 5]


def test_figures_of_a_class_are_for_those_who_help_in_it(iris: Principal) -> None:
    (ada,) = add_learners(1, "Ada")
    with pytest.raises(Forbidden):
        open_class(principal(ada), 1)
