"""What waits is found by the index of those where something waits, however large the class."""

from typing import Any

import pytest
import sqlalchemy as sa

from interview.store import queueing
from interview.store.db import db

NAMED = {"class": 1, "assignment": 1, "version": 1, "after": 0, "most": 9}
READS = {
    "a class": queueing.waiting_in([1]),
    "an assignment": queueing.WAITING,
    "a question": queueing.texts((queueing.WAITS,), waiting=True),
}


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.mark.parametrize("name", READS)
def test_nobody_is_read_who_has_nothing_that_waits(name: str) -> None:
    statement: sa.Select[Any] = READS[name]
    known = {key: NAMED[key] for key in NAMED if f":{key}" in str(statement)}
    written = statement.params(known).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[-1] for row in db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {written}"))]
    assert "ix_gradebook_entries_review" in plan[0]
    assert not [line for line in plan if line.startswith("SCAN")]
