"""Writing a question without scripts: rows, drafts, limits, likes, previews and trying."""

from collections.abc import Mapping

import pytest
from flask import Flask

from interview.services.principals import Principal
from tests.support.authored import an_author
from tests.support.authoring import GOOD, PROMPT, REFERENCE, a_draft, a_question, area, press
from tests.support.client import CheckingClient
from tests.support.page import Page

WHOLE = {"prompt": PROMPT, "topic": "Concurrency", "tags": "locks,  threads ,locks"}


def value(page: Page, name: str) -> str:
    field = page.one(f"[name='{name}']")
    if field.tag == "select":
        return str(page.one(f"[name='{name}'] option[selected]").get("value"))
    return str(field.get("value") if field.tag == "input" else field.text_content())


def alter(client: CheckingClient, page: Page, *dos: str) -> Page:
    for do in dos:
        page = press(client, page, do)
        assert page.status == 200
    return page


@pytest.mark.usefixtures("iris")
def test_a_question_is_written_from_nothing_and_kept_unfinished(client: CheckingClient) -> None:
    page = press(client, client.get("/bank/new"), "add-reference", WHOLE)
    assert page.one("#reference-1").get("autofocus") is not None
    assert area(page, "prompt") == PROMPT
    page = press(client, page, "add-point", {"reference-0": f"    code\n\n{REFERENCE}"})
    page = press(client, page, "add-source", {"point-0-text": "It is a lock."})
    page = press(client, page, "save")
    assert "Saved. Nobody is asked it until you publish." in page.text
    assert page.path.endswith("/edit")
    assert area(page, "reference-0") == f"    code\n\n{REFERENCE}"
    assert area(page, "point-0-text") == "It is a lock."
    assert value(page, "tags") == "locks, threads"
    assert page.select("#source-0-title") == []
    assert page.texts(".pill") == ["Draft"]


def test_rows_come_and_go_and_the_others_stay(client: CheckingClient, draft: str) -> None:
    page = client.get(draft)
    texts = [area(page, f"point-{at}-text") for at in range(3)]
    page = press(client, page, "add-point", {"point-1-phrasings": "one\n\ntwo"})
    page = press(client, page, "remove-point-0", {"point-3-text": "A new one."})
    assert [area(page, f"point-{at}-text") for at in range(3)] == [*texts[1:], "A new one."]
    assert area(page, "point-0-phrasings") == "one\n\ntwo"
    page = press(client, page, "save")
    assert area(page, "point-0-phrasings") == "one\ntwo"
    ids = [value(page, f"point-{at}-id") for at in range(3)]
    assert ids == ["others-wait", "owner-unlocks", "a-new-one"]


def test_scripts_swap_the_list_alone(client: CheckingClient, draft: str) -> None:
    page = client.get(draft)
    part = press(client, page, "add-idea", htmx=True)
    assert not part.is_full
    assert part.one("section").get("id") == "misconceptions"
    assert part.one("#idea-1-text").get("autofocus") is not None
    assert "Misconception 2 is added." in part.text
    assert part.headers["HX-Trigger-After-Settle"] == "bank-rows"
    gone = press(client, page, "remove-sample-7", htmx=True)
    assert "It was removed before." in gone.text
    assert press(client, page, "explode", follow=False).status == 400


def test_a_list_has_an_end(client: CheckingClient, draft: str) -> None:
    page = client.get(draft)
    typed = {f"idea-{at}-text": f"Mistake {at}" for at in range(10)}
    page = press(client, page, "add-idea", typed)
    assert "These are all 10 that a question can have." in page.text
    page = press(client, page, "save", {"idea-10-text": "One more", "idea-11-text": "Two more"})
    assert page.status == 422
    assert "There can be at most 10; these are 12." in page.text
    assert area(page, "idea-11-text") == "Two more"


WRONG_VALUES: list[tuple[dict[str, str], str]] = [
    ({"prompt": "x" * 20_001}, "20,001 characters, and at most 20,000"),
    ({"reference-0": "ä" * 20_001}, "20,001 characters"),
    ({"sample-0-text": "y" * 20_001}, "20,001 characters"),
    ({"point-0-weight": "heavy"}, "A weight is a number above 0 and up to 100."),
    ({"point-0-weight": "0"}, "A weight is a number"),
    ({"point-0-phrasings": "\n".join(f"way {n}" for n in range(51))}, "at most 50 lines"),
    ({"target_seconds": "1.5"}, "Enter whole seconds"),
    ({"target_seconds": "9" * 25}, "Enter whole seconds"),
    ({"last_verified": "2026-03-03"}, "This day is in the future."),
    ({"last_verified": "yesterday"}, "“yesterday” is no day."),
    ({"source-0-url": "ftp://example.org"}, "An address begins with https://"),
    ({"from": "5.2", "to": "4.0"}, "This ends with 4.0, before it begins with 5.2."),
    ({"tags": ",".join(f"t{n}" for n in range(21))}, "at most 20 tags"),
    ({"difficulty": "brutal"}, "Choose one of these."),
    ({"audience": "everyone"}, "Only an administrator"),
]


