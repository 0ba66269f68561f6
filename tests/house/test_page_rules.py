"""The eye of the checking client: it sees what is wrong, and nothing else."""

import pytest
from flask import Flask, request

from tests.support.client import CheckingClient

GOOD = """<!doctype html><html lang="en"><head><title>Practice</title></head>
<body hx-headers='{"X-CSRFToken": "from-body"}'><main id="main"><h1>Practice</h1>
%s</main></body></html>"""
TOKEN = '<input type="hidden" name="csrf_token" value="t">'
BROKEN = {
    "2 h1": "<h1>Again</h1>",
    "'main' is there twice": '<p id="main"></p>',
    "has no action": "<form method='get'></form>",
    "has the method ''": "<form action='/'></form>",
    "carries no csrf_token": "<form action='/send' method='post'></form>",
    "'answer' has no label": "<textarea name='answer'></textarea>",
    "a nameless <button>": "<button></button>",
    "has no alt": "<img src='/'>",
    "the attribute onclick": "<p onclick='x()'>x</p>",
    "the attribute hx-on:click": "<p hx-on:click='x()'>x</p>",
    "the attribute style": "<p style='color: red'>x</p>",
    "would be evaluated": "<p hx-get='/' hx-trigger='click[ctrlKey]'>x</p>",
    "an inline script": "<script>x()</script>",
    "'gone', which is not on the page": "<p hx-get='/' hx-target='#gone'>x</p>",
    "GET /nowhere leads to no route": "<a href='/nowhere'>x</a>",
    "GET /send leads to no route": "<a href='/send'>x</a>",
    "#below leads nowhere": "<a href='#below'>x</a>",
    "without integrity": "<script src='https://example.org/x.js'></script>",
}


@pytest.fixture
def bodies() -> dict[str, str]:
    """What each address of the small app shows."""
    return {}


@pytest.fixture
def client(bodies: dict[str, str]) -> CheckingClient:
    app = Flask(__name__)

    @app.get("/")
    def show() -> str:
        return GOOD % bodies.get("/", "")

    @app.get("/found")
    def find() -> dict[str, list[str]]:
        return dict(request.args.lists())

    @app.post("/send")
    def send() -> dict[str, list[str]]:
        return {**dict(request.form.lists()), "header": [request.headers.get("X-CSRFToken", "")]}

    return CheckingClient(app)


def test_a_sound_page_passes(client: CheckingClient) -> None:
    assert client.get("/").text == "Practice"


@pytest.mark.parametrize("problem", BROKEN)
def test_a_broken_page_is_refused(
    client: CheckingClient, bodies: dict[str, str], problem: str
) -> None:
    bodies["/"] = BROKEN[problem]
    with pytest.raises(AssertionError, match="breaks the rules") as refused:
        client.get("/")
    assert problem in str(refused.value)


def test_a_form_is_sent_with_its_own_values_and_the_token(
    client: CheckingClient, bodies: dict[str, str]
) -> None:
    bodies["/"] = f"""<form id="one" action="/send" method="post">{TOKEN}
      <label>Name <input name="name" value="Ada"></label>
      <label>Text <textarea name="text">kept</textarea></label>
      <label>Late <input type="checkbox" name="late" value="y"></label>
      <button name="go" value="on">Go on</button></form>"""
    page = client.get("/")
    assert client.submit(page, "Go on", text="new").json == {
        "csrf_token": ["t"],
        "name": ["Ada"],
        "text": ["new"],
        "go": ["on"],
        "header": [""],
    }
    with pytest.raises(AssertionError, match="no field 'nmae'"):
        client.submit(page, "one", nmae="typo")


def test_an_htmx_form_sends_the_header_of_the_page(
    client: CheckingClient, bodies: dict[str, str]
) -> None:
    bodies["/"] = f"<form id='one' action='/send' hx-post='/send' method='post'>{TOKEN}</form>"
    sent = client.submit(client.get("/"), "one", htmx=True).json
    assert sent == {"csrf_token": ["t"], "header": ["from-body"]}


def test_a_search_form_becomes_a_query(client: CheckingClient, bodies: dict[str, str]) -> None:
    bodies["/"] = """<form id="find" action="/found" method="get">
      <label>Words <input name="q"></label></form>"""
    assert client.submit(client.get("/"), "find", q="csrf").json == {"q": ["csrf"]}
