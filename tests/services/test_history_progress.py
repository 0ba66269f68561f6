"""What the newest attempts add up to."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from interview.services import progress as service
from interview.services.progress import Mastery, progress, recent_results
from tests.support.attempts import (
    ENDED_AT,
    Item,
    add_attempt,
    add_person,
    add_question,
    an_open,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_mastery_is_the_mean_of_the_latest_answer_to_each_question() -> None:
    user = add_person()
    first, second = add_question(topic="Django"), add_question(topic="Django")
    old = [Item(first, score=0.0), Item(second, score=0.5)]
    add_attempt(user, items=old, ended_at=ENDED_AT - timedelta(days=1))
    add_attempt(user, items=[Item(first, score=1.0)])
    assert progress(user, ENDED_AT).topics == (Mastery("Django", 2, 0.75),)


def test_tags_are_counted_for_each_question_that_has_them() -> None:
    user = add_person()
    both = add_question(tags=["orm", "models"])
    orm = add_question(tags=["orm"])
    add_attempt(user, items=[Item(both, score=0.25), Item(orm, score=0.75)])
    found = {one.name: (one.questions, one.mean) for one in progress(user, ENDED_AT).tags}
    assert found == {"models": (1, 0.25), "orm": (2, 0.5)}


def test_only_answers_that_were_handed_in_count() -> None:
    user = add_person()
    version = add_question()
    add_attempt(user, items=[Item(version, score=0.6)], ended_at=ENDED_AT - timedelta(days=1))
    items = [Item(version, state=state, text=None) for state in ("unanswered", "revealed")]
    add_attempt(user, items=items)
    assert progress(user, ENDED_AT).topics == (Mastery("Django", 1, 0.6),)


def test_answers_of_an_abandoned_attempt_count_and_those_of_an_open_one_do_not() -> None:
    user = add_person()
    add_attempt(user, items=[Item(score=0.3)], state="abandoned", score=None)
    add_attempt(user, an_open(items=[Item(score=0.9)]))
    assert progress(user, ENDED_AT).topics == (Mastery("Django", 1, 0.3),)


def test_the_weakest_come_first_and_too_few_answers_last() -> None:
    user = add_person()
    for topic, scores in {"A": (0.9, 0.9, 0.9), "B": (0.1, 0.2, 0.3), "C": (0.0, 0.0)}.items():
        items = [Item(add_question(topic=topic), score=score) for score in scores]
        add_attempt(user, items=items)
    found = progress(user, ENDED_AT).topics
    assert [one.name for one in found] == ["B", "A", "C"]
    assert [one.is_enough for one in found] == [True, True, False]


def test_mastery_looks_at_the_newest_attempts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "NEWEST_ATTEMPTS", 2)
    user = add_person()
    for day, topic in enumerate(("Old", "Newer", "Newest")):
        items = [Item(add_question(topic=topic))]
        add_attempt(user, items=items, ended_at=ENDED_AT + timedelta(days=day))
    assert {one.name for one in progress(user, ENDED_AT).topics} == {"Newer", "Newest"}


def test_nobody_is_judged_by_the_answers_of_another() -> None:
    ada, bob = add_person("Ada"), add_person("Bob")
    add_attempt(ada)
    assert (progress(bob, ENDED_AT).topics, progress(bob, ENDED_AT).trend) == ((), ())


@pytest.mark.parametrize(("finished", "drawn"), [(4, False), (5, True)])
def test_a_trend_needs_five_finished_attempts(finished: int, drawn: bool) -> None:
    user = add_person()
    add_attempt(user, state="abandoned", score=None)
    for day in range(finished):
        add_attempt(user, score=day / 10, ended_at=ENDED_AT + timedelta(days=day))
    found = progress(user, ENDED_AT)
    assert found.has_trend is drawn
    assert [one.score for one in found.trend] == [day / 10 for day in range(finished)]


def test_progress_takes_two_statements_whatever_there_is(statements: Count) -> None:
    user = add_person()
    for _ in range(12):
        add_attempt(user, items=[Item(), Item()])
    with statements() as seen:
        progress(user, ENDED_AT)
    assert len(seen) == 2, str(seen)


def test_recent_results_are_finished_attempts_newest_first() -> None:
    user = add_person()
    for day, state in enumerate(("finished", "finished", "abandoned", "finished")):
        score = None if state == "abandoned" else day / 4
        ended = ENDED_AT + timedelta(days=day)
        add_attempt(user, state=state, score=score, title=f"Day {day}", ended_at=ended)
    found = recent_results(user, 2, ENDED_AT)
    assert [one.title for one in found] == ["Day 3", "Day 1"]
    assert [one.band for one in found] == ["strong", "partly there"]
