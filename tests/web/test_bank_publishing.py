"""Publishing a question: the gate, reasons, what changes, two authors at once, and history."""

from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.authoring import history, typed
from interview.services.principals import Principal
from interview.store.audit import AuditEntry
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from tests.support.authoring import GOOD, WRONG, a_question, press
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.threads import at_once, meet_at

SWAPPED = {"sample-0-label": "wrong", "sample-1-label": "good"}


@pytest.fixture
def asked(app: Flask, iris: Principal) -> str:
    """Where a question is edited that is asked already."""
    with app.app_context():
        return f"/bank/{a_question(iris)}/edit"


def kept(app: Flask, edit: str) -> Question:
    with app.app_context():
        row = db.session.get(Question, int(edit.split("/")[2]))
        assert row is not None
        db.session.expunge(row)
        return row


def entries(app: Flask, kind: str) -> list[AuditEntry]:
    with app.app_context():
        rows = list(db.session.scalars(sa.select(AuditEntry).where(AuditEntry.kind == kind)))
        db.session.expunge_all()
        return rows


def versions(app: Flask) -> list[QuestionVersion]:
    with app.app_context():
        rows = list(db.session.scalars(sa.select(QuestionVersion).order_by(QuestionVersion.id)))
        db.session.expunge_all()
        return rows


def test_what_tells_right_from_wrong_is_published(
    app: Flask, client: CheckingClient, draft: str
) -> None:
    page = client.submit(client.get(draft), "Publish")
    assert "Published. Version 1 is asked from now on." in page.text
    row = kept(app, draft)
    assert (row.status, row.published_revision, row.edit_revision) == ("ready", 1, 1)
    (noted,) = entries(app, "question.published")
    assert (noted.details["version"], noted.reason) == (1, "")


@pytest.mark.usefixtures("iris")
def test_a_new_question_can_be_published_at_once(client: CheckingClient) -> None:
    page = client.submit(client.get("/bank/new"), "Publish", prompt="What is a mutex?")
    assert page.status == 422
    assert "Name its topic" in page.text
    assert "Write at least one complete answer." in page.text
    page = press(client, press(client, page, "add-reference"), "add-sample")
    typed = {"topic": "Locks", "reference-0": "A mutex is a lock that one thread holds.",
             "sample-0-text": "a lock that one thread holds"}  # fmt: skip
    page = press(client, page, "publish", typed)
    assert page.status == 422
    assert "There is no sample of a wrong or contradictory answer yet." in page.text
    assert page.one("#question-form").get("action") == "/bank/new"
    page = press(client, page, "publish", {"reason": "It is a warm-up."})
    assert "Version 1 is asked" in page.text
    assert len(client.get("/bank").select(".bank-list li")) == 1


def test_the_gate_names_what_does_not_separate_and_opens_for_a_reason(
    app: Flask, client: CheckingClient, draft: str
) -> None:
    page = press(client, client.get(draft), "publish", SWAPPED)
    assert page.status == 422
    (gate,) = page.texts("#gate")
    assert "it does not tell right answers from wrong ones" in gate
    assert f"Sample 1 (wrong, “{GOOD[:50]}" in gate
    assert f"Sample 2 (good, “{WRONG[:50]}" in gate
    assert {link.get("href") for link in page.select("#gate li a")} >= {"#sample-0-text"}
    assert kept(app, draft).status == "draft"
    page = press(client, page, "publish", {"reason": "x" * 501})
    assert page.status == 422
    assert "A reason can have at most 500 characters." in page.text
    assert "x" * 501 in page.html
    page = press(client, page, "publish", {"reason": "Asked to start a talk."})
    assert "Published. Version 1" in page.text
    assert [one.reason for one in versions(app)] == ["Asked to start a talk."]
    assert entries(app, "question.published")[0].reason == "Asked to start a talk."
    listed = client.get(draft.replace("edit", "history"))
    assert "“Asked to start a talk.”" in listed.text


def test_publishing_again_shows_first_what_changes_for_every_sample(
    app: Flask, client: CheckingClient, asked: str
) -> None:
    page = press(client, client.get(asked), "remove-point-1")
    page = press(client, page, "review", {"prompt": "What is a mutex good for?"})
    assert page.status == 200
    (gate,) = page.texts("#gate")
    assert "Different from version 1: Question, Key point." in gate
    assert "→" in gate
    assert len(page.select("#gate tbody tr")) == 2
    assert len(versions(app)) == 1
    page = client.submit(page, "Publish this")
    assert "Version 2 is asked from now on." in page.text
    assert page.texts("h1") == ["What is a mutex good for?"]


