"""Statements that are compiled once a process, and not once for each test's own engine."""

from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

MOST = 4000


class KeptStatements:
    """Gives the engines of all tests one dialect a database, and what was compiled for it.

    Compiled statements are known by their dialect, which is the engine's own; a sixth of the
    time of a test would go into compiling the same statements for the next one.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}
        self._make = SQLAlchemy._make_engine

    def install(self) -> None:
        """Have every engine that is made from now on share."""
        kept = self

        def make(database: SQLAlchemy, key: str | None, options: Any, app: Any) -> Engine:
            return kept.shared(kept._make(database, key, options, app))

        SQLAlchemy._make_engine = make  # type: ignore[assignment, method-assign]

    def shared(self, engine: Engine) -> Engine:
        """Make an engine share with those before it."""
        name = engine.dialect.name
        # A dialect is whole once an engine of its own has connected.
        if name not in self._kept or self._kept[name][0].server_version_info is None:
            self._kept[name] = (engine.dialect, LRUCache(MOST))
        dialect, compiled = self._kept[name]
        engine.dialect = engine.pool._dialect = dialect
        engine._compiled_cache = compiled
        return engine
