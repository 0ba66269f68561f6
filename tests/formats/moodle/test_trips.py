"""What comes back from Moodle: exactly what was written, or what Moodle shows of it."""

from typing import Any

import pytest
from hypothesis import given, settings

from interview.formats.imported import Found
from interview.formats.moodle import grader_notes
from interview.formats.moodle import writing as moodle_writing
from interview.formats.moodle.reader import read
from tests.support.bank_files import question
from tests.support.documents import documents


def messages(found: Found) -> list[str]:
    return [notice.message for notice in found.notices]


def written(*questions: dict[str, Any]) -> str:
    return moodle_writing.write({"topic": "Things", "questions": list(questions)})


def test_what_was_changed_in_the_prompt_counts() -> None:
    text = written(question()).replace("<text>What is it?</text></q", "<text>Why is it?</text></q")
    (found,) = read(text, "").questions
    assert found.fields["prompt"] == "Why is it?"
    assert found.fields["key_points"] == question()["key_points"]
    assert found.fields["target_seconds"] == 90
    assert "was changed" in messages(found)[0]


def test_what_was_changed_in_the_notes_counts() -> None:
    text = written(question()).replace("- It is another thing.", "- It is quite another thing.")
    (found,) = read(text, "").questions
    assert found.fields["key_points"][1]["text"] == "It is quite another thing."
    assert found.fields["target_seconds"] == 90
    assert "was changed" in messages(found)[0]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('<mockinterview version="1">', '<mockinterview version="2">', "another version"),
        ('<mockinterview version="1">{', '<mockinterview version="1">', "damaged"),
        ('<mockinterview version="1">{', f'<mockinterview version="1">{"[" * 20_000}', "damaged"),
    ],
)
def test_without_the_exact_data_the_notes_are_read(before: str, after: str, words: str) -> None:
    text = written(question())
    assert before in text
    (found,) = read(text.replace(before, after), "").questions
    assert words in messages(found)[0]
    assert found.fields["references"] == question()["references"]


def without_exact(text: str) -> str:
    """A file as Moodle gives it back: it skips elements that it does not know."""
    lines = (line for line in text.split("\n") if "<mockinterview" not in line)
    return "\n".join(lines)


def on_one_line(items: list[dict[str, Any]], *names: str) -> list[list[str]]:
    return [[" ".join(one[name].split("\n")).strip(" ") for name in names] for one in items]


@given(document=documents())
@settings(max_examples=50, deadline=None)
def test_a_rubric_survives_a_trip_through_moodle(document: dict[str, Any]) -> None:
    text = without_exact(moodle_writing.write(document))
    for asked_for, found in zip(document["questions"], read(text, "").questions, strict=True):
        fields = found.fields
        seen = {"prompt": fields["prompt"], "references": fields["references"]}
        references = [moodle_writing.visible(one) for one in asked_for["references"]]
        assert seen == {
            "prompt": moodle_writing.visible(asked_for["prompt"]),
            "references": references,
        }
        for name, told in (("key_points", ("text",)), ("misconceptions", ("text", "feedback"))):
            expected = on_one_line(asked_for[name], *told)
            plain = [[moodle_writing.visible(text) for text in some] for some in expected]
            assert on_one_line(fields.get(name, []), *told) == plain
        weights = [point["weight"] for point in asked_for["key_points"]]
        points = fields.get("key_points", [])
        assert [point.get("weight", 1) for point in points] == weights
        required = [point.get("required", False) for point in asked_for["key_points"]]
        assert [point.get("required", False) for point in points] == required
        labels = [sample["label"] for sample in asked_for["samples"]]
        assert [sample["label"] for sample in fields.get("samples", [])] == labels


def test_notes_can_be_read_by_a_person() -> None:
    sample = {"label": "good", "text": "I would say\nit is one thing."}
    told = {**question(samples=[sample]), "references": ["It is:\n\n## one thing"]}
    told["key_points"][2]["text"] = "It is a third thing (required)"
    assert grader_notes.write(told).split("\n") == [
        "## Reference answer",
        "",
        "> It is:",
        ">",
        "> ## one thing",
        "",
        "## Key points",
        "",
        "- It is one thing. (weight 2, required)",
        "- It is another thing.",
        "  - or: another thing",
        "- It is a third thing (required) (weight 1)",
        "",
        "## Misconceptions",
        "",
        "- It is nothing.",
        "  - feedback: It is.",
        "",
        "## Sample answers",
        "",
        "- good:",
        "",
        "> I would say",
        "> it is one thing.",
    ]


def test_notes_without_such_headings_are_no_rubric() -> None:
    assert grader_notes.parse("It is one thing.\n\n- and another") == {}
