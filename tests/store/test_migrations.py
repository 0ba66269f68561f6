"""Migrations: they go up and down on both databases and end at what the models say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, Inspector

from interview.services.database import SCHEMA_HEAD, attach_migrations
from interview.services.unit import write
from interview.store.db import Base, db
from interview.store.jobs import Job
from interview.web.app import create_app
from interview.web.config import ROOT, Settings
from tests.support.attempts import Item, add_attempt, add_person
from tests.support.postgres import Postgres

MIGRATIONS = ROOT / "migrations"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    """A database without tables, to be migrated by the test alone."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def migrating(settings: Settings) -> Iterator[Flask]:
    """The app on a migrated database, with the migrations at hand."""
    app = create_app(settings)
    attach_migrations(app, MIGRATIONS)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    return not (kind == "table" and str(name).startswith("sqlite_"))


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "include_object": is_ours, "render_as_batch": True}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def checks(inspector: Inspector, table: str) -> list[str]:
    return sorted(str(one["name"]) for one in inspector.get_check_constraints(table))


def test_the_migrated_schema_is_the_one_of_the_models(migrating: Flask) -> None:
    with db.engine.connect() as connection:
        assert differences(connection) == []


def test_rules_of_the_models_are_held_by_the_migrated_tables(migrating: Flask) -> None:
    inspector = sa.inspect(db.engine)
    for name, table in Base.metadata.tables.items():
        rules = (one for one in table.constraints if isinstance(one, sa.CheckConstraint))
        # A rule that a migration states twice would hold the old one beside the new one.
        assert checks(inspector, name) == sorted(str(one.name) for one in rules), name


def test_open_attempts_are_unique_by_a_partial_index(migrating: Flask) -> None:
    (index,) = [
        one
        for one in sa.inspect(db.engine).get_indexes("attempts")
        if one["name"] == "uq_attempts_open"
    ]
    assert index["unique"]
    options = {key.partition("_")[2]: str(value) for key, value in index["dialect_options"].items()}
    assert "open" in options["where"]


def test_every_step_goes_down_and_up_again(migrating: Flask) -> None:
    before = tables()
    assert before == set(Base.metadata.tables)
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == before
    with db.engine.connect() as connection:
        assert differences(connection) == []


def test_going_up_keeps_what_is_there(migrating: Flask) -> None:
    add_attempt(add_person("Ada"), items=[Item(), Item(draft="half")])
    counts = [sa.select(sa.func.count()).select_from(one) for one in Base.metadata.sorted_tables]
    before = [db.session.scalar(count) for count in counts]
    db.session.remove()
    upgrade()
    assert [db.session.scalar(count) for count in counts] == before


def test_an_import_that_is_under_way_goes_on_as_a_job(migrating: Flask) -> None:
    person = add_person("Ada")
    downgrade(revision="0003")
    row = (
        "INSERT INTO imports (id, owner_id, name, settings, content, state, progress, total,"
        " summary, created_at) VALUES (:id, :owner, 'a.csv', '{}', :content, :state, 0, 0, '{}',"
        " '2026-03-02 09:00')"
    )
    with write() as session:
        for number, state in enumerate(("waiting", "read", "writing"), start=1):
            named = {"id": number, "owner": person, "content": b"", "state": state}
            session.execute(sa.text(row), named)
    upgrade()
    jobs = db.session.execute(sa.select(Job.kind, Job.subject_id, Job.state, Job.owner_id))
    assert sorted(map(tuple, jobs)) == [
        ("import", 1, "waiting", person),
        ("import", 3, "waiting", person),
    ]


def test_the_code_names_the_newest_migration() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_heads() == [SCHEMA_HEAD]


@pytest.mark.parametrize("path", sorted((MIGRATIONS / "versions").glob("*.py")), ids=str)
def test_a_migration_is_named_by_its_number_and_can_be_undone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    revision = re.search(r'^revision = "(\w+)"$', text, re.MULTILINE)
    assert revision is not None
    assert path.name.startswith(f"{revision[1]}_")
    assert re.search(r"^def downgrade\(\) -> None:\n    (?!pass)", text, re.MULTILINE)
