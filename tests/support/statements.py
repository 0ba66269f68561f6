"""What an app says to its database: counted, and held to the one way of writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from interview.store.engine import IMMEDIATE

_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE")


class Statements:
    """The statements of a block, without those that only frame a transaction."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self.commits = 0

    def __len__(self) -> int:
        return len(self.sql)

    def __str__(self) -> str:
        return "\n".join(f"{number}. {sql}" for number, sql in enumerate(self.sql, 1))

    def note(self, _connection: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
        if not sql.lstrip().upper().startswith(_FRAME):
            self.sql.append(sql)

    def note_commit(self, _connection: Connection) -> None:
        self.commits += 1


@contextmanager
def counted(engine: Engine) -> Iterator[Statements]:
    """Record what the engine executes and commits within the block."""
    seen = Statements()
    event.listen(engine, "before_cursor_execute", seen.note)
    event.listen(engine, "commit", seen.note_commit)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", seen.note)
        event.remove(engine, "commit", seen.note_commit)


def guard_writes(engine: Engine) -> None:
    """Fail any write outside `interview.services.unit.write`."""
    event.listen(engine, "before_cursor_execute", _guard)


def _guard(connection: Connection, _cursor: Any, sql: str, *_rest: Any) -> None:
    if sql.lstrip().upper().startswith(_WRITES):
        begun = connection.get_execution_options().get(IMMEDIATE)
        assert begun, f"a write outside services.unit.write(): {sql}"
