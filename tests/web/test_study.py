"""The study pages as a reader gets them."""

from pathlib import Path

import pytest
from flask import Flask

from tests.support.attempts import add_attempt, add_person
from tests.support.bank_files import question, question_set
from tests.support.client import CheckingClient
from tests.support.study_sets import examined_on, load, three_sets

SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def sets(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        three_sets(tmp_path)


@pytest.mark.usefixtures("sets")
def test_the_sets_are_listed_with_their_make_up_and_what_can_be_done(
    client: CheckingClient,
) -> None:
    page = client.get("/study")
    card = page.select(".card")[0]
    assert "2 questions: 1 easy, 1 hard" in " ".join(card.text_content().split())
    assert "Updated 1 Mar 2026" in card.text_content()
    assert [a.get("href") for a in card.cssselect("a")] == [
        "/study/open-set",
        "/practise/start?set=open-set",
    ]


@pytest.mark.usefixtures("sets")
def test_a_closed_set_is_listed_with_the_reason_and_cannot_be_read(client: CheckingClient) -> None:
    page = client.get("/study")
    later, closed = page.select(".card")[1:]
    assert "open once you have finished an attempt" in later.text_content()
    assert "keeps its answers closed" in closed.text_content()
    assert [a.get("href") for a in closed.cssselect("a")] == ["/practise/start?set=closed-set"]


@pytest.mark.usefixtures("sets")
@pytest.mark.parametrize("slug", ["later-set", "closed-set"])
def test_the_page_of_a_closed_set_explains_itself_and_keeps_the_answers(
    client: CheckingClient, slug: str
) -> None:
    for htmx in (False, True):
        page = client.get(f"/study/{slug}?q=gamma", htmx=htmx)
        assert page.status == 403
        assert "Gamma" not in page.html
        assert "ray" not in page.text


def test_an_unknown_set_is_not_found(client: CheckingClient) -> None:
    assert client.get("/study/nowhere").status == 404


def test_an_empty_bank_says_how_it_is_filled(client: CheckingClient) -> None:
    assert "flask bank load" in client.get("/study").text


@pytest.mark.usefixtures("sets")
@pytest.mark.parametrize("after", ["999999", "-1", "x", "9" * 30, "٣"])
def test_a_page_of_sets_that_is_not_there_leads_back(client: CheckingClient, after: str) -> None:
    assert client.get("/study", query_string={"after": after}).status == 200


@pytest.mark.usefixtures("sets")
def test_an_article_has_numbered_contents_that_lead_to_its_questions(
    client: CheckingClient,
) -> None:
    page = client.get("/study/open-set")
    assert page.texts(".contents a") == ["What is Alpha?", "What is Beta?"]
    assert [a.get("href") for a in page.select(".contents a")] == ["#q-alpha", "#q-beta"]
    assert page.texts("section h2") == ["1 What is Alpha?", "2 What is Beta?"]
    assert page.one("#q-beta h2 code").text_content() == "Beta"


@pytest.mark.usefixtures("sets")
def test_a_question_is_read_with_points_corrections_sources_and_dates(
    client: CheckingClient,
) -> None:
    section = client.get("/study/open-set").one("#q-beta")
    words = " ".join(section.text_content().split())
    assert "It follows Alpha, 100% sure." in words
    assert "It is one thing." in words
    assert "Not so: It is nothing. It is." in words
    assert "Valid for It 1.0 to 2.x, last verified 1 Mar 2026" in words
    (source,) = section.cssselect("a")
    assert source.get("href") == "https://example.org/manual"


def test_code_bullets_and_tables_of_an_answer_are_drawn(
    app: Flask, client: CheckingClient, tmp_path: Path
) -> None:
    answer = "- one\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```python\nx = 1\n```\n"
    with app.app_context():
        load(tmp_path, question("q", references=[answer]), sets=[question_set("q")])
    prose = client.get("/study/all").one(".prose")
    assert [element.tag for element in prose] == ["ul", "table", "pre"]


def test_markup_in_a_bank_is_shown_and_never_run(
    app: Flask, client: CheckingClient, tmp_path: Path
) -> None:
    spiked = question(
        "spiked",
        prompt=f"What is {SCRIPT}?\n\n{SCRIPT}",
        tags=[SCRIPT],
        references=[f"{SCRIPT} [x](javascript:alert(1)) <img src=x onerror=alert(1)>"],
        key_points=[{"id": f"p{n}", "text": f"{n} {SCRIPT}"} for n in range(3)],
        misconceptions=[{"id": "m", "text": SCRIPT, "feedback": SCRIPT}],
        sources=[{"title": SCRIPT, "url": "https://example.org/?a='b"}],
        valid_for={"product": SCRIPT, "from": SCRIPT, "to": SCRIPT},
    )
    with app.app_context():
        one = question_set("spiked", title=SCRIPT, description=SCRIPT)
        load(tmp_path, spiked, sets=[one])
    for path in ("/study", "/study/all", "/study/all?q=alert", "/study/search?q=alert"):
        page = client.get(path)
        assert "<script>alert" not in page.html
        assert "<img" not in page.html
        assert SCRIPT in page.text
        assert not [a for a in page.select("a") if "javascript" in (a.get("href") or "")]


@pytest.mark.usefixtures("sets")
def test_a_search_shows_what_matches_and_tells_how_many(client: CheckingClient) -> None:
    page = client.submit(client.get("/study/open-set"), "Search", q="follows")
    assert page.texts("section h2") == ["2 What is Beta?"]
    assert page.one("#count[role=status]").text_content() == "1 of 2 questions found for “follows”."
    assert page.one("#words").get("value") == "follows"


@pytest.mark.usefixtures("sets")
def test_htmx_gets_the_list_and_the_count_alone(client: CheckingClient) -> None:
    page = client.get("/study/open-set?q=greek", htmx=True)
    assert not page.is_full
    assert page.texts("#questions section h2") == ["1 What is Alpha?"]
    assert page.one("#count").get("hx-swap-oob")
    assert "HX-Request" in page.headers["Vary"]
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert client.get("/study/open-set?q=greek", headers=restored).is_full


@pytest.mark.usefixtures("sets")
def test_a_search_without_result_offers_a_way_out(client: CheckingClient) -> None:
    page = client.get("/study/open-set?q=zebra")
    assert page.link("Show all questions") == "/study/open-set"
    elsewhere = client.click(page, "Search all sets")
    assert elsewhere.path == "/study/search?q=zebra"
    assert "Nothing found" in elsewhere.text


@pytest.mark.usefixtures("sets")
def test_the_search_of_all_sets_leads_to_the_question_in_its_article(
    client: CheckingClient,
) -> None:
    page = client.submit(client.get("/study"), "Search", q="alpha")
    assert page.texts("#results h2") == ["What is Alpha?", "What is Beta?"]
    assert page.link("What is Beta?") == "/study/open-set#q-beta"
    assert "2 questions found" in page.text
    fragment = client.get("/study/search?q=alpha", htmx=True)
    assert not fragment.is_full
    assert fragment.texts("#results h2") == ["What is Alpha?", "What is Beta?"]


def test_many_results_are_paged(app: Flask, client: CheckingClient, tmp_path: Path) -> None:
    slugs = [f"question-{number:02}" for number in range(25)]
    with app.app_context():
        load(tmp_path, *map(question, slugs), sets=[question_set(*slugs)])
    first = client.get("/study/search?q=thing")
    assert len(first.select("#results h2")) == 20
    assert "At least 20 questions" in first.text
    assert len(client.click(first, "Search on").select("#results h2")) == 5


@pytest.mark.usefixtures("sets")
def test_a_question_of_the_open_mock_appears_nowhere(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        reader = add_person()
        attempt = examined_on(reader, "alpha")
    client.log_in(reader)
    page = client.get("/study/open-set")
    assert page.texts("section h2")[0] == "1 Hidden until your interview ends"
    assert page.link("Continue the interview") == f"/attempts/{attempt}/continue"
    for path in ("/study/open-set", "/study/open-set?q=alpha", "/study/search?q=alpha"):
        for htmx in (False, True):
            answer = client.get(path, htmx=htmx)
            assert "What is Alpha" not in answer.html
            assert "q-alpha" not in answer.html
            assert "greek" not in answer.html


@pytest.mark.usefixtures("sets")
def test_a_search_for_a_hidden_question_answers_like_one_for_nothing(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        reader = add_person()
        examined_on(reader, "alpha")
    client.log_in(reader)
    for path in ("/study/open-set", "/study/search"):
        hits = client.get(f"{path}?q=greek", htmx=True).html
        misses = client.get(f"{path}?q=zebra", htmx=True).html
        assert hits.replace("greek", "zebra") == misses


@pytest.mark.usefixtures("sets")
def test_a_finished_attempt_opens_what_opens_afterwards(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        reader = add_person()
        add_attempt(reader, set_id=2, items=[])
    client.log_in(reader)
    assert client.get("/study/later-set").status == 200
    assert client.get("/study/closed-set").status == 403
