"""Every field of a native file: what it takes, and on which line what it refuses stands."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.bank_files import bank_file, problem_of, question, write_bank

Change = Callable[[dict[str, Any]], object]


def _point(field: str, value: object) -> Change:
    return lambda q: q["key_points"][1].update({field: value})


WRONG: dict[str, tuple[Change, str, str]] = {
    "missing field": (lambda q: q.pop("prompt"), "prompt", "is missing"),
    "unknown field": (lambda q: q.update(answer="?"), "answer", "is not a field of this format"),
    "unknown key point field": (
        _point("wieght", 2),
        "key_points[1].wieght",
        "is not a field of this format",
    ),
    "number for text": (lambda q: q.update(prompt=5), "prompt", "must be text"),
    "unquoted version": (
        lambda q: q["valid_for"].update({"from": 5.2}),
        "valid_for.from",
        "needs quotes",
    ),
    "text for number": (
        lambda q: q.update(target_seconds="90"),
        "target_seconds",
        "must be a whole number",
    ),
    "text for truth": (_point("required", "yes please"), "key_points[1].required", "true or false"),
    "truth for weight": (_point("weight", True), "key_points[1].weight", "must be a number"),
    "text for list": (lambda q: q.update(tags="basics"), "tags", "must be a list"),
    "list for record": (lambda q: q.update(valid_for=[]), "valid_for", "must hold named fields"),
    "no weight": (_point("weight", 0), "key_points[1].weight", "greater than 0"),
    "negative weight": (_point("weight", -1.5), "key_points[1].weight", "greater than 0"),
    "endless weight": (_point("weight", float("inf")), "key_points[1].weight", "finite"),
    "no number weight": (_point("weight", float("nan")), "key_points[1].weight", "finite"),
    "21 key points": (
        lambda q: q.update(
            key_points=[{"id": f"p{n}", "text": f"It is thing {n}."} for n in range(21)]
        ),
        "key_points",
        "20 entries at most",
    ),
    "no answer to a ready question": (
        lambda q: q.update(references=[], status="ready"),
        "",
        "only a draft",
    ),
    "no answer to a retired question": (
        lambda q: q.update(references=[], status="retired"),
        "",
        "only a draft",
    ),
    "unknown status": (lambda q: q.update(status="hidden"), "status", "'draft'"),
    "unknown sample": (
        lambda q: q.update(samples=[{"label": "fine", "text": "It is."}]),
        "samples[0].label",
        "'good'",
    ),
    "empty sample": (
        lambda q: q.update(samples=[{"label": "good", "text": "…"}]),
        "samples[0].text",
        "word",
    ),
    "reversed validity": (
        lambda q: q["valid_for"].update({"from": "2.10", "to": "2.9"}),
        "valid_for",
        "before it begins",
    ),
    "future validity": (
        lambda q: q["valid_for"].update({"from": "2027", "to": "2028"}),
        "valid_for",
        "in the future",
    ),
    "wordless reference": (lambda q: q.update(references=["…"]), "references[0]", "word"),
    "unknown difficulty": (lambda q: q.update(difficulty="brutal"), "difficulty", "must be 'easy'"),
    "future check": (
        lambda q: q.update(last_verified=date(2026, 3, 3)),
        "last_verified",
        "is in the future",
    ),
    "no date": (lambda q: q.update(last_verified="lately"), "last_verified", "must be a date"),
    "capital slug": (lambda q: q.update(slug="What"), "slug", "small letters"),
    "script link": (
        lambda q: q["sources"][0].update(url="javascript:alert(1)"),
        "sources[0].url",
        "http://",
    ),
    "no time": (lambda q: q.update(target_seconds=0), "target_seconds", "greater than 0"),
    "repeated point": (_point("id", "one"), "key_points[1].id", "used twice"),
    "repeated tag": (lambda q: q.update(tags=["a", "a"]), "tags[1]", "used twice"),
}


@pytest.mark.parametrize("suffix", ["yaml", "json"])
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_is_named_with_its_file_and_line(
    tmp_path: Path, name: str, suffix: str
) -> None:
    change, field, message = WRONG[name]
    broken = question("broken")
    change(broken)
    path = write_bank(tmp_path / f"bank.{suffix}", bank_file(question(), broken))
    problem = problem_of(path)
    assert problem.file == str(path)
    assert problem.field == f"questions[1].{field}".removesuffix(".")
    assert message in problem.message
    lines = path.read_text(encoding="utf-8").splitlines()
    begin = [number for number, line in enumerate(lines, 1) if "slug" in line][1]
    assert problem.line >= begin - 1  # JSON opens a record on a line of its own
    if field and message != "is missing" and not field.endswith("]"):
        assert field.split(".")[-1] in lines[problem.line - 1]


WRONG_SLOTS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "", "either a question or what to draw from"),
    ({"question": "one", "random": {}}, "", "either a question or what to draw from"),
    ({"question": "one", "count": 2}, "", "count is 1"),
    ({"question": "One"}, ".question", "small letters"),
    ({"random": {"colour": "red"}}, ".random.colour", "not a field"),
    ({"question": "one", "points": 0}, ".points", "greater than 0"),
    ({"random": {}, "count": 0}, ".count", "at least 1"),
    ({"random": {}, "count": 101}, ".count", "at most 100"),
]


@pytest.mark.parametrize(("slot", "field", "message"), WRONG_SLOTS)
def test_a_slot_of_a_set_is_one_question_or_a_draw(
    tmp_path: Path, slot: dict[str, Any], field: str, message: str
) -> None:
    content = {**bank_file(), "authored_sets": [{"title": "Mine", "slots": [slot]}]}
    problem = problem_of(write_bank(tmp_path / "bank.yaml", content))
    assert problem.field == f"authored_sets[0].slots[0]{field}"
    assert message in problem.message
