"""The pictures of progress, and the tables that say the same."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from interview.services.progress import Mastery, Result
from interview.web import charts
from interview.web.config import ROOT
from tests.support.attempts import ENDED_AT, Item, add_attempt, add_person, add_question
from tests.support.client import CheckingClient


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        user = add_person("Ada")
    client.log_in(user)
    return user


def test_bars_are_as_long_as_their_means_and_stand_below_each_other() -> None:
    bars = charts.bars([Mastery("orm", 4, 0.25), Mastery("http", 3, 1.0)])
    assert [(bar.share, bar.y) for bar in bars] == [(25.0, 0), (100.0, charts.ROW_HEIGHT)]


def test_a_picture_holds_ten_bars_and_a_long_name_is_cut() -> None:
    bars = charts.bars([Mastery("a rather long name of a topic, this", 3, 0.5)] * 12)
    assert len(bars) == charts.MOST_BARS
    assert bars[0].label == "a rather long name of a top…"


def test_the_trend_keeps_within_its_frame() -> None:
    results = [Result(n, "Set", "mock", ENDED_AT, score) for n, score in enumerate((0.0, 1.0, 0.5))]
    dots = charts.trend(results)
    top, bottom = charts.TREND_TOP, charts.TREND_TOP + charts.TREND_HEIGHT
    assert [dot.y for dot in dots] == [bottom, top, (top + bottom) / 2]
    assert all(0 < dot.x < 100 for dot in dots)
    assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)


def test_mastery_is_drawn_described_and_tabled(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        items = [Item(add_question(tags=["orm"]), score=0.5) for _ in range(3)]
        items.append(Item(add_question(topic="SQL", tags=["joins"]), score=0.9))
        add_attempt(ada, items=items)
    page = client.get("/history")
    assert page.texts("#topics-title") == ["Mastery by topic, the weakest first"]
    assert page.texts("#topics-desc") == ["Django: 50 % over 3 questions."]
    bars = page.select("svg[aria-labelledby~=topics-title] .mark-score")
    assert [bar.get("width") for bar in bars] == ["50.0%"]
    assert "Too few to say: SQL (1)." in page.text
    rows = page.texts("figure[aria-labelledby=topics-caption] tbody tr")
    assert rows == ["Django 50 % mostly there 3", "SQL – too few to say 1"]
    assert page.texts("#tags-desc") == ["orm: 50 % over 3 questions."]


def test_a_trend_is_drawn_from_five_finished_attempts_on(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        for day in range(4):
            add_attempt(ada, score=day / 4, ended_at=ENDED_AT + timedelta(days=day))
    page = client.get("/history")
    assert "A trend is drawn from 5 finished sessions on; you have 4." in page.text
    assert page.select("svg.trend") == []
    with app.app_context():
        add_attempt(ada, score=1.0, ended_at=ENDED_AT + timedelta(days=4))
    page = client.get("/history")
    assert len(page.select("svg.trend circle")) == 5
    assert len(page.select("svg.trend .mark-line")) == 4
    (described,) = page.texts("#trend-desc")
    assert described.startswith("From 0 % on 1 Mar 2026, 12:00 UTC to 100 % on 5 Mar 2026")
    assert len(page.select("figure[aria-labelledby=trend-caption] tbody tr")) == 5


def test_without_a_graded_answer_the_page_says_what_is_missing(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        add_attempt(ada, items=[Item(state="unanswered", text=None)], score=0.0)
    assert "No answer has been graded yet" in client.get("/history").text


def test_charts_take_their_colours_from_the_theme_and_are_never_red_or_green() -> None:
    style = (ROOT / "static" / "charts.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-f]{3,6}\b", style) == []
    marks = set(re.findall(r"class=\"(mark-[a-z]+)", _templates()))
    assert marks == set(re.findall(r"\.(mark-[a-z]+)", style))


def _templates() -> str:
    folder = ROOT / "templates" / "history"
    return "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html")))
