"""Questions as an article: readable, and read back as the same questions and answers."""

from typing import Any

import pytest

from interview.formats.article import reader as article
from interview.formats.imported import Reading
from interview.formats.markdown_writing import losses, write
from tests.support.bank_files import question


def document(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"topic": "Things", "questions": list(questions)}


def reread(*questions: dict[str, Any]) -> Reading:
    return article.read(write(document(*questions)), "article.md")


def test_an_article_has_answers_first_and_notes_last() -> None:
    assert write(document(question(), question(prompt="Why?", key_points=[], sources=[]))) == (
        "# Things\n\n"
        "## Question 1: What is it?\n\n**Answer:**\n\n"
        "It is one thing, another thing and a third thing.\n\n"
        "## Question 2: Why?\n\n**Answer:**\n\n"
        "It is one thing, another thing and a third thing.\n\n"
        "## Key points and sources\n\n**1. What is it?**\n\n"
        "- It is one thing.\n- It is another thing.\n- It is a third thing.\n\n"
        "Sources: [The manual](<https://example.org/manual>)\n"
    )


PROMPTS = [
    "What is it?",
    "Serialisation",
    "Explain `x = [1]` and `_y_`.",
    "What does this print?\n\n```python\nprint(1)\n\nprint(2)\n```",
    "```python\nprint(1)\n```\n\nWhat does this print?",
    "One line\nand another, with no blank between them?",
    "It is said that it is one thing. Is it?\n\n- one\n- two",
    "What is a very long question? " + "It goes on and on. " * 40 + "Does it?",
]
ANSWERS = [
    ["It is."],
    ["It is:\n\n- one\n- two\n\n1. first\n2. second", "Or:\n\n> it is"],
    ["```python\n# What is a comment?\nx = 1\n```"],
    ["| a | b |\n| --- | --- |\n| 1 | 2 |\n\nWhat else is there? Nothing."],
    ["**Bold** words.\n\nMore of them.", "Second.", "Third."],
    [],
]


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("references", ANSWERS)
def test_questions_and_answers_come_back(prompt: str, references: list[str]) -> None:
    asked = question(prompt=prompt, references=references)
    reading = reread(question(), asked, question(prompt="Why is it?"))
    assert reading.title == "Things"
    assert len(reading.questions) == 3
    found = reading.questions[1].fields
    assert (found["prompt"], found["references"]) == (prompt, references)


def test_topics_are_sections_where_there_are_several() -> None:
    reading = reread(question(), question(prompt="Why?", topic="Reasons"))
    assert [found.fields["tags"] for found in reading.questions] == [["Things"], ["Reasons"]]


def test_a_heading_within_an_answer_becomes_bold() -> None:
    answer = "## First\n\nIt is.\n\n```sh\n# no heading\n```\n\n### Then ##\n\nIt was."
    bold = "**First**\n\nIt is.\n\n```sh\n# no heading\n```\n\n**Then**\n\nIt was."
    (found,) = reread(question(references=[answer])).questions
    assert found.fields["references"] == [bold]


def test_an_article_without_questions_is_a_title() -> None:
    assert write({"topic": "Things", "questions": []}) == "# Questions and answers\n"


def test_what_an_article_leaves_out_is_told() -> None:
    told = losses(document(question()))
    assert any("Misconceptions" in line for line in told)
    assert any("only questions and answers" in line for line in told)
