"""Places that lost words are told, and whole text is left alone."""

from pathlib import Path

import pytest
import yaml

from interview.formats.article import damage
from interview.formats.article import markdown as article_markdown
from interview.formats.article.blocks import Row
from interview.web.config import ROOT
from tests.support.articles import read

LOST = {
    "The name is stored in a folder called": "breaks off here: “is stored in a folder called",
    "Every request passes through the": "breaks off here",
    "The values are kept with": "breaks off here",
    "The class is called . It is large.": "Something is missing after “called”",
    "It is used by the . Then it ends.": "Something is missing after “the”",
    "These are the steps:": "Nothing follows the colon: “These are the steps:”",
    "It works locally. starts the server of the project.": "before “starts the server of the",
    "Then the is created by hand.": "missing between “the” and “is”",
    "The function  is called twice.": "missing between “function” and “is”",
    "Then the file is made anew.": "The name of the file is missing: “… Then the file”",
    "Look for it in the folder.": "The name of the folder is missing",
    "Check it by the code python runserver": "script seems to be missing from “python runserver”",
    "Write { % load static % } there.": "template tag “{ % load static % }”",
    "Write { { user.name } } there.": "template tag “{ { user.name } }”",
    "It\ufffds broken here.": "Letters were garbled",
    "Itâ€™s broken here.": "Letters were garbled",
}
LOST_CODE = {
    "<form>\n<input>": "<form> is opened here and never closed",
    "<ul>\n<li>a</li>": "<ul> is opened here and never closed",
    "$ python migrate": "script seems to be missing from “python migrate”",
    "{ % if a % }": "template tag",
    "": "no code in this block",
}
WHOLE = [
    "Store it in a file. The file is then read by the program.",
    "The path is /etc/hosts; the file is small.",
    "It runs each time the view is called",
    "This is what the object is used for",
    "Say which folder it is in",
    "Use e.g. runs the tests, i.e. all of them.",
    "The or operator and the with statement are keywords.",
    "Run python manage.py test, or python scripts.",
    "Write {% csrf_token %} and {{ user }}.",
    "A dict of sets is { {1}, {2} } in words.",
    "Naïve café: “Ångström”.",
    "- a thing, and\n- another thing",
    "You create it with\n\n```\nmake it\n```",
    "It is made of\n\n- wood\n- iron",
    "`the is` and `called .` are code.",
]


def told(text: str) -> list[str]:
    found = read(f"What is asked here?\n\n{text}\n", "bank.txt").questions
    return [notice.message for notice in found[0].notices]


@pytest.mark.parametrize("text", LOST)
def test_a_gap_is_told_once_and_its_line_is_right(text: str) -> None:
    (found,) = read(f"What is asked here?\n\nBefore.\n\n{text}\n", "bank.md").questions
    (notice,) = found.notices
    assert LOST[text] in notice.message
    assert (notice.kind, notice.line) == ("warning", 5)


@pytest.mark.parametrize("text", LOST_CODE)
def test_a_gap_in_code_is_told(text: str) -> None:
    (found,) = read(f"What is asked here?\n\n```\n{text}\n```\n", "bank.md").questions
    (notice,) = found.notices
    assert LOST_CODE[text] in notice.message


@pytest.mark.parametrize("text", WHOLE)
def test_whole_text_is_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("code", ["<form>", "<form>\n…", "<div>\n</div>", "<form>\n...\n<input>"])
def test_code_that_shows_a_part_on_purpose_is_left_alone(code: str) -> None:
    assert told(f"```\n{code}\n```") == []


@pytest.mark.parametrize(
    ("question", "lost"),
    [
        ("What is in Django?", True),
        ("What are and tuples?", True),
        ("What is the difference between a list and?", True),
        ("What is the difference between and a list?", True),
        ("What is in the settings?", False),
        ("What is a for loop?", False),
        ("What is inheritance?", False),
        ("Who was in charge of the first release?", False),
    ],
)
def test_a_question_that_lost_a_name_is_told(question: str, *, lost: bool) -> None:
    (found,) = read(f"## {question}\n\nA thing.\n").questions
    assert [("lost a name" in one.message, one.line) for one in found.notices] == [(True, 1)] * lost


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "bank").glob("*.yaml")), ids=lambda p: p.stem
)
def test_the_shipped_answers_are_whole(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    for question in content.get("questions", ()):
        for text in question["references"]:
            rows = [Row(number, line) for number, line in enumerate(text.split("\n"), 1)]
            blocks = article_markdown.scan(rows)
            assert damage.in_answer(question["prompt"], blocks) == [], question["slug"]
