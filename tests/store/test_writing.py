"""`write()`: committed whole or not at all, and never a reader that turns into a writer."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from interview.services.unit import write
from interview.store.db import db
from interview.store.engine import IMMEDIATE
from interview.store.users import User
from tests.support.attempts import add_person
from tests.support.client import CheckingClient


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def names() -> list[str]:
    found = list(db.session.scalars(sa.select(User.display_name).order_by(User.id)))
    db.session.rollback()
    return found


def rename(name: str) -> None:
    with write() as session:
        session.execute(sa.update(User).values(display_name=name))


@pytest.fixture
def begun(app: Flask) -> Iterator[list[str]]:
    """How transactions of this test begin."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_rest: object) -> None:
        if sql.startswith("BEGIN"):
            seen.append(sql)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_what_was_written_is_committed_at_the_end() -> None:
    add_person("Ada")
    rename("Grace")
    db.session.rollback()
    assert names() == ["Grace"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_nothing_is_written_when_the_block_fails(error: type[BaseException]) -> None:
    def rename_and_fail() -> None:
        with write() as session:
            session.execute(sa.update(User).values(display_name="Grace"))
            raise error

    add_person("Ada")
    with pytest.raises(error):
        rename_and_fail()
    assert names() == ["Ada"]


def test_it_does_not_nest() -> None:
    def rename_twice() -> None:
        with write() as session:
            session.execute(sa.update(User).values(display_name="Grace"))
            rename("Eve")

    add_person("Ada")
    with pytest.raises(RuntimeError, match="does not nest"):
        rename_twice()
    assert names() == ["Ada"]


def test_after_a_failure_the_next_write_works() -> None:
    add_person("Ada")
    with pytest.raises(ZeroDivisionError), write():
        _ = 1 / 0
    rename("Grace")
    assert names() == ["Grace"]


def test_a_read_that_is_under_way_is_ended_first() -> None:
    user = add_person("Ada")
    person = db.session.get(User, user)
    assert person is not None
    with write() as session:
        assert sa.inspect(person).expired
        session.execute(sa.update(User).values(display_name="Grace"))
    assert person.display_name == "Grace"


def test_a_write_outside_of_it_fails_the_tests() -> None:
    add_person("Ada")
    with pytest.raises(AssertionError, match="a write outside"):
        db.session.execute(sa.update(User).values(display_name="Eve"))
    db.session.rollback()
    assert names() == ["Ada"]


class TestSQLite:
    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    def test_a_write_takes_its_lock_when_it_begins_and_a_read_takes_none(
        self, begun: list[str]
    ) -> None:
        names()
        rename("Grace")
        names()
        assert begun == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]

    def test_the_option_does_not_stay_on_the_connection(self) -> None:
        rename("Grace")
        options = db.session.connection().get_execution_options()
        assert not options.get(IMMEDIATE)

    def test_a_request_that_reads_and_then_writes_begins_anew(
        self, client: CheckingClient, begun: list[str]
    ) -> None:
        client.log_in(add_person("Ada"))
        begun.clear()
        page = client.post("/practise/start", query_string={"set": "missing"})
        assert page.status == 404
        assert begun == ["BEGIN"]
