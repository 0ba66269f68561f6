"""The page of a random slot: what it draws, and how much there is."""

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import editing
from interview.services.sets.picking import Pick
from tests.support.authored import a_set, an_author, edit_of, many_questions, read, sent
from tests.support.client import CheckingClient
from tests.support.clock import START


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> Principal:
    with app.app_context():
        person = an_author()
    client.log_in(person.id)
    return person


@pytest.fixture
def web(app: Flask, iris: Principal) -> str:
    """A set that asks 2 of 9 questions, and draws 3 of the others."""
    with app.app_context():
        many = many_questions(9, tag="orm")
        many_questions(60, topic="Flask")
        return f"/sets/{a_set(iris, many[:2], Pick('Django', '', '', 3))}"


def slot_page(web: str, app: Flask, iris: Principal) -> str:
    with app.app_context():
        set_id = int(web.rsplit("/", 1)[1])
        return f"{web}/random/{read(iris, set_id).slots[2].id}"


def test_random_questions_are_added_at_the_end(client: CheckingClient, web: str) -> None:
    page = client.submit(client.get(web), "Add questions drawn at random")
    page = client.submit(
        page, "random-form", topic="Flask", difficulty="easy", count="5", points="1.5", minutes="2"
    )
    assert page.texts(".slot-prompt")[-1] == "5 questions drawn from Flask, easy"
    assert "20 to draw from" in page.texts(".slot")[-1]
    assert page.texts(".slot-number")[-1] == "6–10"


def test_what_was_typed_in_the_list_is_saved_on_the_way(client: CheckingClient, web: str) -> None:
    page = client.get(web)
    name = page.select(".slot-field input[name$=points]")[0].get("name")
    client.submit(page, "Add questions drawn at random", **sent({str(name): "4"}))
    assert client.get(web).one(f"[name={name}]").get("value") == "4"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("topic=Django&count=4", "7 to draw from"),
        ("topic=Django&count=5", "7 to draw from, but perhaps too few"),
        ("topic=Django&count=8", "Only 7 to draw from"),
        ("topic=Flask&count=9", "50 or more to draw from"),
        ("tag=orm&count=6", "random places before this one may take all but 4"),
        ("topic=Cobol&count=1", "Nothing to draw from"),
        ("tag=%00&count=x", "Nothing to draw from"),
        ("count=3", "once a topic or a tag is chosen"),
    ],
)
def test_how_many_there_are_to_draw_from_is_told(
    client: CheckingClient, web: str, query: str, words: str
) -> None:
    told = client.get(f"{web}/supply?{query}", htmx=True).text
    assert words in told


def test_a_random_place_is_changed(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    page = client.get(slot_page(web, app, iris))
    assert page.one("#topic option[selected]").get("value") == "Django"
    assert page.one("#count").get("value") == "3"
    page = client.submit(page, "random-form", tag="orm", difficulty="hard", count="2")
    assert page.texts(".slot-prompt")[2] == "2 questions drawn from Django, tagged “orm”, hard"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"topic": "", "tag": " "}, "Choose a topic, a tag, or both."),
        ({"topic": "Django", "tag": "zebra"}, "no ready question that fits"),
        ({"topic": "Django", "count": "49"}, "would make 54"),
        ({"topic": "Django", "count": "51"}, "Draw 1 to 50 questions."),
        ({"topic": "Django", "count": "x"}, "Draw 1 to 50 questions."),
        ({"topic": "Django", "points": "0.2"}, "in steps of 0.5"),
        ({"topic": "Django", "minutes": "90"}, "1 to 60 whole minutes"),
        ({"topic": "Django", "difficulty": "odd"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    client: CheckingClient, web: str, typed: dict[str, str], words: str
) -> None:
    values = {"count": "2", "points": "1", "minutes": "", "tag": "", "difficulty": "", **typed}
    page = client.get(f"{web}/random")
    revision = page.one("input[name=revision]").get("value")
    page = client.post(f"{web}/random", {**values, "revision": revision})
    assert page.status == 422
    assert words in page.text
    assert page.one("#count").get("value") == values["count"]


def test_a_stale_page_shows_what_is_and_keeps_what_was_typed(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    address = slot_page(web, app, iris)
    set_id, slot_id = int(web.rsplit("/", 1)[1]), int(address.rsplit("/", 1)[1])
    page = client.get(address)
    with app.app_context():
        pick = Pick("Flask", "", "", 7)
        editing.put_random(iris, set_id, edit_of(iris, set_id), slot_id, pick, START)
    stale = client.submit(page, "random-form", count="4")
    assert stale.status == 409
    assert "Saved now: 7 questions drawn from Flask" in stale.text
    assert stale.one("#count").get("value") == "4"
    assert client.submit(stale, "random-form").texts(".slot-prompt")[2] == (
        "4 questions drawn from Django"
    )


def test_a_place_that_was_taken_out_meanwhile_can_be_added_anew(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    address = slot_page(web, app, iris)
    set_id, slot_id = int(web.rsplit("/", 1)[1]), int(address.rsplit("/", 1)[1])
    page = client.get(address)
    with app.app_context():
        editing.remove(iris, set_id, edit_of(iris, set_id), slot_id, START)
    assert client.get(address).status == 404
    gone = client.submit(page, "random-form", count="4")
    assert gone.status == 409
    assert "taken out of the set in another window" in gone.text
    added = client.submit(gone, "random-form")
    assert added.texts(".slot-prompt")[-1] == "4 questions drawn from Django"


def test_a_fixed_place_has_no_such_page(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    with app.app_context():
        slot = read(iris, int(web.rsplit("/", 1)[1])).slots[0].id
    assert client.get(f"{web}/random/{slot}").status == 404
    random = slot_page(web, app, iris).rsplit("/", 1)[1]
    assert client.get(f"{web}/slots/{random}").status == 404