@pytest.mark.parametrize(("typed", "words"), WRONG_VALUES, ids=lambda one: str(one)[:30])
def test_what_cannot_be_kept_is_still_there_beside_the_reason(
    client: CheckingClient, draft: str, typed: Mapping[str, str], words: str
) -> None:
    others = {"point-2-text": "Typed just now.", "try_text": "An answer."}
    page = press(client, client.get(draft), "save", {**others, **typed})
    assert page.status == 422
    assert words in page.text
    sent = page.submission("question-form", {}).values
    for name, text in {**others, **typed}.items():
        if page.one(f"[name='{name}']").tag != "select":
            assert str(sent[name][0]) == text, name
    assert "Nothing was saved" in page.text
    assert page.select("#question-form[data-unsaved]")


def test_nearly_the_same_question_is_told_of(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        mine = a_question(iris)
        a_question(an_author("Otto"), prompt="What is a mutex in concurrent programs?")
    part = client.post("/bank/near", {"prompt": "What's a mutex in concurrent programming?"})
    assert part.texts("a") == [f"{PROMPT} (opens in a new tab)"]
    assert client.post("/bank/near", {"prompt": PROMPT, "question": mine}).select("a") == []
    assert client.post("/bank/near", {"prompt": ""}).select("a") == []
    page = press(client, client.get("/bank/new"), "preview", {"prompt": PROMPT})
    assert "Nearly the same is asked already" in page.text


SHOWN_AGAIN = (
    "prompt", "reference-0", "point-0-text", "point-0-phrasings", "idea-0-text",
    "idea-0-feedback", "sample-0-text", "source-0-title", "topic", "tags", "product", "try_text",
)  # fmt: skip


def test_markdown_is_shown_as_learners_see_it_and_never_as_markup(
    client: CheckingClient, draft: str
) -> None:
    hostile = "<script>alert(1)</script> **bold** [x](javascript:alert(1))\n\n```python\nx = 1\n```"
    part = client.post("/bank/preview", {"field": "prompt", "prompt": hostile})
    assert part.select("script") == []
    assert part.texts("strong") == ["bold"]
    assert part.select("pre code")
    assert part.select("a[href^=javascript]") == []
    typed = dict.fromkeys(SHOWN_AGAIN, "</textarea><script>alert(1)</script>")
    page = client.get(draft)
    for do in ("preview", "save"):
        page = press(client, page, do, typed)
        assert "<script>alert" not in page.html
    assert "<script>alert" not in client.get(draft.removesuffix("/edit")).html
    assert "<script>alert" not in client.get("/bank").html


def test_it_is_marked_as_verified_today(client: CheckingClient, draft: str) -> None:
    page = press(client, client.get(draft), "verified")
    assert value(page, "last_verified") == "2026-03-02"
    part = press(client, page, "verified", htmx=True)
    assert part.one("#last_verified").get("value") == "2026-03-02"


def test_key_points_that_a_program_derived_count_once_they_are_kept(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    point = {"id": "p", "text": "A mutex is a lock.", "phrasings": [], "weight": 1.0,
             "required": False, "derived": True}  # fmt: skip
    with app.app_context():
        edit = f"/bank/{a_draft(iris, key_points=[point, {**point, 'id': 'q'}])}/edit"
    page = client.get(edit)
    assert "2 key points were taken from your answer: look at them." in page.text
    tried = client.submit(page, "Grade it", try_text=GOOD)
    assert "No key point is kept yet" in tried.text
    page = press(client, page, "save", {"point-0-keep": "yes"})
    assert "One key point was taken from your answer" in page.text
    page = press(client, press(client, page, "keep-points"), "save")
    assert "taken from your answer" not in page.text


def test_odd_rows_are_read_as_far_as_they_go(client: CheckingClient, draft: str) -> None:
    odd = {"point-99-text": "Far away", "point-0-evil": "x", "reference-5-text": "y",
           "sample-7-label": "good", "revision": "x" * 30, "point-999-text": "z"}  # fmt: skip
    page = press(client, client.get(draft), "preview", odd)
    assert page.status == 200
    assert area(page, "point-3-text") == "Far away"


def test_a_question_as_large_as_its_limits_is_read(client: CheckingClient, draft: str) -> None:
    typed = {f"sample-{at}-text": "漢" * 20_000 for at in range(20)}
    page = press(client, client.get(draft), "preview", typed)
    assert page.status == 200
    assert client.post(draft, {"prompt": "x" * 8_000_000}).status == 413


def test_a_typed_reason_is_kept_whatever_else_is_wrong(client: CheckingClient, draft: str) -> None:
    page, other = client.get(draft), client.get(draft)
    press(client, other, "save", {"prompt": "What is a lock?"})
    reason = {"sample-0-label": "wrong", "sample-1-label": "good", "reason": "To begin a talk."}
    for do, change in (("publish", reason), ("publish", {"topic": ""}), ("preview", {})):
        page = press(client, page, do, change)
        assert page.submission("question-form", {}).values["reason"] == ["To begin a talk."]
    page = press(client, page, "publish", {"topic": "Locks"})
    assert "Published. Version 1" in page.text
