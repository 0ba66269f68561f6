"""Text that is no bank at all: refused with the line on which reading stopped."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interview.formats.positions import read_json, read_yaml
from tests.support.bank_files import problem_of, problems_of


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("format: [mock\ntopic: T\n", 2, "expected"),
        ("a: 1\nb: 2\na: 3\n", 3, "is given twice"),
        ("a: &x [1]\nb: *x\n", 2, "is an alias"),
        ("a: !!python/name:os.system x\n", 1, "could not determine a constructor"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "is missing"),
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("a: 2026-13-45\n", 1, "month must be in 1..12"),
        ("a: 1\nb: \x07\n", 2, "control character"),
        ("? [a, b]\n: 1\n", 1, "plain word"),
        ("", 1, "must hold named fields"),
        ("- a\n- b\n", 1, "must hold named fields"),
        ("a: 1\nb: " + "[" * 500_000, 2, "is nested too deeply"),
    ],
)
def test_text_that_is_no_yaml_document_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "bank.yaml"
    path.write_bytes(text.encode())
    problems = problems_of(path)
    assert any(message in problem.message for problem in problems)
    assert problems[0].line == line


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('{"format":\n  nope}', 2, "Expecting value"),
        ('{"a": 1,\n "a": 2}', 2, "is given twice"),
        ("[" * 5000 + "]" * 5000, 1, "deeply"),
        ('{"format": "mock-interview-bank",\n"version": 1, "topic": "a\\u0000"}', 2, "stored"),
        ('{"format": "mock-interview-bank",\n"version": 1, "topic": "a\\ud800"}', 2, ""),
    ],
)
def test_text_that_is_no_json_document_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    path = tmp_path / "bank.json"
    path.write_text(text)
    problem = problem_of(path)
    assert problem.line == line
    assert message in problem.message


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"format: x\ntopic: caf\xe9\n")
    (tmp_path / "empty").mkdir()
    for path, message in (
        (tmp_path / "latin.yaml", "this is not UTF-8"),
        (tmp_path / "gone.yaml", "No such file"),
        (tmp_path / "empty", "holds no .yaml"),
        (tmp_path / "bank.txt", "is neither"),
    ):
        problem = problem_of(path)
        assert problem.file == str(path)
        assert message in problem.message


@given(st.binary(max_size=300), st.sampled_from(["yaml", "json"]))
def test_any_bytes_are_either_read_or_refused_with_a_place(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(content)
    problem = problems_of(path)[0]
    assert problem.line >= 0
    assert problem.message


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet=st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(alphabet="abc:# 1'"), inner),
    max_leaves=12,
)


@given(PLAIN)
def test_json_keeps_its_meaning_and_yaml_too(content: Any) -> None:
    assert read_json(json.dumps(content, indent=1)).content == content
    assert read_json(json.dumps(content, ensure_ascii=False)).content == content
    assert read_yaml(yaml.safe_dump(content)).content == content


def test_a_missing_field_stands_where_the_field_around_it_begins() -> None:
    document = read_yaml("top:\n  - inner: 1\n    other: 2\n")
    assert document.line_of(("top", 0, "other")) == 3
    assert document.line_of(("top", 0, "missing")) == 2
    assert document.line_of(("nowhere",)) == 1
