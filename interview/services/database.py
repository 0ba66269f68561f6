"""Whether the database answers, and whether its schema is the one this code expects."""

from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from interview.store import (
    appeals,
    assignments,
    attempts,
    audit,
    authoring,
    bank,
    classes,
    grades,
    imports,
    jobs,
    mail,
    notices,
    regrades,
    reports,
    sets,
    users,
)
from interview.store.db import db
from interview.store.engine import database_url, engine_options, install_listeners

# Importing a model is what makes it part of the schema.
MODELS = (
    appeals,
    assignments,
    attempts,
    audit,
    authoring,
    bank,
    classes,
    grades,
    imports,
    jobs,
    mail,
    notices,
    regrades,
    reports,
    sets,
    users,
)

# The newest file in migrations/versions. Kept here so that a web process can compare it
# without importing Alembic; a test holds it to the truth.
SCHEMA_HEAD = "0004"


def connect(app: Flask, url: str) -> None:
    """Bind an app to its database.

    Parameters
    ----------
    app : Flask
        The app; its engine is made here.
    url : str
        ``sqlite:///…`` or ``postgresql://…``.
    """
    name = database_url(url)
    parsed = sa.engine.make_url(name)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = name
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(name)
    db.init_app(app)
    with app.app_context():
        install_listeners(db.engine)


def attach_migrations(app: Flask, directory: Path) -> None:
    """Give `flask db` its configuration.

    Only the entry point of commands calls this: Alembic costs a web process memory and
    start-up time, and a web process never migrates.
    """
    from flask_migrate import Migrate  # noqa: PLC0415

    Migrate(app, db, directory=str(directory), render_as_batch=True)


def busy_errors() -> tuple[type[Exception], ...]:
    """The errors that a database raises when it cannot take a request just now."""
    return (OperationalError, PoolTimeout)


def problem() -> str | None:
    """Say in one line why the database cannot be used, or nothing."""
    try:
        head = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        return "the database does not answer, or `flask db upgrade` has not been run"
    if head != SCHEMA_HEAD:
        return f"the schema is at {head}, this code needs {SCHEMA_HEAD}: run `flask db upgrade`"
    return None