def test_the_same_content_is_the_same_version(
    app: Flask, client: CheckingClient, asked: str
) -> None:
    assert "Nothing new to publish" in press(client, client.get(asked), "publish").text
    first = client.get(asked)
    press(client, client.get(asked), "publish", {"prompt": "Another wording?"})
    page = press(
        client, client.get(asked), "publish", {"prompt": first.one("#prompt").text_content()}
    )
    assert "Version 1 is asked again from now on." in page.text
    assert len(versions(app)) == 2
    changed = press(client, client.get(asked), "publish", {"difficulty": "hard"})
    assert "Version 1 is asked again" in changed.text
    assert kept(app, asked).difficulty == "hard"


def test_saving_leaves_what_is_asked_alone(app: Flask, client: CheckingClient, asked: str) -> None:
    page = press(client, client.get(asked), "save", {"prompt": "Better?", "topic": "Other"})
    assert "What is asked stays as it was until you publish." in page.text
    assert page.texts(".bank-bar .pill") == ["Version 1 is asked", "Changed since"]
    row = kept(app, asked)
    assert (row.prompt, row.topic, row.edit_revision) == ("Better?", "Concurrency", 2)
    assert [one.prompt for one in versions(app)] != ["Better?"]
    again = press(client, client.get(asked), "save")
    assert kept(app, asked).edit_revision == 2
    assert again.status == 200


def test_the_second_of_two_writers_gets_both_texts_and_can_go_on(
    app: Flask, client: CheckingClient, draft: str
) -> None:
    mine, theirs = client.get(draft), client.get(draft)
    press(client, theirs, "save", {"prompt": "What is a mutual exclusion lock?"})
    page = press(client, mine, "save", {"prompt": "What is a mutex lock?", "topic": "Threads"})
    assert page.status == 409
    (clash,) = page.texts("#clash")
    assert "Saved by Iris What is a [removed: mutual exclusion] lock?" in clash
    assert "Threads" in clash
    assert "Concurrency" in clash
    assert page.submission("question-form", {}).values["prompt"] == ["What is a mutex lock?"]
    page = press(client, page, "save")
    assert page.status == 200
    row = kept(app, draft)
    assert (row.prompt, row.edit_revision) == ("What is a mutex lock?", 3)
    stale = press(client, theirs, "publish")
    assert stale.status == 409
    assert kept(app, draft).status == "draft"


def test_of_two_writers_at_the_same_moment_one_is_told_of_the_other(
    app: Flask, client: CheckingClient, iris: Principal, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients = [CheckingClient(app) for _ in range(2)]
    for one in clients:
        one.log_in(iris.id)
    opened = [one.get(draft) for one in clients]
    meet_at(monkeypatch, typed, "read")
    texts = ["From the desk?", "From the phone?"]
    pages: list[Page] = at_once(
        *(
            partial(press, one, page, "save", {"prompt": text}, follow=False)
            for one, page, text in zip(clients, opened, texts, strict=True)
        )
    )
    assert sorted(page.status for page in pages) == [303, 409]
    (lost,) = [page for page in pages if page.status == 409]
    assert all(word in lost.text for word in ("desk?", "phone?"))
    assert kept(app, draft).edit_revision == 2


def test_history_tells_what_changed_word_by_word(
    client: CheckingClient, asked: str, clock: FakeClock
) -> None:
    clock.advance(minutes=1)
    press(client, client.get(asked), "save", {"prompt": "What is a lock in programming?"})
    press(client, client.get(asked), "publish")
    page = client.get(asked.replace("edit", "history"))
    assert [row.split(" 2 Mar")[0] for row in page.texts("tbody tr")] == [
        "Version 2 asked now", "Saved state 2", "Version 1 published", "Saved state 1",
    ]  # fmt: skip
    compared = client.get(f"{page.path}?from=d2&to=d1")
    (shown,) = compared.texts(".diff")
    assert "What is a [removed: mutex" in shown
    assert "[added: lock" in shown
    assert compared.select("del")
    assert compared.select("ins")
    same = client.get(f"{page.path}?from=v1&to=d1")
    assert "Nothing changed" in same.text
    for odd in ("d99", "v99999999999", "x", "d0"):
        assert client.get(f"{page.path}?from=d1&to={odd}").status == 404


def test_states_beyond_a_page_follow_without_gaps(
    client: CheckingClient, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 3)
    for number in range(5):
        press(client, client.get(draft), "save", {"product": f"POSIX {number}"})
    press(client, client.get(draft), "publish")
    page = client.get(draft.replace("edit", "history"))
    names = page.texts("tbody th")
    while "Earlier states" in page.text:
        page = client.click(page, "Earlier states")
        names += page.texts("tbody th")
    assert names == [
        "Version 1 asked now",
        *(f"Saved state {number}" for number in range(6, 0, -1)),
    ]
