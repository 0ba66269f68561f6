"""Which questions an attempt gets: at random, once each, and none newer than the publication."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.services.sets.drawing import Drawn, draw
from interview.store import drawing
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.drawing import Pool
from tests.support.authored import (
    ANYBODY,
    an_author,
    chance,
    many_questions,
    own,
    retire,
    revise,
    version_of,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def random_slot(count: int, topic: str = "", tag: str = "", difficulty: str = "") -> dict[str, Any]:
    return {
        "kind": "random", "topic": topic, "tag": tag, "difficulty": difficulty,
        "count": count, "points": 2.0, "seconds": None,
    }  # fmt: skip


def fixed_slot(question_id: int, points: float = 1.0, seconds: int | None = None) -> dict[str, Any]:
    return {
        "kind": "fixed", "question_id": question_id, "version_id": version_of(question_id),
        "content_hash": "first", "points": points, "seconds": seconds,
    }  # fmt: skip


def content(*slots: dict[str, Any], bound: int | None = None) -> dict[str, Any]:
    newest = db.session.scalar(sa.select(sa.func.max(QuestionVersion.id)))
    return {"slots": list(slots), "bound": bound or newest}


def questions_of(drawn: tuple[Drawn, ...]) -> list[int]:
    wanted = [one.version_id for one in drawn]
    rows = db.session.execute(
        sa.select(QuestionVersion.id, QuestionVersion.question_id).where(
            QuestionVersion.id.in_(wanted)
        )
    )
    by_version = dict(rows.all())
    return [by_version[version] for version in wanted]


def test_slots_are_drawn_in_their_order_with_their_points_and_times() -> None:
    first, last = many_questions(2, topic="Flask")
    many_questions(5)
    slots = (fixed_slot(first, 1.5, 120), random_slot(3, "Django"), fixed_slot(last))
    asked = draw(content(*slots), ANYBODY, chance(1))
    assert [one.points for one in asked] == [1.5, 2.0, 2.0, 2.0, 1.0]
    assert [one.seconds for one in asked] == [120, None, None, None, None]
    assert questions_of(asked)[0] == first
    assert questions_of(asked)[-1] == last


@pytest.mark.parametrize(
    "slot",
    [
        random_slot(40, "Django"),
        random_slot(40, tag="orm"),
        random_slot(40, "Django", "orm"),
        random_slot(13, "Django", difficulty="hard"),
        random_slot(13, tag="orm", difficulty="hard"),
    ],
    ids=lambda slot: " ".join(str(slot[name]) for name in ("topic", "tag", "difficulty")),
)
def test_every_question_that_fits_can_come_and_none_comes_twice(slot: dict[str, Any]) -> None:
    fitting = many_questions(120, tag="orm")
    many_questions(200, topic="Flask", tag="views")
    random, seen = chance(7), Counter[int]()
    for _ in range(60):
        asked = questions_of(draw(content(slot), ANYBODY, random))
        assert len(set(asked)) == len(asked) == slot["count"]
        seen.update(asked)
    hard = set(fitting[1::3]) if slot["difficulty"] else set(fitting)
    assert set(seen) == hard


def test_fewer_come_where_the_bank_has_fewer() -> None:
    fitting = many_questions(4)
    many_questions(30, topic="Flask")
    asked = draw(content(random_slot(10, "Django")), ANYBODY, chance(1))
    assert sorted(questions_of(asked)) == fitting
    assert draw(content(random_slot(3, "Cobol")), ANYBODY, chance(1)) == ()


def test_nothing_is_asked_that_is_fixed_or_drawn_in_another_place() -> None:
    many = many_questions(6, tag="orm")
    slots = random_slot(2, "Django"), fixed_slot(many[3]), random_slot(4, tag="orm")
    for seed in range(10):
        asked = questions_of(draw(content(*slots), ANYBODY, chance(seed)))
        assert sorted(asked) == sorted(many)
        assert asked[2] == many[3]


def test_a_retired_question_is_not_drawn_but_asked_where_it_was_chosen() -> None:
    many = many_questions(3)
    frozen = content(fixed_slot(many[0]), random_slot(3, "Django"))
    retire(many[0])
    retire(many[1])
    assert questions_of(draw(frozen, ANYBODY, chance(1))) == [many[0], many[2]]


def test_no_version_is_drawn_that_is_newer_than_the_publication() -> None:
    many = many_questions(4)
    before = [version_of(question) for question in many]
    frozen = content(random_slot(10, "Django"))
    revise(many[1], prompt="Another wording?")
    many_questions(20, first=100)
    asked = draw(frozen, ANYBODY, chance(1))
    assert sorted(one.version_id for one in asked) == before


def test_of_the_versions_up_to_the_publication_the_newest_is_drawn() -> None:
    (question,) = many_questions(1)
    newer = revise(question, prompt="Another wording?")
    frozen = content(random_slot(1, "Django"))
    revise(question, prompt="A third wording?")
    assert [one.version_id for one in draw(frozen, ANYBODY, chance(1))] == [newer]


@given(seed=st.integers(), count=st.integers(1, 50), taken=st.integers(0, 30))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_draw_gives_what_was_asked_for_as_far_as_there_is(
    seed: int, count: int, taken: int
) -> None:
    many = _thirty()
    pool = Pool("Django", "", "", None)
    rows = drawing.draw_from(db.session(), pool, count, chance(seed), many[:taken])
    drawn = [row.id for row in rows]
    assert len(set(drawn)) == len(drawn) == min(count, len(many) - taken)
    assert set(drawn) <= set(many[taken:])


def _thirty() -> list[int]:
    found = list(db.session.scalars(sa.select(Question.id).order_by(Question.id)))
    return found or many_questions(30)


@pytest.mark.parametrize("count", [1, 10, 40])
def test_a_draw_takes_two_statements_for_each_question_at_most(
    statements: Count, count: int
) -> None:
    many_questions(300)
    frozen = content(random_slot(count, "Django"))
    with statements() as seen:
        draw(frozen, ANYBODY, chance(3))
    assert len(seen) <= 2 * count + 1


POOLS = [
    (Pool("Django", "", "hard", 10_000, ANYBODY), "ix_questions_draw"),
    (Pool("Django", "", "", 10_000, ANYBODY), "ix_questions_draw"),
    (Pool("Django", "", "", None), "ix_questions_practice"),
    (Pool("", "orm", "", 10_000), "ix_question_tags_tag"),
    (Pool("Django", "orm", "hard", 10_000), "ix_question_tags_tag"),
]


@pytest.mark.parametrize(("pool", "index"), POOLS)
def test_a_seek_begins_in_the_middle_of_an_index(pool: Pool, index: str) -> None:
    many_questions(700, topic="Flask", tag="views")
    many_questions(60, tag="orm")
    many_questions(700, topic="Flask", tag="views", first=1000)
    plan = _plan(pool)
    assert index in plan
    for whole in ("SCAN questions", "SCAN question_tags", "Seq Scan on question"):
        assert whole not in plan


def _plan(pool: Pool) -> str:
    session = db.session()
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        session.execute(sa.text("ANALYZE"))
    seek = drawing.seek(pool).params(start=730, taken=[1, 2, 3])
    sql = seek.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if on_sqlite else "EXPLAIN"
    rows = session.execute(sa.text(f"{explain} {sql}"))
    return "\n".join(str(row[-1]) for row in rows)


def test_a_random_slot_draws_what_its_owner_wrote_and_what_authors_share_alone() -> None:
    mine, shared, theirs, everyones = many_questions(4)
    iris, other = an_author().id, an_author("Otto").id
    own(mine, iris, "owner")
    own(shared, other, "authors")
    own(theirs, other, "owner")
    asked = draw(content(random_slot(4, "Django")), iris, chance(1))
    assert set(questions_of(asked)) == {mine, shared, everyones}


def test_practice_asks_only_what_is_for_everyone() -> None:
    mine, everyones = many_questions(2)
    own(mine, an_author().id, "authors")
    rows = drawing.draw(db.session(), "Django", "", 2, chance(1))
    assert [row.id for row in rows] == [everyones]
