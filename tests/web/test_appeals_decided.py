"""Deciding what a learner contests: the three choices, and what comes between."""

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.appeals import settling
from interview.services.marking.overriding import Decision, override
from interview.services.unit import write
from interview.store.appeals import Appeal
from interview.store.classes import Class
from interview.store.db import db
from tests.support.appealed import SAID, Appealed, accept, appealed, decide, decline
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.marking import grades, newest
from tests.support.page import Page

PROMPT = "What is a mutex in concurrent programming?"


@pytest.fixture
def case(app: Flask, client: CheckingClient) -> Appealed:
    """Ada has sat the assignment and is logged in."""
    with app.app_context():
        made = appealed()
    client.log_in(made.ada.id)
    return made


@pytest.fixture
def made(app: Flask, client: CheckingClient, case: Appealed) -> int:
    """Ada has contested a key point; Iris is logged in."""
    with app.app_context():
        appeal_id = case.contest()
    client.log_in(case.iris.id)
    return appeal_id


def results(client: CheckingClient, case: Appealed) -> Page:
    return client.get(f"/attempts/{case.attempt}/results")


def test_staff_see_an_appeal_beside_the_answer_and_what_the_learner_sees(
    client: CheckingClient, case: Appealed, made: int
) -> None:
    page = client.get(f"/attempts/{case.attempt}/read")
    assert "I did say this" not in page.text
    assert client.click(page, "Decide: key point 2 of question 1").texts("h1") == [PROMPT]
    page = client.get(f"/attempts/{case.attempt}/read?as=learner")
    assert "waiting" in page.text
    assert not page.select("form[action$=withdraw], a[href*=contest]")


def test_declining_needs_a_reason_which_the_learner_reads(
    client: CheckingClient, case: Appealed, made: int
) -> None:
    page = client.click(client.get("/classes/1/appeals"), "Decide: question 1, Ada")
    assert page.texts(".appeal-mark") == [SAID]
    assert "It becomes part of the question for everybody" in page.text
    page = client.submit(page, "Decide")
    assert page.status == 422
    assert "Choose one of these." in page.text
    page = client.submit(page, "Decide", choice="decline", wording="Other words.")
    assert page.status == 422
    assert "Say why: the learner reads it." in page.text
    assert page.one("#wording").text_content().strip() == "Other words."
    page = client.submit(page, "Decide", choice="decline", reply="It says <i>where</i>, not why.")
    assert page.path == "/classes/1/appeals"
    client.log_in(case.ada.id)
    assert "Declined by Iris: It says <i>where</i>, not why." in results(client, case).text
    assert "It says <i>where</i>, not why." in client.get(f"/appeals/{made}").text


def test_a_grade_is_adjusted_by_an_assistant(
    app: Flask, client: CheckingClient, case: Appealed, made: int
) -> None:
    client.log_in(case.tim.id)
    page = client.get(f"/appeals/{made}")
    assert not page.select("input[value=accept]")
    assert "by those who teach the class" in page.text
    client.submit(
        page, "Decide", choice="adjust", reply="Fair enough.", verdict="found", score="12,5 %"
    )
    with app.app_context():
        assert newest(case.attempt).score == 0.125
    client.log_in(case.ada.id)
    assert "Grade adjusted by Tim: Fair enough." in results(client, case).text


def test_accepting_leads_to_what_it_would_change(
    client: CheckingClient, case: Appealed, made: int
) -> None:
    page = client.get(f"/appeals/{made}")
    assert page.one("#wording").text_content().strip() == SAID
    page = client.submit(page, "Decide", choice="accept", wording="They wait.", follow=False)
    assert page.location == "/regrades/1"
    page = client.get(f"/appeals/{made}")
    assert "They wait." in page.text
    assert page.link("The regrade that followed") == "/regrades/1"
    client.log_in(case.ada.id)
    assert "Accepted by Iris." in results(client, case).text


