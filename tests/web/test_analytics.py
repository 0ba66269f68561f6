"""The pages of figures: what they say, from how many values on, and their files."""

import csv
import io

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.web import analytics_charts
from tests.support.analytics import a_sitting, grade_again, say, sit
from tests.support.attempts import add_person
from tests.support.classes import (
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    principal,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.gradebook import DAY, set_mean
from tests.support.page import Page

CLASS = "/classes/1/analytics"
TABLE = [(n / 20, 0.9, None if n < 5 else 0.4 + (n * 7) % 20 / 40) for n in range(20)]


@pytest.fixture
def teacher(app: Flask, client: CheckingClient) -> Principal:
    """Somebody who is logged in and teaches class 1."""
    with app.app_context():
        instructor = add_instructor()
        add_class(instructor=instructor)
        person = principal(instructor)
    client.log_in(instructor)
    return person


@pytest.fixture
def sat(app: Flask, teacher: Principal) -> str:
    """Where an assignment is that twenty learners have sat, people having graded twenty."""
    with app.app_context():
        assignment, _, attempts = a_sitting(teacher.id, TABLE)
        for number, attempt in enumerate(attempts):
            say(attempt, "not found" if number < 15 else "partly")
            grade_again(attempt, min(1.0, number / 20 + 0.04))
    return f"/assignments/{assignment}/analytics"


def rows(page: Page, table: str) -> list[str]:
    return [" ".join(row.split()) for row in page.texts(f".{table} tbody tr")]


def as_rows(file: Page) -> list[dict[str, str]]:
    assert file.html.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(file.html.removeprefix("\ufeff"), newline="")))


def test_columns_keep_their_proportions_and_fill_the_scale() -> None:
    first, second, empty, last = analytics_charts.columns((1, 4, 0, 2))
    assert (second.y, second.height) == (analytics_charts.TOP, analytics_charts.HEIGHT)
    assert [one.height / second.height for one in (first, empty, last)] == [0.25, 0, 0.5]
    assert (first.x, last.x + last.width) == (0, 100)
    assert [one.height for one in analytics_charts.columns((0, 0))] == [0, 0]


def test_every_figure_stands_beside_its_number(client: CheckingClient, sat: str) -> None:
    page = client.get(sat)
    first, second, third = rows(page, "questions-table")
    assert "48 % n 20" in first
    assert "1 min of 1 min 30 s, n 20" in first
    assert "90 % n 20 all alike n 20" in second
    assert "25 % n 20" in third
    assert "3 min of 1 min 30 s, n 15" in third
    assert page.texts("#spread-caption") == ["Scores of 20 learners"]
    (told,) = page.texts("#spread-desc")
    assert "the median is" in told
    assert len(page.select("figure[aria-labelledby=spread-caption] tbody tr")) == 10


def test_questions_are_sorted_by_links_and_little_known_ones_come_last(
    client: CheckingClient, sat: str
) -> None:
    page = client.get(sat)
    by_facility = client.click(page, "Facility")
    places = [row.split()[0] for row in rows(by_facility, "questions-table")]
    assert places == ["1", "3", "2"]
    assert by_facility.one(".questions-table th[aria-sort]").get("aria-sort") == "ascending"
    down = client.click(by_facility, "Facility ↑")
    assert [row.split()[0] for row in rows(down, "questions-table")] == ["2", "3", "1"]
    by_discrimination = client.get(f"{sat}?sort=-discrimination")
    assert rows(by_discrimination, "questions-table")[-1].startswith("2")


