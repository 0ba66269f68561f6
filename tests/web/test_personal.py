"""Counting a sentence of one's own by the pages, the list of them, and the story below it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from interview.services.attempts import counting
from interview.services.attempts.counting import NotCounted
from tests.support.assigned import classroom
from tests.support.attempts import add_person
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.personal import OWN_WORDS, THROWN, Practice, practise

REMOVE = f"Remove: {OWN_WORDS}"
BUTTON = f"Count it as key point {THROWN} of question 1"


@dataclass
class Reader:
    """A learner at a client who looks back on an answer."""

    client: CheckingClient
    practice: Practice

    @property
    def answer(self) -> str:
        return f"/attempts/{self.practice.attempt}/answers/1"

    @property
    def results(self) -> str:
        return f"/attempts/{self.practice.attempt}/results"

    def post(self, number: int = THROWN, sentence: object = 1) -> Page:
        return self.client.post(f"{self.answer}/count/{number}", {"sentence": sentence})

    def finish(self) -> None:
        with self.client.app.app_context():
            self.practice.candidate.finish()


@pytest.fixture
def reader(app: Flask, client: CheckingClient, clock: FakeClock) -> Reader:
    with app.app_context():
        practice = practise(clock)
    client.log_in(practice.person.id)
    return Reader(client, practice)


def verdicts(page: Page) -> list[str]:
    return [point.get("data-verdict") or "" for point in page.select(".points > li")]


def moments(page: Page) -> list[str]:
    return [line.get("data-moment") or "" for line in page.select(".story-moments > li")]


def test_a_sentence_is_chosen_and_counts_at_once(reader: Reader) -> None:
    page = reader.client.get(reader.answer)
    chosen = page.one("select[name=sentence] option[value='1']")
    assert chosen.text == OWN_WORDS
    after = reader.client.submit(page, BUTTON, sentence="1")
    assert after.path == reader.answer
    assert verdicts(after) == ["found", "found"]
    assert "by a wording of your own" in after.text
    assert moments(after) == ["graded", "counted"]
    assert not after.select(".count-point")


def test_from_the_results_one_comes_back_to_the_question(reader: Reader) -> None:
    reader.finish()
    page = reader.client.get(reader.results)
    after = reader.client.submit(page, BUTTON, follow=False, sentence="1")
    assert (after.status, after.location) == (303, f"{reader.results}#q1")
    assert moments(reader.client.get(reader.results)) == ["graded", "counted"]


def test_sending_it_twice_changes_nothing_and_says_the_same(reader: Reader) -> None:
    assert [reader.post().status, reader.post().status] == [303, 303]
    assert moments(reader.client.get(reader.answer)) == ["graded", "counted"]


@pytest.mark.parametrize("sentence", ["99", "-1", "", "x", "9" * 30])
def test_a_sentence_that_is_none_is_refused_in_words(reader: Reader, sentence: str) -> None:
    page = reader.post(sentence=sentence)
    assert page.status == 422
    assert "Choose one of your own sentences" in (page.one("[role=alert]").text or "")
    assert page.select(".count-point[open]")


@pytest.mark.parametrize("why", ["derived", "many", "unfound"])
def test_what_cannot_be_counted_is_said_and_the_choice_kept(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    def refuse(*_args: object) -> None:
        raise NotCounted(why)

    monkeypatch.setattr(counting, "count", refuse)
    page = reader.post()
    assert page.status == 422
    assert page.select("[role=alert]")
    assert page.one("option[selected]").get("value") == "1"


def test_nobody_counts_in_answers_of_others_or_in_assigned_ones(
    reader: Reader, app: Flask, clock: FakeClock
) -> None:
    with app.app_context():
        stranger = add_person("Eve")
        room = classroom(questions=1)
        assigned = room.start(clock)
        assigned.show(1)
        assigned.submit(1, "Something else.")
    assert reader.post(number=9).status == 404
    reader.client.log_in(stranger)
    assert reader.post().status == 404
    reader.client.log_in(room.learner)
    path = f"/attempts/{assigned.attempt_id}/answers/1/count/1"
    assert reader.client.post(path, {"sentence": 0}).status == 404


def test_wordings_are_listed_and_taken_back(reader: Reader) -> None:
    client = reader.client
    assert client.get("/wordings").one(".empty-state h2").text == "None yet"
    reader.post()
    page = client.click(client.get("/history"), "Your own wordings of key points")
    assert page.one(".own-wordings q").text == OWN_WORDS
    after = client.submit(page, REMOVE)
    assert "1 answer was graded anew" in after.text
    assert after.select(".empty-state")
    assert moments(client.get(reader.answer)) == ["graded", "counted", "taken back"]


def test_a_wording_of_another_person_cannot_be_removed(reader: Reader, app: Flask) -> None:
    reader.post()
    with app.app_context():
        stranger = add_person("Eve")
    reader.client.log_in(stranger)
    assert reader.client.get("/wordings").select(".empty-state")
    assert reader.client.post("/wordings/1/remove").status == 404


def test_a_page_beyond_the_last_wording_leads_back(reader: Reader) -> None:
    page = reader.client.get("/wordings?question=9&after=9")
    assert page.one(".empty-state a").get("href") == "/wordings"
    assert reader.client.get("/wordings?question=x&after=99999999999999").status == 200


def test_the_history_marks_what_was_graded_anew_after_its_end(
    reader: Reader, clock: FakeClock
) -> None:
    reader.post()
    reader.finish()
    assert "graded anew" not in reader.client.get("/history").text
    reader.client.submit(reader.client.get("/wordings"), REMOVE)
    assert "graded anew" not in reader.client.get("/history").text
    clock.advance(minutes=1)
    reader.post()
    assert "graded anew" in reader.client.get("/history").text
