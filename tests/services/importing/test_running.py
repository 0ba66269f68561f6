"""From a file to questions: read first, written when accepted, and exactly once."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import likeness
from interview.services.attempts.records import NotFound
from interview.services.importing import accepting
from interview.services.importing.records import NothingSent, NotNow, TooLarge, TooMany
from interview.services.principals import Principal
from interview.store.audit import AuditEntry
from interview.store.db import db
from tests.support.authored import an_author
from tests.support.clock import START, FakeClock
from tests.support.imports import (
    as_file,
    bare,
    draft_of,
    imported,
    questions_of,
    row,
    row_counts,
    send,
    shown,
    whole,
    work,
)
from tests.support.threads import at_once, meet_at

BARE = "it has no key points, so that they were taken from its answer; it has no sample answers"
NO_WRONG = "there is no sample of a wrong or contradictory answer yet"


def test_a_file_is_read_and_shown_before_anything_is_written(
    person: Principal, clock: FakeClock
) -> None:
    before = row_counts()
    import_id = send(person, as_file(whole(), bare("second", "What else is there?")))
    assert shown(person, import_id).state == "waiting"
    assert work(clock) == 1
    screen = shown(person, import_id)
    assert (screen.state, screen.format) == ("read", "native")
    assert screen.counts == {"ready": 1, "draft": 1, "duplicate": 0, "error": 0}
    first, second = screen.items
    assert (first.outcome, first.samples, first.notices) == ("ready", 2, ())
    assert (second.outcome, second.key_points, second.derived) == ("draft", 2, 2)
    assert [one.message for one in second.notices] == [f"It becomes a draft: {BARE}."]
    assert row_counts() == before


def test_what_was_accepted_is_written_with_who_did_it(person: Principal, clock: FakeClock) -> None:
    screen = imported(person, as_file(whole(), bare("second", "What else is there?")), clock)
    assert (screen.state, screen.made) == ("done", 2)
    assert [item.question_id for item in screen.items] == [
        one.id for one in questions_of(person.id).values()
    ]
    ready, draft = questions_of(person.id).values()
    assert (ready.status, ready.audience, ready.topic) == ("ready", "owner", "Things")
    assert ready.current_version_id is not None
    assert (draft.status, draft.current_version_id, draft.edit_revision) == ("draft", None, 1)
    points = draft_of(draft.id)["key_points"]
    assert [(one["id"], one["derived"]) for one in points] == [
        ("derived-1", True),
        ("derived-2", True),
    ]
    assert row(screen.id).content == b""
    entries = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.kind == "question.imported")
    )
    assert [(one.actor_id, one.subject) for one in entries] == [(person.id, "bank.json")]


def test_new_questions_are_found_by_their_words(person: Principal, clock: FakeClock) -> None:
    imported(person, as_file(whole(prompt="What does a giraffe eat?")), clock)
    assert likeness.near("What does a giraffe eat?", person.id)[0].likeness > 0.99


def test_derived_key_points_are_twelve_at_most(person: Principal, clock: FakeClock) -> None:
    answer = " ".join(f"Thing number {n} has the colour {n}{n}." for n in range(30))
    imported(person, as_file(bare("long", "Which colours are there?", answer)), clock)
    (draft,) = questions_of(person.id).values()
    assert len(draft_of(draft.id)["key_points"]) == 12


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": "draft"}, "the file calls it a draft"),
        ({"status": "retired"}, "the file calls it retired"),
        ({"samples": []}, "it has no sample answers"),
        (
            {"key_points": [{"id": "one", "text": "It is one thing.", "derived": True}]},
            "1 of its key points were taken from its answer",
        ),
        (
            {"samples": [{"label": "good", "text": "Bananas are yellow."}]},
            f"{NO_WRONG}; sample 1 (good, “Bananas are yellow.”) gets only 0 %",
        ),
    ],
)
def test_what_cannot_be_asked_yet_becomes_a_draft_and_says_why(
    person: Principal, clock: FakeClock, changes: dict[str, Any], why: str
) -> None:
    screen = imported(person, as_file(whole(**changes)), clock)
    assert screen.counts["draft"] == 1
    (item,) = screen.items
    assert [one.message for one in item.notices] == [f"It becomes a draft: {why}."]
    (question,) = questions_of(person.id).values()
    assert (question.status, question.current_version_id) == ("draft", None)


def test_one_error_keeps_the_whole_file_out(person: Principal, clock: FakeClock) -> None:
    before = row_counts()
    import_id = send(person, as_file(whole(), whole("second", difficulty="no", prompt="And?")))
    work(clock)
    screen = shown(person, import_id)
    assert (screen.counts["ready"], screen.counts["error"]) == (1, 1)
    assert not screen.may_import
    (notice,) = screen.items[1].notices
    assert (notice.kind, notice.line > 1) == ("error", True)
    with pytest.raises(NotNow):
        accepting.accept(person, import_id, START, copies=False)
    work(clock)
    assert row_counts() == before


def test_what_cannot_be_read_fails_in_words(person: Principal, clock: FakeClock) -> None:
    import_id = send(person, b"\x89PNG\0\0\0", name="cat.png")
    work(clock)
    screen = shown(person, import_id)
    assert (screen.state, screen.may_retry, screen.items) == ("failed", False, ())
    assert screen.problems[0].message
    with pytest.raises(NotNow):
        accepting.retry(person, import_id, START)


def test_an_import_is_nobody_elses(person: Principal, clock: FakeClock) -> None:
    import_id, olga = send(person, as_file(whole())), an_author("Olga")
    for ask in (
        lambda: shown(olga, import_id),
        lambda: accepting.accept(olga, import_id, START, copies=False),
        lambda: accepting.drop(olga, import_id, START),
    ):
        with pytest.raises(NotFound):
            ask()


def test_what_is_too_large_empty_or_too_much_is_not_taken_in(
    person: Principal, clock: FakeClock
) -> None:
    with pytest.raises(TooLarge, match=r"5\.0 MB, and a file can have 5 MB"):
        send(person, b"x" * 5_000_001)
    with pytest.raises(NothingSent):
        send(person, b" \n")
    for _ in range(10):
        send(person, as_file(whole()))
    with pytest.raises(TooMany):
        send(person, as_file(whole()))


def test_files_that_nobody_came_back_to_are_not_kept(person: Principal, clock: FakeClock) -> None:
    import_id = send(person, as_file(whole()))
    work(clock)
    clock.advance(days=31)
    work(clock)
    assert (row(import_id).state, row(import_id).content) == ("dropped", b"")


def test_a_button_that_is_pressed_twice_at_once_imports_once(
    app: Flask, person: Principal, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = send(person, as_file(whole()))
    work(clock)
    meet_at(monkeypatch, accepting, "_move")

    def press() -> None:
        with app.app_context():
            accepting.accept(person, import_id, START, copies=False)

    at_once(press, press)
    db.session.rollback()
    assert work(clock) == 1
    assert shown(person, import_id).state == "done"
    assert len(questions_of(person.id)) == 1
