"""The marking queue by its pages: numbers that lead on, groups, forms, and hidden names."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.grading.records import Flag
from interview.services.unit import write
from interview.store.classes import Class
from tests.support.attempts import add_person
from tests.support.classes import add_instructor, add_member
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page
from tests.support.queueing import (
    CACHE,
    INDEX,
    LIKE_CACHE,
    Queue,
    ask,
    contest,
    newest,
    queue,
    submission,
)

CLASS = "/classes/1/marking"
ASSIGNMENT = "/assignments/1/marking"
GROUP = f"{ASSIGNMENT}/1"
REMARK = "/attempts/1/read/1/remark"


@pytest.fixture
def case(app: Flask, client: CheckingClient) -> Queue:
    """Ada's, Ben's and Cleo's answers are alike, Dan's is flagged; Iris is logged in."""
    with app.app_context():
        made = queue(Ada=CACHE, Ben=CACHE, Cleo=LIKE_CACHE, Dan=INDEX)
        ask(made.attempts["Dan"], Flag.KEYWORD_LIST)
    assert (made.assignment, made.version, made.attempts["Ada"]) == (1, 1, 1)
    client.log_in(made.iris.id)
    return made


def score(app: Flask, case: Queue, name: str) -> float:
    with app.app_context():
        return newest(case.attempts[name])[0].score


def ticks(page: Page) -> list[str]:
    return page.texts(".group-answer-head label")


def test_numbers_lead_from_the_class_to_the_answers(
    app: Flask, client: CheckingClient, case: Queue
) -> None:
    with app.app_context():
        contest(case, "Ada")
    page = client.click(client.get("/classes/1"), "Marking")
    assert page.texts(".queue-table td") == ["1", "3", "1"]
    assert page.link("1 contested in First test").startswith("/classes/1/appeals")
    page = client.click(page, "3 unsure in First test")
    assert page.texts(".queue-table td") == ["1", "3", "1"]
    page = client.click(page, "1 flagged in question 1")
    assert ticks(page) == ["Dan"]
    assert "List of keywords" in page.text


@pytest.mark.usefixtures("case")
def test_a_group_is_graded_and_the_next_one_follows(app: Flask, client: CheckingClient) -> None:
    page = client.get(GROUP)
    assert "4 answers to look at" in page.text
    assert ticks(page) == ["Ada", "Ben", "Cleo"]
    assert page.texts("legend") == ["1 It is said.", "2 It is meant."]
    assert "A fast store." in page.text
    done = client.submit(page, "Grade the ticked", point_2="partly", reason="Half of it.")
    assert "3 answers graded." in done.text
    assert ticks(done) == ["Dan"]
    done = client.submit(done, "The grader is right: confirm")
    assert "1 answer confirmed." in done.text
    assert "Nothing waits here" in done.text
    for address in (CLASS, ASSIGNMENT):
        assert "Nothing waits" in client.get(address).text
    assert ticks(client.get(f"{GROUP}?what=graded")) == ["Ada", "Ben", "Cleo"]


def test_what_is_not_ticked_keeps_its_grade(
    app: Flask, client: CheckingClient, case: Queue
) -> None:
    page = client.get(GROUP)
    kept = [box.get("value") for box in page.select("input[name=answer]")][:2]
    client.submit(page, "decide", answer=kept, score="90", reason="Good.")
    assert [score(app, case, name) for name in ("Ada", "Ben", "Cleo")] == [0.9, 0.9, 0.5]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": " "}, "Say why: each learner reads it beside the grade."),
        ({"score": "101", "reason": "kept"}, "A score is from 0 to 100 %."),
        ({"point_1": "perhaps", "reason": "kept"}, "Not a valid choice."),
        ({"answer": [], "reason": "kept"}, "Tick at least one answer."),
        ({"reason": "confirm"}, "You entered another verdict or score"),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_cannot_be_used_is_said_and_what_was_entered_stays(
    client: CheckingClient, fields: dict[str, Any], message: str
) -> None:
    page = client.get(GROUP)
    first = page.select("input[name=answer]")[0].get("value")
    entered: dict[str, Any] = {"answer": [first], "point_2": "partly", **fields}
    button = (
        "The grader is right: confirm" if fields.get("reason") == "confirm" else "Grade the ticked"
    )
    page = client.submit(page, button, **entered)
    assert page.status == 422
    assert message in " ".join(page.texts(".field-error"))
    assert page.select("input[name=point_2][value=partly][checked]")
    assert len(page.select("input[name=answer]:not([checked])")) >= 2


def test_newer_grades_are_left_and_named(app: Flask, client: CheckingClient, case: Queue) -> None:
    form = client.get(GROUP)
    boxes = [box.get("value") for box in form.select("input[name=answer]")]
    client.submit(form, "decide", answer=boxes[:1], score="10", reason="First.")
    page = client.submit(form, "decide", score="90", reason="Second.")
    assert "2 answers graded." in page.text
    assert "a newer grade meanwhile: Ada." in page.text
    page = client.submit(form, "decide", score="20", reason="Third.")
    assert page.status == 409
    assert "Nothing was graded: somebody gave a newer grade meanwhile, to Ada, Ben" in page.text
    assert [score(app, case, name) for name in ("Ada", "Ben", "Cleo")] == [0.1, 0.9, 0.9]


def test_hidden_names_are_nowhere_and_stay_hidden(
    app: Flask, client: CheckingClient, case: Queue
) -> None:
    page = client.click(client.get(f"{GROUP}?what=unsure"), "Names hidden")
    with app.app_context():
        client.submit(page, "decide", score="10", reason="By somebody else.")
        label = f"Answer {submission(case.attempts['Ada'])}"
    assert label in page.html
    back = page.select("input[name=back]")[0].get("value") or ""
    remark = {"remark": "", "back": back}
    pages = [
        page,
        client.submit(page, "decide", score="20", reason="Too late."),
        client.submit(page, "decide", score="20"),
        client.post(REMARK, remark),
        client.post(REMARK, {**remark, "remark": "Good."}, follow=True),
        client.click(page, "First test"),
        client.click(page, "Marking"),
    ]
    for one in pages:
        assert not any(name in one.html for name in ("Ada", "Ben", "Cleo", "Dan")), one
    assert "names=hidden" in pages[-2].link("All that wait")
    assert label in pages[1].text


def test_an_archived_class_is_read_and_not_marked(
    app: Flask, client: CheckingClient, case: Queue
) -> None:
    form = client.get(GROUP)
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    page = client.submit(form, "decide", score="90", reason="Late.")
    refused = client.post(REMARK, {"remark": "Late."})
    assert (page.status, refused.status) == (409, 409)
    assert all("This class is archived" in one.text for one in (page, refused))
    assert score(app, case, "Ada") == 0.5


@pytest.mark.usefixtures("case")
def test_a_remark_is_made_from_every_page_of_an_answer(client: CheckingClient) -> None:
    for address in ("/attempts/1/read", "/attempts/1/read/1/override"):
        page = client.submit(
            client.get(address), "Send the remark about question 1", remark=f"From {address}."
        )
        assert page.path.startswith(address)
        assert f"From {address}." in page.text
    back = client.get(GROUP).select("input[name=back]")[0].get("value")
    page = client.post(REMARK, {"remark": "From a group.", "back": back}, follow=True)
    assert len(page.texts(".answer-remark")) == 3
    page = client.post(REMARK, {"remark": "x" * 501, "back": "https://example.org/"})
    assert page.status == 422
    assert (page.one("#remark").text or "").strip() == "x" * 501
    assert page.link("Back without it") == "/attempts/1/read#q1"


def test_only_staff_of_the_class_enter(app: Flask, client: CheckingClient, case: Queue) -> None:
    with app.app_context():
        assistant = add_member(1, add_person("Tim"), "assistant")
        stranger = add_instructor("Eve")
    learner = case.learners["Ada"]
    for user, expected in ((assistant, 200), (learner, 403), (stranger, 404)):
        client.log_in(user)
        for address in (CLASS, ASSIGNMENT, GROUP):
            assert client.get(address).status == expected
        posted = client.post(GROUP, {"reason": "Why"}).status
        assert posted == (422 if expected == 200 else expected)
        said = client.post(REMARK, {"remark": ""}).status
        assert said == (422 if expected == 200 else 404)