def test_complaints_are_shown_and_ask_for_a_reason(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        case = appealed(samples=[])
        made = case.contest()
    client.log_in(case.iris.id)
    page = client.get(f"/appeals/{made}")
    page = client.submit(page, "Decide", choice="accept", reply="Yes.")
    assert page.status == 422
    assert "There is no sample of a good answer yet." in page.text
    assert page.one("#reply").text_content().strip() == "Yes."
    page = client.submit(page, "Decide", reason="Samples follow.", follow=False)
    assert page.location == "/regrades/1"
    page = client.get(f"/appeals/{made}")
    assert "Accepted" in page.text


def test_who_comes_second_sees_what_was_decided_and_what_they_typed(
    app: Flask, client: CheckingClient, case: Appealed, made: int
) -> None:
    form = client.get(f"/appeals/{made}")
    with app.app_context():
        decide(case.tim, made, decline(reply="No."))
    page = client.submit(form, "Decide", choice="decline", reply="My own reason.")
    assert page.status == 409
    assert "Tim has decided this meanwhile: declined." in page.text
    assert "My own reason." in page.text
    assert not page.select("form#decide")


@pytest.mark.parametrize("what", ["withdrawn", "archived", "graded"])
def test_what_happened_meanwhile_is_told_and_nothing_typed_is_lost(
    app: Flask, client: CheckingClient, case: Appealed, made: int, what: str
) -> None:
    form = client.get(f"/appeals/{made}")
    words = {
        "withdrawn": "has withdrawn this meanwhile",
        "archived": "The class was archived meanwhile",
        "graded": "was graded anew meanwhile: 90 %",
    }
    with app.app_context():
        if what == "withdrawn":
            settling.withdraw(case.ada, made, START)
        elif what == "archived":
            with write() as session:
                session.execute(sa.update(Class).values(archived_at=START))
        else:
            base = grades(case.attempt)[-1].id
            override(case.tim, case.attempt, 1, Decision(base, {}, 0.9, "So."), START)
    page = client.submit(form, "Decide", choice="adjust", reply="My reason.", verdict="found")
    assert page.status == 409
    assert words[what] in page.text
    assert "My reason." in page.text
    if what == "graded":
        assert client.submit(page, "Decide").path == "/classes/1/appeals"
    with app.app_context():
        open_ones = db.session.scalars(sa.select(Appeal.status)).all()
    expected = {"withdrawn": "withdrawn", "archived": "open", "graded": "adjusted"}
    assert open_ones == [expected[what]]


def test_names_are_hidden_where_they_are_asked_to_be(
    client: CheckingClient, case: Appealed, made: int
) -> None:
    page = client.get("/classes/1/appeals?names=hidden")
    assert "Ada" not in page.text
    page = client.click(page, "Decide: question 1")
    assert "Ada" not in page.text
    page = client.submit(page, "Decide")
    assert "Ada" not in page.text
    page = client.submit(page, "Decide", choice="decline", reply="No.")
    assert page.path == "/classes/1/appeals?names=hidden"


def test_a_queue_is_for_those_who_help(
    app: Flask, client: CheckingClient, case: Appealed, made: int
) -> None:
    for address in ("?status=nonsense&assignment=9999999999", "?after=0.1.", "?status=declined"):
        assert client.get(f"/classes/1/appeals{address}").status == 200
    assert client.get("/classes/1/appeals?after=x").status == 422
    client.log_in(case.ben.id)
    assert client.get("/classes/1/appeals").status == 403
    assert client.get(f"/appeals/{made}").status == 404
    client.log_in(case.ada.id)
    assert client.post(f"/appeals/{made}/decide", {"choice": "decline", "reply": "x"}).status == 403
    with app.app_context():
        decide(case.iris, made, accept())
    page = client.post(f"/appeals/{made}/withdraw")
    assert page.status == 409
    assert "It was decided before you withdrew it." in page.text
