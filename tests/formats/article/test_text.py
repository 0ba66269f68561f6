"""Articles in plain text: nothing marks their questions, code and tables."""

from interview.formats.imported import Found, Reading
from tests.support.articles import answer, answers, messages, prompts
from tests.support.articles import read as read_article


def read(text: str) -> Reading:
    return read_article(text, "bank.txt")


def only(text: str) -> Found:
    (found,) = read(text).questions
    return found


def test_lines_that_ask_stand_alone_between_blank_lines() -> None:
    reading = read(
        """
        Ten questions on shells

        What is a shell?

        A program that runs programs. What else would it do?

        Explain quoting

        Quotes keep words together.

        Difference between a pipe and a file

        A pipe is read once.

        Describe how a script ends.

        With a status.
        """
    )
    assert reading.title == "Ten questions on shells"
    assert prompts(reading) == [
        "What is a shell?",
        "Explain quoting",
        "Difference between a pipe and a file",
        "Describe how a script ends.",
    ]


def test_an_answer_may_follow_right_below() -> None:
    reading = read(
        """
        What is a socket?
        An end of a connection.
        It has an address.

        What is the difference between a stream
        and a datagram?

        A stream keeps its order.
        """
    )
    assert prompts(reading) == [
        "What is a socket?",
        "What is the difference between a stream and a datagram?",
    ]
    assert answer(reading.questions[0]) == "An end of a connection.\nIt has an address."


def test_questions_within_answers_are_none() -> None:
    reading = read(
        """
        What is a deadlock?

        Two wait for each other.

        So what can be done?

        Confused?

        Why does this matter?

        Because nothing goes on.

        What is a livelock?

        Both move, and neither gets on.
        """
    )
    assert prompts(reading) == ["What is a deadlock?", "What is a livelock?"]
    assert "Why does this matter?" in answer(reading.questions[0])
    assert [(one.line, one.message) for one in reading.questions[0].notices] == [
        (9, "This reads like a question too; it was left in the answer that it stands in.")
    ]


def test_a_title_of_a_part_becomes_a_tag() -> None:
    reading = read(
        """
        Part 1: Memory

        What is a page?

        A piece of memory.

        Advanced questions

        What is a fault?

        A page that is missing.
        """
    )
    assert [found.fields["tags"] for found in reading.questions] == [
        ["Part 1: Memory"],
        ["Advanced questions"],
    ]


def test_numbers_tell_questions_from_steps() -> None:
    reading = read(
        """
        1) How is a kernel built?
        1. configure it
        2. compile it

        2) What is a module?
        A part that is loaded later.
        """
    )
    assert prompts(reading) == ["How is a kernel built?", "What is a module?"]
    assert answer(reading.questions[0]) == "1. configure it\n2. compile it"


def test_what_a_site_says_of_itself_is_left_out() -> None:
    reading = read(
        """
        Home Login Subscribe

        Updated: 3 May 2020

        All about pens

        What is ink?

        A coloured liquid.

        Share on Facebook

        What is a nib?

        The point of a pen.

        Previous Next

        Copyright 2020 All rights reserved
        """
    )
    assert reading.title == "All about pens"
    assert answers(reading) == ["A coloured liquid.", "The point of a pen."]
    assert messages(reading) == [
        "“Home Login Subscribe” belongs to the web site and was left out.",
        "The page says “Updated: 3 May 2020”: look whether its answers still hold.",
        "“Share on Facebook” belongs to the web site and was left out.",
        "“Previous Next” belongs to the web site and was left out.",
        "“Copyright 2020 All rights reserved” belongs to the web site and was left out.",
    ]


def test_an_answer_that_says_what_sites_say_is_kept() -> None:
    assert answer(only("What does the first button say?\n\nSearch\n")) == "Search"


def test_contents_of_plain_text_are_known_by_coming_again() -> None:
    reading = read("What is a?\n\nWhat is b here?\n\nWhat is a?\n\nA.\n\nWhat is b here?\n\nB.\n")
    assert answers(reading) == ["A.", "B."]


def test_a_question_of_other_letters_is_one() -> None:
    reading = read("¿Qué es una función?\n\nUn bloque.\n\n什么是变量？\n\n一个名字。\n")
    assert prompts(reading) == ["¿Qué es una función?", "什么是变量？"]
