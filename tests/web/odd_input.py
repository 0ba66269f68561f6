"""Sending every route what nobody would type: the machinery of test_odd_input.py."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

from flask import Flask, Request
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.utils import cached_property

from tests.support.client import CheckingClient
from tests.support.world import World
from tests.web.roles import SAVE, Asked, address, asked

HUGE = "9" * 25
FOR_NUMBERS: tuple[Any, ...] = (f"-{HUGE}", "sNaN")
FOR_POSTGRESQL: tuple[Any, ...] = ("a\0b", f"-{HUGE}")
ROLES = ("instructor", "learner", "other learner", "administrator")

# What these do takes away what others need: they come last.
_ENDINGS = ("archive", "remove", "withdraw", "decline", "finish", "abandon", "delete", "log-out")
_NEEDED = ("title", "reason", "remove-reason", "email", "minutes", "code", "text", "answer")
_FILLED = {"number": "1", "email": "new@example.org"}
_REFUSED = 400

# What is worth sending for some names alone: the time is long, and every page takes some.
_OWN: dict[str, tuple[Any, ...]] = {
    "shown": (f"1-{'9' * 15}-{'a' * 16}",),
    "by": ("9" * 5000,),
    "about": ("9" * 5000,),
    "group": ("x" * 5000,),
    "opens": ("0001-01-01T00:00", "9999-12-31T23:59"),
}

# What has to be chosen beside a field for it to be looked at.
_BESIDE = {
    "addresses": {"audience": "people"},
    "people": {"audience": "people"},
    "groups": {"audience": "groups"},
    "score_on": {"review": "own", "score_when": "date"},
    "reason": {"whole_minutes": "7"},
}


class Watched(ImmutableMultiDict[str, Any]):
    """Notes which names somebody looks for in a form."""

    names: ClassVar[set[str]] = set()

    def getlist(self, key: str, *rest: Any, **options: Any) -> Any:
        """Look for all values of a name."""
        self.names.add(key)
        return super().getlist(key, *rest, **options)

    def __getitem__(self, key: str) -> Any:
        self.names.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.names.add(str(key))
        return super().__contains__(key)


class WatchedQuery(Watched):
    """Notes which names somebody looks for in an address."""

    names: ClassVar[set[str]] = set()


class WatchedRequest(Request):
    """A request whose names are noted."""

    parameter_storage_class = Watched

    @cached_property
    def args(self) -> WatchedQuery:
        """What stands in the address."""
        return WatchedQuery(super().args)


@dataclass
class Sender:
    """Sends odd values to an app, in the place of each thing that it looks for.

    Attributes
    ----------
    put_back : callable
        Undoes what was written, or nothing.
    broken : list of str
        What went wrong so far.
    """

    app: Flask
    world: World
    put_back: Callable[[], None] = lambda: None
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    sent: int = 0

    def __post_init__(self) -> None:
        self.app.request_class = WatchedRequest
        self.app.config["WTF_CSRF_ENABLED"] = False
        for role in ROLES:
            client = CheckingClient(self.app)
            person = self.world.people[role]
            assert person is not None
            client.log_in(person)
            self.clients[role] = client.flask

    def _at(self, one: Asked) -> str:
        return address(self.app, self.world, one)

    def send(self, one: Asked, role: str, **options: Any) -> tuple[int, str]:
        """Send one request; what breaks is noted, and everybody else goes on."""
        self.sent += 1
        try:
            response = self.clients[role].open(self._at(one), method=one.method, **options)
            text = response.get_data(as_text=True)
            status = response.status_code
            response.request.input_stream.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, a reader would see a 500
            shown = {name: repr(value)[:60] for name, value in options.items()}
            self.broken.append(f"{role}: {one.method} {one.rule} {shown}: {error!r:.200}")
            status, text = 500, ""
        if one.method != "GET" and status < _REFUSED:
            self.put_back()
        return status, text

    def everything(self, values: tuple[Any, ...]) -> list[str]:
        """Send all values in the place of all names; what broke is returned."""
        routes = asked(self.app)
        for one in routes:
            if one.method == "GET":
                self._crawl(one)
        for one in sorted(routes, key=_is_ending):
            role = self._role_for(one)
            if role:
                self._attack(one, role, values)
        return self.broken

    def _crawl(self, one: Asked) -> None:
        """Keep the forms of a page, filled in, by where they are sent."""
        for role in ROLES:
            status, text = self.send(one, role)
            if status < _REFUSED and "<form" in text:
                for form in html.document_fromstring(text).forms:
                    address = urlsplit(form.get("action") or self._at(one)).path
                    self.forms.setdefault(address, dict(_filled(form)))

    def _role_for(self, one: Asked) -> str | None:
        """Whoever gets furthest."""
        found = {}
        for role in ROLES:
            Watched.names = set()
            status, _ = self.send(one, role, **self._usual(one))
            if status not in (401, 403, 404, 405):
                found[role] = len(Watched.names)
        return max(found, key=lambda role: found[role]) if found else None

    def _usual(self, one: Asked) -> dict[str, Any]:
        if one.method == "PUT":
            return {"json": SAVE}
        return {} if one.method == "GET" else {"data": dict(self.forms.get(self._at(one), {}))}

    def _attack(self, one: Asked, role: str, values: tuple[Any, ...]) -> None:
        Watched.names, WatchedQuery.names = set(), set()
        self.send(one, role, **self._usual(one))
        if one.method == "POST":
            self._each(one, role, Watched, values, "data")
        if one.method == "PUT":
            Watched.names = set(SAVE)
            self._each(one, role, Watched, values, "json")
        self._each(one, role, WatchedQuery, values, "query_string")

    def _each(
        self, one: Asked, role: str, watched: type[Watched], values: tuple[Any, ...], place: str
    ) -> None:
        usual = self._usual(one)
        done = {"csrf_token"}
        # A name that was right may lead on to others.
        while new := watched.names - done:
            name = min(new)
            done.add(name)
            for value in (*values, *_OWN.get(name, ())):
                sent = {**usual.get(place, {}), **_BESIDE.get(name, {}), name: value}
                self.send(one, role, **{**usual, place: sent})


def _is_ending(one: Asked) -> bool:
    return one.rule.rsplit("/", 1)[-1] in _ENDINGS


def _filled(form: Any) -> Iterator[tuple[str, Any]]:
    """What stands in a form, with something in what is empty."""
    kinds = {field.get("name"): field.get("type", field.tag) for field in form.iter("input")}
    kinds |= {field.get("name"): "text" for field in form.iter("textarea")}
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for name, given in values.items():
        is_needed = name in _NEEDED and not any(given)
        yield name, _FILLED.get(kinds.get(name, ""), "words") if is_needed else given
