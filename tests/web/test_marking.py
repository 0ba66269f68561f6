"""Reading and grading an attempt by its pages: forms, conflicts, undoing, and who may."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.classes import Class
from tests.support.attempts import REFERENCE, Item, add_attempt, add_person
from tests.support.classes import add_instructor, add_member
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.gradebook import ask_for_review, sat
from tests.support.marking import Marked, grades, marked
from tests.support.page import Page

READ = "/attempts/1/read"
FORM = f"{READ}/1/override"


@pytest.fixture
def case(app: Flask, client: CheckingClient) -> Marked:
    """Ada's attempt number 1, and Iris logged in, who teaches her class."""
    with app.app_context():
        made = marked(score_when="close", points_when="never", reference_when="never")
    assert made.attempt == 1
    client.log_in(made.iris.id)
    return made


@pytest.fixture
def rows(app: Flask) -> Callable[[], list[tuple[float, str]]]:
    """Scores and reasons of the first answer's grades."""

    def read() -> list[tuple[float, str]]:
        with app.app_context():
            return [(row.score, row.reason) for row in grades(1)]

    return read


def typed_reason(page: Page) -> str:
    return (page.one("#reason").text or "").strip()


@pytest.mark.usefixtures("case")
def test_everything_is_shown_by_default(client: CheckingClient) -> None:
    page = client.get(READ)
    assert page.texts("h1") == ["Ada, attempt 1"]
    assert "56 % , 2 of 3 answered" in page.text.replace("%,", "% ,")
    assert page.text.count(REFERENCE) == 3
    assert "It is not denied." in page.text


@pytest.mark.usefixtures("case")
def test_a_switch_shows_what_the_learner_sees_and_nothing_else(client: CheckingClient) -> None:
    page = client.click(client.get(READ), "As the learner sees it")
    assert "This is what Ada sees now." in page.text
    for hidden in (REFERENCE, "56 %", "40 %", "It is not denied.", "Change the grade"):
        assert hidden not in page.html
    assert client.click(page, "Everything").text.count(REFERENCE) == 3


def test_an_open_attempt_is_read_without_drafts(
    app: Flask, client: CheckingClient, case: Marked
) -> None:
    with app.app_context():
        items = [Item(text="Handed in."), Item(state="open", text=None, draft="Secret draft.")]
        sat(case.assignment, case.ada, None, 2, items=items, state="open", ended_at=None)
    page = client.get("/attempts/2/read")
    assert "1 of 2 handed in. Drafts are not shown." in page.text
    (own,) = page.texts(".own-text")
    assert own.endswith("in.")
    assert "Secret draft" not in page.html
    assert "Not handed in yet." in page.text
    assert "Nothing to look back on yet" in client.get("/attempts/2/read?as=learner").text


def test_links_lead_to_other_attempts_and_to_the_next_to_review(
    app: Flask, client: CheckingClient, case: Marked
) -> None:
    with app.app_context():
        sat(case.assignment, case.ada, 0.5, 2)
        ben = add_member(1, add_person("Ben"))
        ask_for_review(sat(case.assignment, ben, 0.5))
    page = client.get(READ)
    second = client.click(page, "Attempt 2")
    assert second.texts("h1") == ["Ada, attempt 2"]
    assert client.click(second, "Attempt 1").texts("h1") == page.texts("h1")
    other = client.click(page, "Next to review: Ben")
    assert other.texts("h1") == ["Ben, attempt 1"]
    assert "Needs review" in other.text
    assert client.click(page, "Whole record").texts("h1") == ["Ada"]


def test_a_key_point_is_changed_and_the_grade_moves(
    client: CheckingClient, case: Marked, rows: Callable[[], list[tuple[float, str]]]
) -> None:
    page = client.click(client.get(READ), "Change the grade of question 1")
    assert page.texts("legend") == ["1 It is said.", "2 It is meant.", "3 It is not denied."]
    done = client.submit(page, "override", point_2="found", reason="She said it.")
    assert "Question 1 now has 90 %." in done.text
    assert [reason for _, reason in rows()] == ["", "She said it."]
    assert done.texts(".grade-history li")[1].startswith("90 % Iris: She said it.")
    again = client.get(FORM)
    checked = [field.get("value") for field in again.select("input[type=radio][checked]")]
    assert checked == ["found", "found", "partly"]


