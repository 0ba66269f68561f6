"""How Alembic reaches the app's database; `flask db …` runs this."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

config = context.config
_migrate = current_app.extensions["migrate"]
_db = _migrate.db


def _include(
    _object: object, name: str | None, kind: str, _reflected: bool, _other: object
) -> bool:
    # SQLite keeps its own bookkeeping tables beside ours.
    return not (kind == "table" and name is not None and name.startswith("sqlite_"))


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=_db.metadata,
        compare_type=True,
        render_as_batch=True,
        include_object=_include,
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate_sqlite(connection: Connection) -> None:
    # A batch migration recreates the table: with foreign keys on, dropping the old one would
    # delete its children. The switch has no effect inside a transaction, so it comes first.
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    try:
        _run(connection)
        connection.commit()
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()


with _db.engine.connect() as _connection:
    if _connection.dialect.name == "sqlite":
        _migrate_sqlite(_connection)
    else:
        _run(_connection)
        _connection.commit()
