"""What can be typed, and what comes back: too long, empty, unstorable, out of place."""

import pytest

from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit, typed

LONG = "x" * 20_000 + "é"
HUGE = (2**31 - 1, 2**31, 2**63, 10**30)


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock)


@pytest.mark.parametrize("button", ["submit", "skip", "flag", "overview"])
@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_that_is_too_long_comes_back_in_the_same_form(
    sitter: Sitter, button: str, htmx: bool
) -> None:
    page = sitter.press(button, LONG, htmx=htmx)
    assert (page.status, page.is_full) == (422, not htmx)
    assert typed(page) == LONG
    assert "20,001 characters" in page.text
    assert page.one("textarea[name=answer]").get("aria-invalid") == "true"
    with sitter.behind() as candidate:
        assert candidate.submissions() == []
        assert candidate.states()[0] == "open"
    shortened = sitter.client.submit(page, BUTTONS["submit"], answer=LONG[1:])
    assert shortened.path == sitter.question_url(2)


def test_line_ends_of_browsers_count_once(sitter: Sitter) -> None:
    page = sitter.press("submit", "a\r\n" * 10_000)
    assert page.path == sitter.question_url(2)
    with sitter.behind() as candidate:
        assert candidate.submissions()[0].text == "a\n" * 10_000


def test_a_first_line_that_is_empty_survives_the_form(sitter: Sitter) -> None:
    sitter.press("skip", "\n\n  indented")
    page = sitter.open()
    assert typed(page) == "\n\n  indented"
    # Browsers drop the first line end of the field, so one more has to stand there.
    assert "\n\n\n  indented</textarea>" in page.html


@pytest.mark.parametrize("htmx", [False, True])
def test_an_empty_answer_asks_and_the_second_press_means_it(sitter: Sitter, htmx: bool) -> None:
    page = sitter.press("submit", " \n", htmx=htmx)
    assert page.status == 422
    assert "Your answer is empty" in page.text
    sitter.client.submit(page, "Submit empty answer")
    with sitter.behind() as candidate:
        assert candidate.states()[:2] == ["submitted", "open"]
        assert candidate.item(1).score == 0.0


def test_nul_in_a_submitted_answer_is_replaced(sitter: Sitter) -> None:
    sitter.press("submit", "before\0after")
    with sitter.behind() as candidate:
        assert candidate.submissions()[0].text == "before\N{REPLACEMENT CHARACTER}after"


@pytest.mark.parametrize(
    ("text", "kept", "replaced"),
    [
        ("plain 🐍", "plain 🐍", 0),
        ("a\0b", "a\ufffdb", 1),
        ("a\ud83d", "a\ufffd", 1),
        ("\udc0d\0\ud83db", "\ufffd\ufffd\ufffdb", 3),
        ("a\r\nb\rc", "a\nb\nc", 0),
    ],
)
def test_a_save_tells_how_many_characters_could_not_be_stored(
    sitter: Sitter, text: str, kept: str, replaced: int
) -> None:
    sitter.open()
    answer = sitter.save(text)
    assert answer.status == 200
    assert answer.json["replaced"] == replaced  # type: ignore[index]
    assert typed(sitter.open()) == kept


@pytest.mark.parametrize("name", ["a\0b", "\ud83d", "x" * 500])
def test_a_page_may_call_itself_anything(sitter: Sitter, name: str) -> None:
    sitter.open()
    assert sitter.save("kept", writer=name).status == 200
    page = sitter.press("skip", "kept too", writer=name.replace("\ud83d", "?"))
    assert page.path == sitter.question_url(2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"[]",
        b'"text"',
        b"{}",
        b'{"text": 1, "base": 0, "writer": "w", "sequence": 1}',
        b'{"text": "x", "base": "0", "writer": "w", "sequence": 1}',
        b'{"text": "x", "base": 0, "writer": null, "sequence": 1}',
        b'{"text": "x", "base": 0, "writer": "w"}',
        b'{"text": "x", "base": 1e99, "writer": "w", "sequence": 1}',
        b'{"text": "x", "base": -1, "writer": "w", "sequence": 1}',
        b'{"text": "x", "base": 99999999999999999999, "writer": "w", "sequence": 1}',
        b'{"text": "x", "base": 0, "writer": "w", "sequence": 2147483648}',
    ],
)
def test_a_save_that_cannot_be_read_is_refused_politely(sitter: Sitter, body: bytes) -> None:
    sitter.open()
    page = sitter.client.put(
        f"{sitter.question_url()}/draft", data=body, content_type="application/json"
    )
    assert (page.status, page.json) == (400, {"reason": "unreadable"})
    assert typed(sitter.open()) == ""


@pytest.mark.parametrize("base", ["", "x", "-5", "9" * 40, "1.5"])
def test_a_form_whose_revision_was_tampered_with_is_still_an_answer(
    sitter: Sitter, base: str
) -> None:
    assert sitter.press("submit", base=base).path == sitter.question_url(2)


@pytest.mark.parametrize("position", [0, 4, *HUGE])
def test_a_question_number_out_of_range_is_not_found(sitter: Sitter, position: int) -> None:
    sitter.open()
    assert sitter.open(position).status == 404
    assert sitter.open(position, htmx=True).status == 404
    assert sitter.client.post(sitter.question_url(position), data={"answer": "x"}).status == 404
    assert sitter.save("x", position=position).status == 404
    assert sitter.client.get(sitter.url(f"/answers/{position}")).status == 404
    assert sitter.client.get(sitter.url(f"/answers/{position}/next")).status == 404


@pytest.mark.parametrize("number", [0, *HUGE])
def test_an_attempt_number_that_there_is_not_is_not_found(sitter: Sitter, number: int) -> None:
    for tail in ("continue", "questions/1", "overview", "results", "answers/1", "abandon"):
        assert sitter.client.get(f"/attempts/{number}/{tail}").status == 404
    assert sitter.client.post(f"/attempts/{number}/finish").status == 404
    assert sitter.client.put(f"/attempts/{number}/questions/1/draft", json={}).status == 400


def test_a_question_is_not_answered_before_it_was_shown(sitter: Sitter) -> None:
    sitter.open(1)
    page = sitter.client.post(sitter.question_url(2), data={"answer": "early", "do": "submit"})
    assert page.status == 409
    assert page.texts("h1") == ["This question has not been shown yet"]
    refused = sitter.save("early", position=2)
    assert (refused.status, refused.json["reason"]) == (409, "not shown")  # type: ignore[index]
    with sitter.behind() as candidate:
        assert candidate.submissions() == []
