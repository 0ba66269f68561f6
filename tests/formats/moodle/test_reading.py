"""Moodle XML: what can be answered by typing is read, and everything else is told."""

import pytest

from interview.formats.imported import Found
from interview.formats.moodle.reader import looks_like, read
from tests.support.quizzes import HEAD, asked, quiz


def answer(text: str, fraction: str, feedback: str = "") -> str:
    told = f"<feedback><text>{feedback}</text></feedback>"
    return f'<answer fraction="{fraction}" format="plain_text"><text>{text}</text>{told}</answer>'


def one(text: str) -> Found:
    reading = read(quiz(text), "quiz.xml")
    assert reading.notices == ()
    (found,) = reading.questions
    return found


def messages(found: Found) -> list[str]:
    return [notice.message for notice in found.notices]


def test_an_essay_is_read_with_what_describes_it() -> None:
    text = asked(
        "essay",
        '<graderinfo format="markdown"><text>It is one thing.</text></graderinfo>',
        "<defaultgrade>1.0000000</defaultgrade><idnumber>the-one</idnumber>",
        "<tags><tag><text>basics</text></tag><tag><text>Things</text></tag></tags>",
    )
    place = "<category><text>$course$/top/Django/Things</text></category>"
    found = read(quiz(f'<question type="category">{place}</question>', text), "").questions[0]
    assert found.fields == {
        "prompt": "What is it?",
        "references": ["It is one thing."],
        "topic": "Django",
        "tags": ["Things", "basics"],
        "slug": "the-one",
    }
    assert found.line == 4
    assert found.notices == ()


def test_html_becomes_markdown_and_its_pictures_are_told() -> None:
    text = (
        '<question type="essay"><name><text>It</text></name>'
        '<questiontext format="html"><text><![CDATA[<p>What is <b>it</b>?</p>]]></text>'
        '<file name="a.png" encoding="base64">iVBORw0KGgo=</file></questiontext>'
        '<graderinfo format="html"><text>&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;/ul&gt;</text>'
        "</graderinfo></question>"
    )
    found = one(text)
    assert found.fields["prompt"] == "What is **it**?"
    assert found.fields["references"][0].strip(" -*") == "one"
    assert "pictures or other files" in messages(found)[0]


def test_markup_without_cdata_is_read_as_well() -> None:
    text = asked("essay", prompt="<p>What is <i>it</i>?</p>").replace("markdown", "html")
    assert one(text).fields["prompt"] == "What is *it*?"


@pytest.mark.parametrize("kind", ["moodle_auto_format", "plain_text", "html", "markdown"])
def test_text_without_markup_is_the_same_in_every_format(kind: str) -> None:
    text = asked("essay").replace('"markdown"', f'"{kind}"')
    assert one(text).fields["prompt"] == "What is it?"


def test_general_feedback_is_the_answer_where_there_are_no_notes() -> None:
    told = "<generalfeedback><text>It is one thing.</text></generalfeedback>"
    found = one(asked("essay", told))
    assert found.fields["references"] == ["It is one thing."]
    assert messages(found) == ["has no notes for graders; its general feedback is the answer"]


def test_what_is_not_carried_is_told() -> None:
    found = one(
        asked(
            "essay",
            "<generalfeedback><text>Well.</text></generalfeedback>",
            "<graderinfo><text>It is.</text></graderinfo>",
            "<responsetemplate><text>I think</text></responsetemplate>",
        )
    )
    assert len(messages(found)) == 2
    weighed = asked("essay", "<defaultgrade>10</defaultgrade>")
    reading = read(quiz(weighed, weighed, asked("essay")), "")
    assert [notice.line for notice in reading.notices] == [3]


def test_short_answers_are_references_samples_and_misconceptions() -> None:
    found = one(
        asked(
            "shortanswer",
            answer("one thing", "100"),
            answer("a thing", "50"),
            answer("nothing", "0", "It is something."),
            answer("*", "0", "Try again."),
            answer("odd", "much"),
        )
    )
    assert found.fields["references"] == ["one thing"]
    assert found.fields["samples"] == [
        {"label": "partial", "text": "a thing"},
        {"label": "wrong", "text": "odd"},
    ]
    assert [m["text"] for m in found.fields["misconceptions"]] == ["nothing"]


def test_multiple_choice_becomes_a_draft() -> None:
    found = one(asked("multichoice", answer("this", "100"), answer("that", "0", "No.")))
    assert (found.fields["status"], found.fields["references"]) == ("draft", ["this"])
    assert "for now it is a draft" in messages(found)[0]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("truefalse", "true or false"),
        ("matching", "match"),
        ("numerical", "a number"),
        ("description", "only tells"),
        ("cloze", "gaps"),
        ("ddwtos", "“ddwtos”, which is not known"),
        ("multichoice", "exactly one right answer"),
    ],
)
def test_other_kinds_are_left_out_and_told(kind: str, why: str) -> None:
    reading = read(quiz(asked(kind), asked("essay")), "")
    assert len(reading.questions) == 1
    assert [(notice.kind, notice.line) for notice in reading.notices] == [("warning", 3)]
    assert why in reading.notices[0].message


def test_the_same_number_twice_names_both_lines() -> None:
    text = asked("essay", "<idnumber>x</idnumber>")
    _, second = read(quiz(text, text), "").questions
    assert messages(second) == ["“x” is used twice, first on line 3"]


def test_a_file_is_known_by_its_name_or_its_root() -> None:
    assert looks_like("", "Quiz.XML")
    assert looks_like(f"{HEAD}<!-- mine -->\n<quiz>", "quiz.txt")
    assert not looks_like("What is a quiz?", "notes.txt")
