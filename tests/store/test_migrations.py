"""The migrations: they lead to the models, and back, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from interview.services.database import SCHEMA_HEAD
from interview.store.db import db
from interview.store.engine import database_url as with_driver
from interview.web.config import ROOT
from tests.support.databases import migrate
from tests.support.postgres import Postgres


@pytest.fixture
def unmigrated(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def connection(database_url: str) -> Iterator[sa.Connection]:
    """A connection to a migrated database, without the app."""
    engine = sa.create_engine(with_driver(database_url))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def tables_of(url: str) -> set[str]:
    engine = sa.create_engine(with_driver(url))
    names = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_the_code_expects_the_newest_migration() -> None:
    assert ScriptDirectory(str(ROOT / "migrations")).get_heads() == [SCHEMA_HEAD]


def test_the_migrated_schema_is_that_of_the_models(connection: sa.Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_the_checks_of_the_models_were_migrated(connection: sa.Connection) -> None:
    """Alembic compares no CHECK constraints, so they are compared here by name."""
    inspector = sa.inspect(connection)
    for table in db.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert {c["name"] for c in inspector.get_check_constraints(table.name)} == wanted, (
            table.name
        )


def test_the_way_leads_up_and_down_and_up_again(unmigrated: str, tmp_path: Path) -> None:
    models = set(db.metadata.tables)
    migrate(unmigrated, tmp_path)
    assert models <= tables_of(unmigrated)
    migrate(unmigrated, tmp_path, "downgrade", "base")
    assert tables_of(unmigrated) == {"alembic_version"}
    migrate(unmigrated, tmp_path)
    assert models <= tables_of(unmigrated)
