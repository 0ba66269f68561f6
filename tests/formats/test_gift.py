"""GIFT: what can be answered by typing is read, and everything else is told."""

import pytest

from interview.formats import gift_writing
from interview.formats.gift import looks_like, read
from interview.formats.imported import Found, Reading


def one(text: str) -> Found:
    reading = read(text, "quiz.gift")
    assert reading.notices == ()
    (found,) = reading.questions
    return found


def left_out(text: str) -> str:
    reading = read(text, "quiz.gift")
    assert reading.questions == ()
    (notice,) = reading.notices
    assert notice.kind == "warning"
    return notice.message


def messages(found: Found | Reading) -> list[str]:
    return [notice.message for notice in found.notices]


def test_an_essay_has_no_answer_yet() -> None:
    assert one("::essay::Write about it. {}").fields == {
        "prompt": "Write about it.",
        "references": [],
        "slug": "essay",
    }


def test_the_general_feedback_of_an_essay_is_its_answer() -> None:
    found = one("Write about it. {\n####It is one thing.\n}")
    assert found.fields["references"] == ["It is one thing."]
    assert messages(found) == ["is an essay; its general feedback is taken for the answer"]


def test_short_answers_are_references_samples_and_misconceptions() -> None:
    found = one(
        "Who is buried in Grant's tomb? {\n"
        "\t=no one#Well done\n\t=nobody\n\t=%50%a general\n"
        "\t=%0%Grant#He lies above the ground.\n\t=%0%Lee\n\t=%0%*#Think again.\n"
        "####A trick question.\n}"
    )
    assert found.fields["references"] == ["no one", "nobody"]
    assert found.fields["samples"] == [
        {"label": "partial", "text": "a general"},
        {"label": "wrong", "text": "Lee"},
    ]
    assert found.fields["misconceptions"] == [
        {"id": "grant", "text": "Grant", "feedback": "He lies above the ground."}
    ]
    assert messages(found) == [
        "has general feedback, which is not carried over",
        "has feedback on a right answer, which is not carried over",
    ]


def test_multiple_choice_becomes_a_draft() -> None:
    found = one("What is it? {~this#No. =that ~%0%other}")
    assert found.fields["status"] == "draft"
    assert found.fields["references"] == ["that"]
    told = [(m["text"], m["feedback"]) for m in found.fields["misconceptions"]]
    assert told == [("this", "No."), ("other", "The right answer is: that")]
    assert "for now it is a draft" in messages(found)[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Is it so? {T}", "true or false"),
        ("Is it so? {FALSE#No!#Yes!}", "true or false"),
        ("How much? {#3:2}", "a number"),
        ("Match them. {=a -> b =c -> d =e -> f}", "match"),
        ("Which are right? {~%50%a ~%50%b ~c}", "exactly one right answer"),
        ("Which? {~a ~b}", "exactly one right answer"),
        ("Now come some about it.", "only tells something"),
        ("What? {nothing of the kind}", "neither = nor ~"),
    ],
)
def test_other_kinds_are_left_out_and_told(text: str, why: str) -> None:
    assert why in left_out(text)


def test_a_missing_word_leaves_a_gap() -> None:
    assert one("Grant is {=buried} in Grant's tomb.").fields == {
        "prompt": "Grant is _____ in Grant's tomb.",
        "references": ["buried"],
    }


def test_what_is_escaped_means_itself() -> None:
    found = one(r"::a\:b::What is \{x \= 1 \# \~ \\n\} \:\:?\nReally? {=\= 5 \#\#\#\# \} \\\\}")
    assert found.fields["prompt"] == "What is {x = 1 # ~ \\n} ::?\nReally?"
    assert found.fields["references"] == ["= 5 #### } \\\\"]


def test_titles_categories_and_remarks_describe_a_question() -> None:
    text = (
        "// a comment\n$CATEGORY: $course$/top/Django/Models//ORM\n\n"
        "// question: 5 [id:the-one] [tag:a\\]b] [tag:c]\n::Title::\nWhat?{=a}\n\n"
        "$CATEGORY: $course$/top/Default for Python\n\n// [tag:]\nWhy?{=b}\n"
    )
    first, second = read(text, "").questions
    assert first.fields["slug"] == "the-one"
    assert first.fields["topic"] == "Django"
    assert first.fields["tags"] == ["Models/ORM", "a]b", "c"]
    assert first.line == 5
    assert second.fields == {"prompt": "Why?", "references": ["b"]}


def test_a_title_stands_for_a_question_without_words() -> None:
    assert one("::What is it?::{=a}").fields["prompt"] == "What is it?"


def test_markup_becomes_markdown() -> None:
    found = one("[html]<p>What is <b>it</b>?</p>{=[plain]<b>=[html]<i>that</i>}")
    assert found.fields["prompt"] == "What is **it**?"
    assert found.fields["references"] == ["<b>", "*that*"]
    assert one("[markdown]What is <b>it</b>?{=a}").fields["prompt"] == "What is <b>it</b>?"
    assert one("What is <b>it</b>?{=a}").fields["prompt"] == "What is **it**?"
    assert one("What is a < b?{=a}").fields["prompt"] == "What is a < b?"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What? {=a", "never closed"),
        ("What? =a}", "never opened"),
        ("What? }{=a", "never"),
    ],
)
def test_a_brace_without_its_other_is_an_error_of_that_question(text: str, words: str) -> None:
    first, second = read(f"{text}\n\nWhy? {{=b}}\n", "").questions
    assert [notice.kind for notice in first.notices] == ["error"]
    assert words in first.notices[0].message
    assert second.fields == {"prompt": "Why?", "references": ["b"]}


def test_the_same_title_twice_names_both_lines() -> None:
    first, second = read("::x::A?{=a}\n\n::x::B?{=b}\n", "").questions
    assert first.notices == ()
    assert messages(second) == ["“x” is used twice, first on line 1"]


def test_what_gift_leaves_out_is_told() -> None:
    asked = {
        "prompt": "A?",
        "references": ["a"],
        "key_points": [{"id": "a", "text": "a"}],
        "samples": [{"label": "good", "text": "a"}],
    }
    told = gift_writing.losses({"questions": [asked]})
    assert any("Key points" in line for line in told)
    assert any("good" in line for line in told)
    assert any("Moodle XML" in line for line in told)


def test_a_file_is_known_by_its_name_or_its_marks() -> None:
    assert looks_like("", "Quiz.GIFT")
    assert looks_like("::a::What?{=b}\n\n::b::Why?{}\n", "quiz.txt")
    assert not looks_like("What is a dict?\n\nA dict maps keys: {'a': 1}.\n", "notes.txt")
    assert not looks_like("<quiz><question/></quiz>", "quiz.txt")
