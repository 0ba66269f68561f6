"""Every route there is, who may enter it, and what a visitor gets who may not.

A new route is written into routes.txt by hand: that is the moment to think about who may
enter it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support.client import CheckingClient

LISTED = Path(__file__).with_name("routes.txt")
GUARDS = ("public", "logged in", "authors", "admins")
SAMPLES = {"token": "x", "what": "reset", "slug": "x", "filename": "app.css"}


@pytest.fixture
def backend() -> str:
    return "sqlite"


def own_rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule but that of the static files, with the guard of its view."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule, getattr(app.view_functions[rule.endpoint], "guard", "no guard")


def methods_of(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def test_every_route_is_listed(app: Flask) -> None:
    lines = sorted(
        f"{rule.rule} {','.join(methods_of(rule))} {guard}" for rule, guard in own_rules(app)
    )
    assert lines == LISTED.read_text(encoding="utf-8").splitlines(), f"{LISTED.name} is out of date"


def test_every_view_says_who_may_enter(app: Flask) -> None:
    unguarded = [rule.endpoint for rule, guard in own_rules(app) if guard not in GUARDS]
    assert unguarded == []


def test_a_route_writes_by_post_or_put_and_never_by_get_alone(app: Flask) -> None:
    methods = {method for rule, _ in own_rules(app) for method in methods_of(rule)}
    assert methods == {"GET", "POST", "PUT"}


def closed_requests(app: Flask) -> Iterator[tuple[str, str]]:
    adapter = app.url_map.bind("localhost")
    for rule, guard in own_rules(app):
        if guard == "public":
            continue
        path = adapter.build(rule.endpoint, {name: SAMPLES.get(name, 1) for name in rule.arguments})
        yield from ((method, path) for method in methods_of(rule))


def test_a_visitor_is_sent_to_log_in_from_every_closed_route(
    app: Flask, client: CheckingClient
) -> None:
    asked = list(closed_requests(app))
    assert len(asked) > 15
    for method, path in asked:
        page = client.request(method, path)
        place = (method, path, page.status)
        if page.status == 401:
            assert page.select("form#log-in"), place
        else:
            assert page.status == 303, place
            back = path if method == "GET" else "/"
            assert page.location == f"/log-in?next={back}", place


def test_a_visitors_fragment_request_loads_the_log_in_page(
    app: Flask, client: CheckingClient
) -> None:
    for method, path in closed_requests(app):
        page = client.request(method, path, htmx=True)
        assert page.status == 401, (method, path)
        assert page.location or page.headers["HX-Retarget"] == "body"


def test_a_removed_person_is_a_visitor(client: CheckingClient) -> None:
    client.log_in(999_999)
    assert client.get("/history").status == 303


@pytest.mark.parametrize("identity", ["", "x", "1", "1.", ".0", "1.x", "1.0.0"])
def test_a_cookie_that_names_nobody_is_a_visitors(client: CheckingClient, identity: str) -> None:
    with client.flask.session_transaction() as session:
        session["_user_id"] = identity
    assert client.get("/history").status == 303
