"""Asking every route as everybody: the machinery of test_roles.py, and the writer of its list."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from flask import Flask
from werkzeug.routing import Rule

from interview.web.app import create_app
from interview.web.config import Settings
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.databases import SECRET, sqlite_copy, sqlite_template
from tests.support.page import Page
from tests.support.world import ROLES, World, build, close

LISTED = Path(__file__).with_name("roles.txt")
HEAD = "RULE METHOD | " + " | ".join(ROLES)
CLASS_NUMBERS = {
    *("class_id", "assignment_id", "set_id", "slot_id", "invitation_id", "group_id", "appeal_id"),
}
SAVE = {"text": "x", "base": 0, "writer": "w", "sequence": 1}
SAMPLES = {"token": "x", "what": "reset", "slug": "x", "position": 1, "number": 1}


@dataclass(frozen=True)
class Asked:
    """One route by one method."""

    rule: str
    endpoint: str
    method: str
    arguments: tuple[str, ...]

    @property
    def is_of_a_class(self) -> bool:
        """Whether its address names something of a class, or an attempt."""
        names = set(self.arguments)
        return bool(names & (CLASS_NUMBERS | {"attempt_id"}))


def asked(app: Flask) -> list[Asked]:
    """Every route by each of its methods, in the order of the list."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            found += [
                Asked(rule.rule, rule.endpoint, method, tuple(sorted(rule.arguments)))
                for method in _methods(rule)
            ]
    return sorted(found, key=lambda one: (one.rule, one.method))


def _methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def line(one: Asked, statuses: dict[str, int]) -> str:
    """One line of the list."""
    told = " ".join(str(statuses[role]) for role in ROLES)
    return f"{one.rule} {one.method} | {told}"


def address(app: Flask, world: World, one: Asked, **others: object) -> str:
    """The address of a route with the numbers of the own class, but for these."""
    values = {name: _value(world, one, name) for name in one.arguments}
    return app.url_map.bind("localhost").build(one.endpoint, {**values, **others})


def _value(world: World, one: Asked, name: str) -> object:
    own = world.own
    if name == "attempt_id" and one.endpoint.startswith(("sitting.", "live.report")):
        return own.open_attempt
    return own.numbers.get(name, SAMPLES.get(name, 1))


class Walk:
    """Asks routes of an app whose database is put back before each request that may write."""

    def __init__(self, app: Flask, world: World, file: Path, kept: Path) -> None:
        self.app, self.world, self.file, self.kept = app, world, file, kept
        shutil.copyfile(file, kept)
        self.changed = False

    @classmethod
    def of(cls, app: Flask, file: Path, kept: Path) -> Self:
        """Build the world in an app's empty database, which is this file."""
        with app.app_context():
            world = build()
            close()
        return cls(app, world, file, kept)

    def statuses(self, one: Asked) -> dict[str, int]:
        """What everybody gets."""
        return {role: self.ask(one, role).status for role in ROLES}

    def ask(self, one: Asked, role: str) -> Page:
        """Ask for the objects of the class, as somebody."""
        return self.request(one.method, self.path(one), role)

    def request(self, method: str, path: str, role: str) -> Page:
        """Ask for an address as somebody, on a fresh world."""
        self.put_back()
        client = CheckingClient(self.app)
        person = self.world.people[role]
        if person is not None:
            client.log_in(person)
        self.changed = True
        # Whatever is sent is whole: what is refused is refused for who asks.
        sent: dict[str, Any] = {"json": SAVE} if method == "PUT" else {}
        return client.request(method, path, **sent)

    def path(self, one: Asked, **others: object) -> str:
        """The address with the numbers of the class, but for these."""
        return address(self.app, self.world, one, **others)

    def mixtures(self, one: Asked) -> Iterator[str]:
        """Its address with one number of the other class among those of this one."""
        theirs = self.world.other.numbers
        numbers = [name for name in one.arguments if name in theirs and name != "number"]
        if len(numbers) > 1:
            yield from (self.path(one, **{name: theirs[name]}) for name in numbers)

    def beyond(self, one: Asked, number: int) -> Iterator[str]:
        """Its address with each number in turn larger than any row's."""
        for name in one.arguments:
            if isinstance(_value(self.world, one, name), int):
                yield self.path(one, **{name: number})

    def put_back(self) -> None:
        """Undo what was written since the last time."""
        if self.changed:
            with self.app.app_context():
                close()
            for suffix in ("-wal", "-shm"):
                self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
            shutil.copyfile(self.kept, self.file)
            self.changed = False


def main() -> int:
    """Write the list anew: ``python -m tests.web.roles``."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = sqlite_copy(sqlite_template(folder), folder)
        settings = Settings(database_url=url, secret_key=SECRET, instance=folder / "instance")
        app = create_app(settings)
        app.extensions["clock"] = FakeClock()
        app.testing = True
        walk = Walk.of(app, folder / "test.db", folder / "world.db")
        lines = [line(one, walk.statuses(one)) for one in asked(app)]
    LISTED.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
