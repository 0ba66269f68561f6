"""The page of jobs: for administrators, with what they can do about a job."""

from datetime import timedelta

import pytest
from flask import Flask

from interview.services.jobs import kinds, queue
from interview.services.jobs.listing import PAGE, PATIENCE
from interview.services.unit import write
from interview.store.mail import OutgoingMail
from tests.support.attempts import add_person
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.jobs import KIND, OLD, ask, change_job, job_row


@pytest.fixture
def root(app: Flask, client: CheckingClient) -> int:
    """An administrator who is logged in."""
    with app.app_context():
        person = add_person("Root", role="admin")
    client.log_in(person)
    return person


def row_of(client: CheckingClient, job_id: int, path: str = "/jobs") -> str:
    return client.get(path).texts(f"#job-{job_id}")[0]


def test_jobs_are_for_administrators(app: Flask, client: CheckingClient) -> None:
    assert client.get("/jobs").location == "/log-in?next=/jobs"
    with app.app_context():
        job_id = ask()
        client.log_in(add_person("Ivy", role="instructor"))
    for page in (client.get("/jobs"), client.post(f"/jobs/{job_id}/cancel")):
        assert page.status == 403
    assert "Jobs" not in client.get("/").texts("nav a")


def test_without_jobs_the_page_says_what_would_be_here(client: CheckingClient, root: int) -> None:
    page = client.get(client.get("/").link("Jobs"))
    assert page.texts(".empty-state h2") == ["There was nothing to do yet"]
    assert page.texts(".job-mail dd") == ["0", "0", "0"]
    nothing = client.get("/jobs?state=failed")
    assert nothing.texts(".empty-state h2") == ["No job is failed"]


def test_a_job_at_work_shows_how_far_it_is_and_when_its_worker_was_heard_of(
    app: Flask, client: CheckingClient, root: int, clock: FakeClock
) -> None:
    with app.app_context():
        job_id = ask(7, KIND, owner_id=root)
        queue.claim(START, [KIND])
        change_job(job_id, progress=1200, total=4000)
    clock.advance(seconds=3)
    assert row_of(client, job_id) == (
        "chunks 7 of Root At work heard of 3 s ago 1,200 of 4,000 Asked for 2 Mar 2026, 09:00 UTC"
        " Begun 2 Mar 2026, 09:00 UTC Stop chunks 7"
    )
    bar = client.get("/jobs").one("progress")
    assert (bar.get("value"), bar.get("max")) == ("1200", "4000")
    clock.set(START + OLD)
    assert "At work not heard of for 1 min 01 s" in row_of(client, job_id)


def test_the_list_renews_itself_where_it_is(app: Flask, client: CheckingClient, root: int) -> None:
    with app.app_context():
        first = ask()
        for number in range(PAGE):
            ask(number)
    page = client.click(client.get("/jobs?state=waiting"), "Older")
    part = page.one("#jobs")
    assert (part.get("hx-trigger"), part.get("hx-get")) == ("every 4s", page.path)
    fragment = client.get(page.path, htmx=True)
    assert fragment.texts("h1") == []
    assert [one.get("id") for one in fragment.select("tbody tr")] == [f"job-{first}"]


def test_what_failed_says_why_and_is_tried_again_from_where_it_is_listed(
    app: Flask, client: CheckingClient, root: int
) -> None:
    with app.app_context():
        job_id = ask()
        change_job(job_id, state="failed", tries=5, error="<b>no</b>", finished_at=START)
    page = client.get("/jobs?state=failed")
    (row,) = page.texts("tbody tr")
    assert "Failed tried 5 times without getting further" in row
    assert page.texts("tbody .job-error") == ["<b>no</b>"]
    after = client.submit(page, "Try again chunks 1")
    assert after.path == "/jobs?state=failed"
    assert "The job is tried again in a few seconds." in after.text
    with app.app_context():
        assert job_row(job_id).state == "waiting"


def test_a_job_that_moved_on_is_shown_as_it_is(
    app: Flask, client: CheckingClient, root: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        job_id = ask()
    page = client.get("/jobs")
    stopped = client.submit(page, "Stop chunks 1")
    assert "The job is stopped." in stopped.text
    assert "Stopped by Root." in row_of(client, job_id, "/jobs?state=cancelled")
    again = client.submit(page, "Stop chunks 1")
    assert (again.status, again.texts(".notice[role=alert]")) == (
        409,
        ["This job has moved on meanwhile. It is shown as it is."],
    )
    assert client.post("/jobs/999/retry").status == 404
    assert KIND not in kinds.FAILED


@pytest.mark.parametrize("query", ["state=odd", "before=x", "after=99999999999"])
def test_a_damaged_address_is_told(client: CheckingClient, root: int, query: str) -> None:
    page = client.get(f"/jobs?{query}")
    assert (page.status, "names no place in the list" in page.text) == (422, True)


def test_a_page_beyond_the_last_leads_back(client: CheckingClient, root: int) -> None:
    page = client.get("/jobs?before=1&state=done")
    assert client.click(page, "Back to the newest").path == "/jobs?state=done"


def test_mail_that_waits_for_long_shows_that_no_worker_runs(
    app: Flask, client: CheckingClient, root: int, clock: FakeClock
) -> None:
    with app.app_context(), write() as session:
        mail = {"kind": "reset", "address": "a@example.org", "created_at": START, "due_at": START}
        session.add(OutgoingMail(**mail))
        session.add(OutgoingMail(**mail, tries=6, done_at=START, error="no such person"))
    page = client.get("/jobs")
    assert page.texts(".job-mail dd") == ["1", "0", "1"]
    assert page.texts(".job-mail .job-error") == ["The last refusal: no such person"]
    assert "due for more than two minutes" not in page.text
    clock.set(START + PATIENCE + timedelta(seconds=1))
    assert "due for more than two minutes" in client.get("/jobs").text
