"""A real article as it was copied from its page, with all that it lost on the way."""

from pathlib import Path

import pytest

from interview.formats.imported import Reading
from interview.formats.reading import read_file
from tests.support.articles import answer, prompts

ARTICLE = Path(__file__).parent / "data" / "django-article.txt"
PROMPTS = [
    "What is Django?",
    "What is Django used for?",
    "How to check Django version?",
    "What are some important features of Django?",
    "What is the difference between Render and Render to Response in Django?",
    "Explain the architecture of Django?",
    "How to start a Django project?",
    "What is a model in Django?",
    "What are Django serializers?",
    "What are static files in Django?",
    "What are the types of inheritance supported by Django?",
    "What is csrf_token in Django?",
    "What is in Django?",
    "How to set sessions variable in Django?",
    "What is Queryset in Django?",
    "What are the differences between Flask and Django?",
    "What is URL patterns in Django?",
    "What is signal and use of signals in Django?",
    "Explain get and post method in Django?",
    "What is middleware and usage of middlewares in Django?",
]
DAMAGED = [58, 61, 87, 89, 92, 94, 94, 94, 104, 115, 119, 124]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_file(ARTICLE.read_bytes(), ARTICLE.name)


def test_its_twenty_questions_are_found_in_order(reading: Reading) -> None:
    assert reading.format == "article"
    assert prompts(reading) == PROMPTS
    assert [len(found.fields["references"]) for found in reading.questions] == [1] * 20


def test_the_page_around_them_is_told_and_left_out(reading: Reading) -> None:
    assert reading.title == "Django Interview Questions and Answers"
    told = [(one.line, one.message) for one in reading.notices]
    assert told == [
        (1, "“Register Login” belongs to the web site and was left out."),
        (5, "The page says “Updated Jul 18, 2019”: look whether its answers still hold."),
    ]
    assert "Register" not in str([found.fields for found in reading.questions])


def test_every_damaged_place_is_told_once(reading: Reading) -> None:
    told = [notice.line for found in reading.questions for notice in found.notices]
    assert told == DAMAGED
    assert {notice.kind for found in reading.questions for notice in found.notices} == {"warning"}


def test_every_question_knows_its_lines(reading: Reading) -> None:
    written = ARTICLE.read_text(encoding="utf-8").split("\n")
    for found in reading.questions:
        words = written[found.line - 1].replace("\u00a0", " ").strip()
        assert words == found.fields["prompt"]
        assert found.lines["prompt",] == found.line
        assert found.lines["references", 0] == found.line + 2


def test_bullets_are_a_list(reading: Reading) -> None:
    items = answer(reading.questions[3]).split("\n\n")[1].split("\n")
    assert len(items) == 8
    assert items[-1] == "- Supports rapid development"
    assert answer(reading.questions[5]).count("\n- ") == 3


def test_code_is_fenced_and_otherwise_as_it_was(reading: Reading) -> None:
    assert "```python\nimport Django\n```" in answer(reading.questions[2])
    assert "```\npy -m django --version\n```" in answer(reading.questions[2])
    form = '```html\n<form action="" method="post">\n\n{ % csrf_token % }\n```'
    assert form in answer(reading.questions[11])
    setting = "```python\nrequest.session['session_variable_name'] = \"value\"\n```"
    assert setting in answer(reading.questions[13])


def test_the_table_is_a_table_with_its_borders_where_they_can_be_known(reading: Reading) -> None:
    rows = answer(reading.questions[15]).split("\n\n")[1].split("\n")
    assert rows[:2] == ["| Django | Flask |", "| --- | --- |"]
    assert rows[3] == (
        "| The project layout has a conventional structure | Projects have arbitrary structure |"
    )
    assert [row.endswith("|  |") for row in rows[2:]] == [False, False, False, True, False]


def test_blanks_of_the_page_are_blanks_and_its_signs_stay(reading: Reading) -> None:
    everything = "".join(map(answer, reading.questions))
    assert "\u00a0" not in everything
    assert "check the Django version" in answer(reading.questions[2])
    assert "the user’s browser" in answer(reading.questions[11])
    assert "Model – This layer" in answer(reading.questions[5])
