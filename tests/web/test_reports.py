"""Reporting a problem with a question, and answering it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.audit import AuditEntry
from interview.store.bank import Question
from interview.store.db import db
from interview.store.reports import QuestionReport
from tests.support.attempts import Item, add_attempt, add_person
from tests.support.classes import add_instructor
from tests.support.client import CheckingClient
from tests.support.marking import marked

REPORT = "/attempts/1/answers/1/report"
LINK = "Report a problem with question 1"
TOLD = "Since 5.2 this is <b>called</b> otherwise."


@dataclass(frozen=True)
class People:
    ada: int
    iris: int
    otto: int
    root: int


@pytest.fixture
def people(app: Flask, client: CheckingClient) -> People:
    """Ada has practised and is logged in; Iris and Otto write questions."""
    with app.app_context():
        ada = add_person()
        assert add_attempt(ada, items=[Item(), Item(state="unanswered", text=None)]) == 1
        made = People(
            ada, add_instructor(), add_instructor("Otto"), add_person("Root", role="admin")
        )
    client.log_in(ada)
    return made


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def tell(client: CheckingClient) -> None:
    client.submit(client.get(REPORT), "Send the report", kind="wrong", told=TOLD)


def owned_by(app: Flask, owner: int | None) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(Question).values(owner_id=owner))


@pytest.mark.usefixtures("people")
def test_a_learner_reports_from_the_results_and_reads_what_came_of_it(
    client: CheckingClient, people: People
) -> None:
    page = client.get("/attempts/1/results")
    assert "Report a problem with question 2" in page.text
    page = client.submit(client.click(page, LINK), "Send the report", kind="outdated", told=TOLD)
    assert page.texts("h1") == ["Problems you reported"]
    assert TOLD in page.text
    assert "Waiting" in page.text
    client.log_in(people.iris)
    page = client.get("/bank/reports")
    assert TOLD in page.text
    assert "Ada" in page.text
    page = client.submit(page, "Send the answer", status="mended", reply="Thank you, mended.")
    assert "Nothing waits for an answer." in page.text
    client.log_in(people.ada)
    page = client.get("/reports")
    assert "Thank you, mended." in page.text
    assert "Mended" in page.text


@pytest.mark.usefixtures("people")
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client: CheckingClient) -> None:
    page = client.submit(client.get(REPORT), "Send the report", told=TOLD)
    assert page.status == 422
    assert "Choose what comes nearest." in page.text
    assert page.one("#told").text_content().strip() == TOLD
    page = client.submit(page, "Send the report", kind="wrong", told="x" * 2001)
    assert page.status == 422
    assert "At most 2,000 characters" in page.text
    assert "x" * 2001 in page.html


@pytest.mark.usefixtures("people")
def test_a_question_is_reported_once_until_somebody_answers(
    client: CheckingClient, app: Flask
) -> None:
    form = client.get(REPORT)
    tell(client)
    page = client.submit(form, "Send the report", kind="wrong", told="Typed in another tab.")
    assert page.status == 409
    assert "You have reported this question already." in page.text
    assert "Typed in another tab." in page.text
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(QuestionReport)) == 1


@pytest.mark.usefixtures("people")
def test_a_person_has_twenty_reports_waiting_at_most(
    client: CheckingClient, app: Flask, people: People
) -> None:
    with app.app_context():
        add_attempt(people.ada, items=[Item() for _ in range(21)])
    for position in range(1, 21):
        form = client.get(f"/attempts/2/answers/{position}/report")
        client.submit(form, "Send the report", kind="other", told="Look.")
    form = client.get("/attempts/2/answers/21/report")
    page = client.submit(form, "Send the report", kind="other", told="One more.")
    assert page.status == 422
    assert "Twenty of your reports wait" in page.text
    assert "One more." in page.text


def test_nobody_reports_from_somebody_elses_attempt(client: CheckingClient, people: People) -> None:
    client.log_in(people.otto)
    assert client.get(REPORT).status == 404
    client.log_in(people.ada)
    for missing in ("/attempts/1/answers/3/report", "/attempts/99999999999/answers/1/report"):
        assert client.get(missing).status == 404


def test_a_question_that_is_still_being_answered_is_not_reported(
    client: CheckingClient, app: Flask, people: People
) -> None:
    with app.app_context():
        items = [Item(state="open", text=None)]
        add_attempt(people.ada, items=items, state="open", ended_at=None)
    assert client.get("/attempts/2/answers/1/report").status == 404


def test_who_grades_an_attempt_can_report_its_questions(client: CheckingClient, app: Flask) -> None:
    with app.app_context():
        made = marked()
    client.log_in(made.iris.id)
    page = client.click(client.get("/attempts/1/read"), LINK)
    page = client.submit(page, "Send the report", kind="grading", told="Too harsh.")
    assert "Too harsh." in page.text


def test_reports_go_to_the_author_or_where_there_is_none_to_all_authors(
    client: CheckingClient, app: Flask, people: People
) -> None:
    tell(client)
    expected = {None: (True, True), people.iris: (True, False)}
    for owner, (for_iris, for_otto) in expected.items():
        owned_by(app, owner)
        for person, sees in ((people.iris, for_iris), (people.otto, for_otto), (people.root, True)):
            client.log_in(person)
            assert (TOLD in client.get("/bank/reports").text) is sees
    client.log_in(people.otto)
    answer = {"status": "mended", "reply": "", "seen": ""}
    assert client.post("/bank/reports/1", answer).status == 404


def test_a_report_that_is_turned_down_needs_a_reply(client: CheckingClient, people: People) -> None:
    tell(client)
    client.log_in(people.iris)
    page = client.submit(client.get("/bank/reports"), "Send the answer", status="declined")
    assert page.status == 422
    assert "Say why it is left as it is" in page.text


def test_the_second_of_two_answers_sees_the_first_and_can_replace_it(
    client: CheckingClient, app: Flask, people: People
) -> None:
    tell(client)
    client.log_in(people.iris)
    form = client.get("/bank/reports")
    client.submit(form, "Send the answer", status="mended", reply="First.")
    page = client.submit(form, "Send the answer", status="declined", reply="Second.")
    assert page.status == 409
    assert "Somebody else answered this meanwhile." in page.text
    assert "First." in page.text
    assert "Second." in page.text
    client.submit(page, "Send the answer")
    with app.app_context():
        report = db.session.scalars(sa.select(QuestionReport)).one()
        assert (report.status, report.reply) == ("declined", "Second.")
        assert db.session.scalars(sa.select(AuditEntry.kind)).all() == ["report.answered"] * 2


def test_the_queue_is_filtered_by_status_and_question(
    client: CheckingClient, people: People
) -> None:
    tell(client)
    client.log_in(people.iris)
    assert TOLD in client.get("/bank/reports?status=&question=1").text
    assert TOLD not in client.get("/bank/reports?status=mended").text
    assert TOLD not in client.get("/bank/reports?question=77").text
    assert client.get("/bank/reports?status=nonsense&after=x&question=9999999999999").status == 200


def test_lists_go_on_by_key(client: CheckingClient, app: Flask, people: People) -> None:
    with app.app_context():
        add_attempt(people.ada, items=[Item() for _ in range(21)])
        with write() as session:
            rows = session.execute(sa.select(Question.id, Question.current_version_id)).all()
            reports = [
                {
                    "question_id": row.id, "question_version_id": row.current_version_id,
                    "reporter_id": people.ada, "kind": "other", "told": f"Report {row.id}.",
                    "created_at": db.session.scalar(sa.select(Question.created_at)),
                }
                for row in rows
            ]  # fmt: skip
            session.execute(sa.insert(QuestionReport), reports)
    page = client.get("/reports")
    assert len(page.select(".report-list > li")) == 20
    assert page.select(".report-list > li")[0].text_content().count("Report 23.") == 1
    page = client.click(page, "Older reports")
    assert len(page.select(".report-list > li")) == 3