def test_a_key_point_is_told_with_what_looks_like_a_tag_in_it(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    with app.app_context():
        _, _, attempts = a_sitting(teacher.id, [(0.5,)] * 8)
        for attempt in attempts:
            say(attempt, "found", point={"text": "List<String> is typed."})
    (row,) = rows(client.get("/assignments/1/analytics"), "points-table")
    assert row.startswith("List<String> is typed.")


def test_missed_key_points_and_the_grader_s_bias_are_told(client: CheckingClient, sat: str) -> None:
    page = client.get(sat)
    missed = rows(page, "points-table")
    assert missed[0].endswith("75 % 0 5 15 0 20")
    widths = [bar.get("width") for bar in page.select(".points-table tbody tr:first-child rect")]
    assert widths == ["25.0%", "75.0%"]
    assert [line.split(" % ")[0].split()[-1] for line in missed] == ["75", "0", "0"]
    assert "The grader gives 4 points of 100 less than people on average (n 20)." in page.text
    assert "this is no random sample" in page.text


def test_too_few_values_are_said_to_be_too_few(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    with app.app_context():
        assignment, _, attempts = a_sitting(teacher.id, [(0.5, 0.25)] * 7)
        grade_again(attempts[0], 0.5)
    page = client.get(f"/assignments/{assignment}/analytics")
    assert page.select("#spread-title") == []
    assert "it is drawn from 8 scores on" in page.text
    assert rows(page, "questions-table")[0].count("too few to say") == 5
    assert "Too few to say of 2 key points: fewer than 8 answers each." in page.text
    assert "cannot be said yet: 1 of 20 answers" in page.text
    first = as_rows(client.get(f"{page.path}.csv"))[0]
    assert (first["asked"], first["facility %"], first["median seconds"]) == ("7", "", "")


def test_a_group_can_be_looked_at_alone(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    with app.app_context():
        group = add_group(1, "Monday")
        add_group(1, "Tuesday")
        assignment, versions, _ = a_sitting(teacher.id, [(0.5,)] * 8)
        (ada,) = add_learners(1, "Ada", group_id=group)
        sit(assignment, ada, versions, [0.9])
    page = client.get(f"/assignments/{assignment}/analytics?sort=-time")
    own = client.submit(page, "analytics-filters", group=str(group))
    assert own.texts("#spread-caption") == ["Scores of 1 learner"]
    assert "sort=-time" in own.path
    nobody = client.submit(own, "analytics-filters", group=str(group + 1))
    assert "Nobody of this group has finished it yet" in nobody.text
    assert client.click(nobody, "Show all learners").texts("#spread-caption") == [
        "Scores of 9 learners"
    ]
    fragment = client.get(f"{page.path}&group={group}", htmx=True)
    assert not fragment.is_full


def test_every_table_is_a_file(client: CheckingClient, sat: str) -> None:
    page = client.get(f"{sat}?sort=facility")
    links = [str(link.get("href")) for link in page.select("a[download]")]
    files = {link.partition("table=")[2]: as_rows(client.get(link)) for link in links}
    assert list(files) == ["scores", "questions", "points", "agreement"]
    first = files["questions"][0]
    assert (first["facility %"], first["asked"], first["discrimination"][:1]) == ("47.5", "20", "0")
    assert files["questions"][1]["discrimination"] == ""
    assert sum(int(row["learners"]) for row in files["scores"]) == 20
    assert files["points"][0]["missed %"] == "75.0"
    told = {row["measure"]: row["value"] for row in files["agreement"]}
    assert told["mean of grader less person, %"] == "-4.0"
    assert len(files["agreement"]) == 3 + 16


def test_a_damaged_address_is_a_page_that_says_so(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    with app.app_context():
        assignment, _, _ = a_sitting(teacher.id, [(0.5,)])
    one = f"/assignments/{assignment}/analytics"
    asked = [f"{one}?sort=name", f"{one}.csv?table=learners", f"{CLASS}.csv?table=learners"]
    for path in asked:
        page = client.get(path)
        assert (page.status, page.is_full) == (422, True)
        assert "This address names no table or order" in page.text
        assert client.click(page, "Start from their beginning").status == 200
    for path in (one, CLASS, f"{one}.csv", f"{CLASS}.csv"):
        page = client.get(f"{path}?group=99")
        assert page.status == 422
        assert page.texts(".field-error") == ["“99” is none of the choices."]


def test_the_class_is_a_line_of_its_assignments(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    with app.app_context():
        for day in range(2):
            a_sitting(teacher.id, [(0.4 + day / 10,)] * 8, opens_at=START - (9 - day) * DAY)
    page = client.get(CLASS)
    assert page.select("svg.trend") == []
    assert "A line is drawn from 3 assignments on" in page.text
    with app.app_context():
        third, _, _ = a_sitting(teacher.id, [(0.7,)] * 8, title="Third", opens_at=START - DAY)
        few, _, _ = a_sitting(teacher.id, [(0.7,)] * 2, title="Few", opens_at=START - DAY / 2)
        (ada,) = add_learners(1, "Quokka")
        set_mean(1, ada, 0.9)
    page = client.get(CLASS)
    assert len(page.select("svg.trend circle")) == 3
    assert [dot.get("cx") for dot in page.select("svg.trend circle")] == ["8.0%", "52.0%", "96.0%"]
    (told,) = page.texts("#trend-desc")
    assert told.endswith("Third: 70 % of 8 scores.")
    tabled = page.texts("figure[aria-labelledby=trend-caption] tbody tr")
    assert " ".join(tabled[-1].split()).endswith("too few to say 2")
    assert "over the newest 4 assignments" in page.text
    assert "Quokka" not in page.text
    assert client.click(page, "Third").path == f"/assignments/{third}/analytics"
    assert as_rows(client.get(f"{CLASS}.csv"))[-1]["number"] == str(few)
    assert as_rows(client.get(f"{CLASS}.csv?table=means"))[9]["learners"] == "1"


def test_what_is_not_there_yet_is_said(
    app: Flask, client: CheckingClient, teacher: Principal
) -> None:
    page = client.get("/classes/1")
    assert "No assignment has opened yet" in client.click(page, "Analytics").text
    with app.app_context():
        assignment, _, _ = a_sitting(teacher.id, [(0.5,)], closes_at=None)
        unsat, _, _ = a_sitting(teacher.id, [(None,)], title="Second")
    links = client.get(f"/assignments/{assignment}").select(".staff-links a")
    assert f"/assignments/{assignment}/analytics" in [link.get("href") for link in links]
    assert "No answer with key points has been graded yet." in (
        client.get(f"/assignments/{unsat}/analytics").text
    )


def test_only_staff_may_read_them(app: Flask, client: CheckingClient, teacher: Principal) -> None:
    people: dict[int, int] = {}
    with app.app_context():
        assignment, _, _ = a_sitting(teacher.id, [(0.5,)])
        people[add_member(1, add_person("Tim"), "assistant")] = 200
        people[add_learners(1, "Ada")[0]] = 403
        people[add_instructor("Eve")] = 404
    one = f"/assignments/{assignment}/analytics"
    for person, status in people.items():
        client.log_in(person)
        for path in (one, CLASS, f"{one}.csv", f"{CLASS}.csv"):
            assert client.get(path).status == status
