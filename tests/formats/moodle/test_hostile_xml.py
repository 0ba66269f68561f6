"""XML that is broken or means harm: refused before anything is fetched or expanded."""

import pytest

from interview.formats.imported import Unreadable
from interview.formats.moodle import xml_tree
from interview.formats.moodle.reader import read
from tests.support.quizzes import HEAD, asked, quiz


def refusal(text: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(text, "quiz.xml")
    return refused.value


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<!DOCTYPE quiz [<!ENTITY l0 "lol">{LAUGHS}]><quiz>&l9;</quiz>',
    "quadratic": f'<!DOCTYPE quiz [<!ENTITY a "{"a" * 999}">]><quiz>{"&a;" * 999}</quiz>',
    "external entity": '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///dev/null">]><quiz>&x;</quiz>',
    "external subset": '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:1/x.dtd"><quiz/>',
    "parameter entity": (
        '<!DOCTYPE quiz [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><quiz/>'
    ),
    "empty type": "<!DOCTYPE quiz><quiz/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_type_is_refused_before_anything_is_expanded(name: str) -> None:
    refused = refusal(f"\n{HEAD}{HOSTILE[name]}")
    assert "<!DOCTYPE" in str(refused)
    assert refused.line == 3


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no element found"),
        ("What is it?", 1, "cannot be read as XML"),
        ("<quiz>&nbsp;</quiz>", 1, "undefined entity"),
        (f"{HEAD}<html><p>Hello</p></html>", 2, "begins with <html>"),
        (f"{HEAD}<quiz>\n<question type='essay'><name>", 3, "no element found"),
        (f"{HEAD}{'<quiz>' * 500_000}", 2, "nested too deeply"),
        ("<quiz>\0</quiz>", 1, "not well-formed"),
    ],
)
def test_a_text_that_is_no_quiz_is_refused(text: str, line: int, words: str) -> None:
    refused = refusal(text)
    assert words in str(refused)
    assert refused.line == line


def test_more_elements_than_a_machine_can_bear_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xml_tree, "_MOST_ELEMENTS", 100)
    assert "more elements" in str(refusal(f"<quiz>{'<b/>' * 101}</quiz>"))


def test_a_quiz_that_breaks_off_keeps_what_came_before() -> None:
    text = quiz(asked("essay"), asked("essay", prompt="Why?"))
    reading = read(text[: text.index("Why?")], "")
    assert [found.fields["prompt"] for found in reading.questions] == ["What is it?"]
    assert [(notice.kind, notice.line) for notice in reading.notices] == [("error", 4)]
