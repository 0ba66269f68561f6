"""Bank files as tests write them: plain data that a test changes before it is written."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from interview.formats.files import read_bank
from interview.formats.problems import BrokenBank, Problem
from interview.services.bank import Loaded, load_bank
from interview.web.config import ROOT

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DJANGO_ARTICLE = [
    ROOT / "data" / "bank" / f"django-{part}.yaml"
    for part in ("basics", "building", "data-and-state", "requests", "sets")
]
"""Twenty questions of the bank that ships and their sets, for tests that count them."""


def question(slug: str = "what-is-it", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "prompt": "What is it?",
        "difficulty": "easy",
        "tags": ["basics"],
        "target_seconds": 90,
        "references": ["It is one thing, another thing and a third thing."],
        "key_points": [
            {"id": "one", "text": "It is one thing.", "weight": 2, "required": True},
            {"id": "two", "text": "It is another thing.", "phrasings": ["another thing"]},
            {"id": "three", "text": "It is a third thing."},
        ],
        "misconceptions": [
            {"id": "none", "text": "It is nothing.", "phrasings": [], "feedback": "It is."}
        ],
        "sources": [{"title": "The manual", "url": "https://example.org/manual"}],
        "valid_for": {"product": "It", "from": "1.0", "to": "2.x"},
        "last_verified": date(2026, 3, 1),
        **changes,
    }


def question_set(*slugs: str, slug: str = "all", **changes: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": "All of it",
        "description": "Everything.",
        "study": "open",
        "updated": date(2026, 3, 1),
        "questions": list(slugs),
        **changes,
    }


def bank_file(*questions: dict[str, Any], sets: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {
        "format": "mock-interview-bank",
        "version": 1,
        "topic": "Things",
        "questions": list(questions),
        "sets": list(sets),
    }


def write_bank(path: Path, content: dict[str, Any]) -> Path:
    if path.suffix == ".json":
        path.write_text(json.dumps(content, default=str, indent=1), encoding="utf-8")
    else:
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def problems_of(*paths: Path) -> list[Problem]:
    with pytest.raises(BrokenBank) as caught:
        read_bank(paths, TODAY)
    return list(caught.value.problems)


def problem_of(*paths: Path) -> Problem:
    problems = problems_of(*paths)
    assert len(problems) == 1, problems
    return problems[0]


def two_questions() -> dict[str, Any]:
    """A bank of two questions, and one set of both."""
    sets = (question_set("first", "second", slug="both"),)
    return bank_file(question("first"), question("second", tags=["b", "a"]), sets=sets)


def load(path: Path, content: dict[str, Any]) -> Loaded:
    """Write a bank to a file, and load that."""
    return load_bank([write_bank(path, content)], NOW)
