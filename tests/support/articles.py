"""Reading articles in tests."""

from textwrap import dedent

from interview.formats.article import reader as article
from interview.formats.imported import Found, Notice, Reading


def read(text: str, name: str = "bank.md") -> Reading:
    """Read an article that is indented as the test is."""
    return article.read(dedent(text).strip("\n") + "\n", name)


def prompts(reading: Reading) -> list[str]:
    return [found.fields["prompt"] for found in reading.questions]


def answer(found: Found) -> str:
    """The one answer of a question."""
    (text,) = found.fields["references"]
    assert isinstance(text, str)
    return text


def answers(reading: Reading) -> list[str]:
    return [answer(found) for found in reading.questions]


def lines(notices: tuple[Notice, ...]) -> list[int]:
    return [notice.line for notice in notices]


def messages(reading: Reading) -> list[str]:
    """Everything that is said of a reading, by line."""
    told = [*reading.notices, *(one for found in reading.questions for one in found.notices)]
    return [one.message for one in sorted(told, key=lambda one: one.line)]