@pytest.mark.parametrize("typed", ["62.5", " 62,5 % "])
@pytest.mark.usefixtures("case")
def test_a_score_can_be_entered(
    client: CheckingClient, rows: Callable[[], list[tuple[float, str]]], typed: str
) -> None:
    client.submit(client.get(FORM), "override", score=typed, reason="Enough.")
    assert rows()[-1] == (0.625, "Enough.")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": " "}, "Say why: the learner reads it beside the grade."),
        ({"reason": "x" * 501}, "A reason has at most 500 characters."),
        ({"score": "101", "reason": "kept"}, "A score is from 0 to 100 %."),
        ({"score": "-1", "reason": "kept"}, "A score is from 0 to 100 %."),
        ({"score": "nan", "reason": "kept"}, "A score is from 0 to 100 %."),
        ({"score": "good", "reason": "kept"}, "“good” is no number. Write it like 75 or 62.5."),
        ({"point_1": "perhaps", "reason": "kept"}, "Not a valid choice."),
    ],
)
@pytest.mark.usefixtures("case")
def test_what_cannot_be_used_is_said_and_what_was_typed_stays(
    client: CheckingClient,
    rows: Callable[[], list[tuple[float, str]]],
    fields: dict[str, str],
    message: str,
) -> None:
    typed: dict[str, Any] = {"point_2": "partly", **fields}
    page = client.submit(client.get(FORM), "override", **typed)
    assert page.status == 422
    assert message in " ".join(page.texts(".field-error"))
    assert typed_reason(page) == fields["reason"].strip()
    assert page.select("input[name=point_2][value=partly][checked]")
    assert len(rows()) == 1


@pytest.mark.usefixtures("case")
def test_a_reason_of_the_full_length_with_line_ends_is_taken(
    client: CheckingClient, rows: Callable[[], list[tuple[float, str]]]
) -> None:
    reason = f"{'x' * 249}\r\n{'y' * 250}"
    client.submit(client.get(FORM), "override", reason=reason)
    assert rows()[-1][1] == reason.replace("\r\n", "\n")


def overtake(app: Flask) -> Page:
    """Another assistant gives a grade of 90 %."""
    other = CheckingClient(app)
    with app.app_context():
        other.log_in(add_member(1, add_person("Tim"), "assistant"))
    return other.submit(other.get(FORM), "override", score="90", reason="Tim's view.")


@pytest.mark.usefixtures("case")
def test_whoever_comes_second_sees_both_and_decides(
    app: Flask, client: CheckingClient, rows: Callable[[], list[tuple[float, str]]]
) -> None:
    form = client.get(FORM)
    overtake(app)
    page = client.submit(form, "override", point_2="found", score="10", reason="My view.")
    assert page.status == 409
    assert "Tim gave another grade meanwhile: 90 %. “Tim's view.”" in page.text
    assert (page.one("#score").get("value"), typed_reason(page)) == ("10", "My view.")
    assert page.select("input[name=point_2][value=found][checked]")
    assert len(rows()) == 2
    client.submit(page, "override")
    assert rows()[1:] == [(0.9, "Tim's view."), (0.1, "My view.")]


@pytest.mark.usefixtures("case")
def test_the_graders_grade_is_taken_again(
    client: CheckingClient, rows: Callable[[], list[tuple[float, str]]]
) -> None:
    assert "Take the grader's grade again" not in client.get(FORM).text
    client.submit(client.get(FORM), "override", score="90", reason="A slip.")
    done = client.submit(client.get(FORM), "Take the grader's grade again", reason="Undone.")
    assert "Question 1 now has 40 %." in done.text
    assert [score for score, _ in rows()] == [0.4, 0.9, 0.4]
    assert "Iris took the grader's grade again: Undone." in done.text


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("base", ["", "x", "999", "9" * 30])
def test_a_form_that_was_tampered_with_changes_nothing(
    client: CheckingClient, rows: Callable[[], list[tuple[float, str]]], base: str
) -> None:
    page = client.submit(client.get(FORM), "override", base=base, reason="Why")
    assert page.status == 422
    assert len(rows()) == 1


def test_an_archived_class_is_read_and_not_graded(
    app: Flask, client: CheckingClient, case: Marked, rows: Callable[[], list[tuple[float, str]]]
) -> None:
    form = client.get(FORM)
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    page = client.submit(form, "override", score="90", reason="Too late")
    assert page.status == 409
    assert "This class is archived" in page.text
    assert page.select("form#override") == []
    assert "Change the grade" not in client.get(READ).text
    assert len(rows()) == 1


def test_the_learner_reads_the_reason(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        made = marked()
    client.log_in(made.iris.id)
    client.submit(client.get(FORM), "override", score="90", reason="She <i>said</i> it.")
    client.log_in(made.ada)
    assert "Graded by Iris: She <i>said</i> it." in client.get("/attempts/1/results").text


@pytest.mark.parametrize("path", [READ, FORM, f"{READ}?as=learner"])
def test_only_staff_of_the_class_enter(
    app: Flask, client: CheckingClient, case: Marked, path: str
) -> None:
    assert client.get(path).status == 200
    with app.app_context():
        assistant = add_member(1, add_person("Tim"), "assistant")
        classmate = add_member(1, add_person("Ben"))
        stranger = add_instructor("Eve")
        add_attempt(case.ada)
    for user, status in ((assistant, 200), (classmate, 404), (case.ada, 404), (stranger, 404)):
        client.log_in(user)
        assert client.get(path).status == status
        assert client.post(FORM, {"reason": "Why"}).status == (422 if status == 200 else 404)
    client.log_in(case.iris.id)
    assert client.get(path.replace("/1/", "/2/", 1)).status == 404
