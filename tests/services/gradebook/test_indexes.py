"""Rows come in the order of an index: what is not shown is neither read nor sorted."""

import pytest
import sqlalchemy as sa

from interview.services.gradebook.reading import learners
from interview.services.gradebook.records import Filters, Order
from interview.services.principals import Principal
from interview.store.db import db
from tests.support.classes import add_assignment, add_learners, add_set_version
from tests.support.clock import START
from tests.support.gradebook import add_entries, set_mean


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("by", "index"),
    [
        ("name", "ix_class_members_name"),
        ("mean", "ix_class_members_mean"),
        (1, "ix_gradebook_entries_score"),
    ],
)
def test_no_order_is_sorted(iris: Principal, by: str | int, index: str, descending: bool) -> None:
    people = add_learners(1, *(f"Learner {number}" for number in range(40)))
    assignment = add_assignment(1, add_set_version(iris.id))
    add_entries(assignment, 1, [{"user_id": user, "score": user / 99} for user in people])
    for user in people:
        set_mean(1, user, user / 99)
    part = learners(Filters(), Order(by, descending), START)[0]
    down = [column.desc() if part.descending else column for column in part.key]
    statement = part.statement.order_by(*down).limit(10).params({"class": 1})
    written = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[-1] for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {written}"))]
    assert index in plan[0]
    assert not [line for line in plan if "TEMP B-TREE" in line]
