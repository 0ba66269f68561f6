"""The pages of the audit log: what a reader sees, filters, paging, files and who may enter."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.attempts import add_person
from tests.support.audit import add_note
from tests.support.classes import add_class, add_instructor, add_learners, add_member, principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page

LOG = "/classes/1/audit"


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> int:
    """Somebody in Berlin, logged in, who teaches class 1."""
    with app.app_context():
        instructor = add_instructor(zone="Europe/Berlin")
        add_class(instructor=instructor)
    client.log_in(instructor)
    return instructor


@pytest.fixture
def long(app: Flask, iris: int) -> int:
    """The same, with 55 changes of the class, the newest of them a grade of Ada's."""
    with app.app_context():
        (ada,) = add_learners(1, "Ada")
        me = principal(iris)
        for number in range(54):
            add_note(me, subject=f"Test {number}", class_id=1)
        details = {"score": [0.5, 0.75], "due_at": [None, START.isoformat()]}
        add_note(
            me, "grade.overridden", "Ada: First test, question 2", class_id=1, learner_id=ada,
            details=details, reason="She <b>said</b> so.", at=START + timedelta(days=1),
        )  # fmt: skip
    return iris


def subjects(page: Page) -> list[str]:
    return page.texts(".audit-subject")


@pytest.mark.usefixtures("long")
def test_a_change_is_told_in_words_and_in_the_readers_zone(client: CheckingClient) -> None:
    row = client.get(LOG).texts(".audit-table tbody tr")[0]
    assert row == (
        "3 Mar 2026, 10:00 CET Iris Grade overridden Ada: First test, question 2 All about Ada "
        "score 50 % → 75 % due at nothing → 2 Mar 2026, 10:00 CET She <b>said</b> so."
    )


@pytest.mark.usefixtures("long")
def test_older_and_newer_lead_there_and_back_and_keep_the_filters(client: CheckingClient) -> None:
    first = client.submit(client.get(LOG), "audit-filters", kind="assignment.changed")
    second = client.click(first, "Older")
    assert subjects(first)[0] == "Test 53"
    assert len(subjects(first)) == 50
    assert subjects(second) == ["Test 3", "Test 2", "Test 1", "Test 0"]
    assert "kind=assignment.changed" in second.path
    assert subjects(client.click(second, "Newer")) == subjects(first)


@pytest.mark.usefixtures("long")
def test_a_line_leads_to_everything_about_its_person_and_by_its_maker(
    client: CheckingClient,
) -> None:
    page = client.get(LOG)
    assert subjects(client.click(page, "All about Ada")) == ["Ada: First test, question 2"]
    assert len(subjects(client.click(page, "Everything done by Iris"))) == 50
    found = client.submit(page, "audit-filters", about="ada", to="2026-03-03", by="iris")
    assert subjects(found) == ["Ada: First test, question 2"]
    assert found.one("#about").get("value") == "ada"


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=grade.lost", "“grade.lost” is no kind of change."),
        ("by=nobody", "Nobody in this class has “nobody” in the name."),
        ("about=x%00y", "Nobody in this class has “x\ufffdy” in the name."),
        ("from=yesterday", "“yesterday” is no day. Write it like 2026-03-31."),
        ("from=2026-03-02&to=2026-03-01", "This day comes before"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_filter_is_named(
    client: CheckingClient, query: str, message: str, htmx: bool
) -> None:
    page = client.get(f"{LOG}?{query}", htmx=htmx)
    assert (page.status, page.is_full) == (422, not htmx)
    assert message in " ".join(page.texts(".field-error"))
    assert subjects(page) == []
    assert client.get(f"/classes/1/audit.csv?{query}").status == 422


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("place", ["before=x", "after=-1", "before=99999999999"])
def test_a_damaged_place_leads_back_to_the_newest(client: CheckingClient, place: str) -> None:
    page = client.get(f"{LOG}?kind=grade.overridden&{place}")
    assert page.status == 422
    assert len(subjects(client.click(page, "Start from the newest"))) == 1


@pytest.mark.usefixtures("long")
def test_filters_that_fit_nothing_and_a_place_past_the_end_say_so(client: CheckingClient) -> None:
    page = client.get(f"{LOG}?kind=class.archived")
    assert "No change fits these filters" in page.text
    assert len(subjects(client.click(page, "Show every change"))) == 50
    assert "No more changes this way" in client.get(f"{LOG}?before=1").text


@pytest.mark.usefixtures("iris")
def test_a_new_class_has_an_empty_log(client: CheckingClient) -> None:
    assert "Nothing was changed yet" in client.get(LOG).text


@pytest.mark.usefixtures("long")
def test_the_file_has_what_the_filters_fit(client: CheckingClient) -> None:
    page = client.get(f"{LOG}?kind=assignment.changed")
    file = client.click(page, "Download as CSV")
    assert file.headers["Content-Disposition"] == (
        "attachment; filename=audit-class-1-2026-03-02.csv"
    )
    assert file.response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.html.removeprefix("\ufeff"), newline="")))
    assert [row["subject"] for row in rows] == [f"Test {number}" for number in reversed(range(54))]


@pytest.mark.parametrize("path", [LOG, "/classes/1/audit.csv"])
def test_only_those_who_teach_may_read_it(
    app: Flask, client: CheckingClient, iris: int, path: str
) -> None:
    assert client.get(path).status == 200
    with app.app_context():
        assistant = add_member(1, add_person("Tim"), "assistant")
        (ada,) = add_learners(1, "Ada")
        stranger = add_instructor("Eve")
    for user, status in ((assistant, 403), (ada, 403), (stranger, 404)):
        client.log_in(user)
        assert client.get(path).status == status


def test_administrators_read_everything(app: Flask, client: CheckingClient, long: int) -> None:
    assert client.get("/audit").status == 403
    assert client.get("/audit.csv").status == 403
    with app.app_context():
        add_note(
            None, "role.changed", "Ada <ada@example.org>", details={"role": ["learner", "admin"]}
        )
        admin = add_person("Root", role="admin")
    client.log_in(admin)
    page = client.get("/audit")
    assert subjects(page)[0] == "Ada <ada@example.org>"
    assert "the command line" in page.texts(".audit-table tbody tr")[0]
    assert "in Web 101" in page.texts(".audit-table tbody tr")[1]
    assert "the command line" in client.click(page, "Download as CSV").html
    assert client.get(LOG).status == 200
