"""How connections behave: SQLite's settings, and where each kind of transaction begins."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from interview.store.attempts import Attempt, AttemptItem
from interview.store.db import db
from interview.store.engine import database_url, engine_options
from interview.store.grades import Grade, Submission
from interview.store.types import UTCDateTime
from interview.store.users import User
from tests.support.attempts import ENDED_AT, add_attempt, add_person


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


class TestSQLite:
    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "wal"),
            # 2 is FULL: an acknowledged commit outlives a power cut.
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 15_000),
        ],
    )
    def test_every_connection_is_set_up(self, pragma: str, value: object) -> None:
        with db.engine.connect() as first, db.engine.connect() as second:
            for connection in (first, second):
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value

    def test_foreign_keys_are_held(self) -> None:
        with pytest.raises(IntegrityError):
            add_attempt(user_id=999)


def test_deleting_a_person_takes_everything_of_theirs_along() -> None:
    user = add_person()
    add_attempt(user)
    with db.engine.connect() as connection, connection.begin():
        connection.execution_options(sqlite_immediate=True)
        connection.execute(sa.delete(User).where(User.id == user))
    for model in (Attempt, AttemptItem, Submission, Grade):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(model)) == 0


def test_the_database_itself_holds_one_open_attempt_a_scope() -> None:
    user = add_person()
    for state in ("finished", "abandoned", "open"):
        add_attempt(user, state=state, scope="set:1", ended_at=ENDED_AT)
    add_attempt(user, state="open", scope="set:2", ended_at=ENDED_AT)
    with pytest.raises(IntegrityError):
        add_attempt(user, state="open", scope="set:1", ended_at=ENDED_AT)


@pytest.mark.parametrize(
    ("column", "value"), [("state", "lost"), ("preset", "exam"), ("feedback", "never")]
)
def test_the_database_itself_knows_the_states(column: str, value: str) -> None:
    user = add_person()
    values: dict[str, Any] = {column: value}
    with pytest.raises(IntegrityError):
        add_attempt(user, **values)


def test_moments_come_back_aware_and_in_utc() -> None:
    moment = datetime(2026, 3, 29, 3, 5, tzinfo=timezone(timedelta(hours=2)))
    user = add_person()
    add_attempt(user, ended_at=moment)
    kept = db.session.scalar(sa.select(Attempt.finished_at))
    assert kept == moment
    assert kept is not None
    assert kept.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a moment needs a time zone"):
        UTCDateTime().process_bind_param(datetime(2026, 3, 29), db.engine.dialect)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ("postgres://h/x", "postgresql+psycopg://h/x"),
        ("postgresql://u:p%40@h:5433/x", "postgresql+psycopg://u:p%40@h:5433/x"),
        ("postgresql+psycopg://h/x", "postgresql+psycopg://h/x"),
        ("sqlite:////srv/x.db", "sqlite:////srv/x.db"),
    ],
)
def test_the_driver_is_the_one_that_is_shipped(given: str, named: str) -> None:
    assert database_url(given) == named


def test_postgresql_connections_are_tried_before_use() -> None:
    assert engine_options("postgresql+psycopg://h/x")["pool_pre_ping"] is True
