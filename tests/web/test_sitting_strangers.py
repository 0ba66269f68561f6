"""Another person's attempt cannot be told from one that does not exist."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import Sitter, sit

WRITES = ("POST", "PUT")


@pytest.fixture
def owner(app: Flask, clock: FakeClock) -> Sitter:
    """Ada, who has answered one question and typed at another."""
    sitter = sit(CheckingClient(app), clock)
    sitter.press("submit")
    sitter.open(2)
    sitter.save("half", position=2)
    return sitter


def routes(app: Flask, attempt: int) -> Iterator[tuple[str, str]]:
    """Every address about an attempt, with each method that it takes."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "attempt_id" not in rule.arguments:
                continue
            values = {"attempt_id": attempt, "position": 2, "number": 1}
            path = adapter.build(rule.endpoint, {k: values[k] for k in rule.arguments})
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, path


def ask(client: CheckingClient, method: str, path: str, **options: Any) -> int:
    if method == "PUT":
        body = {"text": "mine now", "base": 1, "writer": "page", "sequence": 9}
        return client.put(path, json=body, **options).status
    data = {"answer": GOOD, "do": "submit"} if method == "POST" else None
    return client.request(method, path, data=data, **options).status


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.parametrize("htmx", [False, True])
def test_every_route_of_somebody_elses_attempt_is_not_found(
    app: Flask, owner: Sitter, client: CheckingClient, clock: FakeClock, finished: bool, htmx: bool
) -> None:
    if finished:
        with owner.behind() as candidate:
            candidate.finish()
    stranger = sit(client, clock, slug="three")
    asked = {
        (method, path): ask(stranger.client, method, path, htmx=htmx)
        for method, path in routes(app, owner.attempt_id)
    }
    assert len(asked) >= 10
    assert set(asked.values()) == {404}, asked
    with owner.behind() as candidate:
        assert candidate.item(1).state == "submitted"
        assert candidate.attempt().state == ("finished" if finished else "open")
        assert [s.text for s in candidate.submissions()] == [GOOD, "half"][: 1 + finished]


def test_a_stranger_gets_the_same_page_as_for_an_attempt_that_there_is_not(
    owner: Sitter, client: CheckingClient, clock: FakeClock
) -> None:
    stranger = sit(client, clock, slug="three")
    theirs = stranger.client.get(owner.question_url())
    nobodys = stranger.client.get("/attempts/999999/questions/1")
    assert (theirs.status, theirs.text) == (nobodys.status, nobodys.text)


@pytest.mark.parametrize("htmx", [False, True])
def test_visitors_are_sent_to_log_in_from_every_route(
    app: Flask, owner: Sitter, client: CheckingClient, htmx: bool
) -> None:
    for method, path in routes(app, owner.attempt_id):
        status = ask(client, method, path, htmx=htmx)
        assert status in (303, 401), (method, path, status)
