"""Rubrics for the tests of grading: the shipped bank, and a small one of their own."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from interview.grading import AnswerGrader, KeyPoint, Misconception, Rubric

BANK = Path(__file__).resolve().parents[2] / "data" / "bank"
PAIRS = Path(__file__).parent / "pairs"


def _rubric(question: dict[str, Any]) -> Rubric:
    return Rubric(
        prompt=question["prompt"],
        references=tuple(question["references"]),
        key_points=tuple(
            KeyPoint(
                id=point["id"],
                text=point["text"],
                phrasings=tuple(point.get("phrasings", ())),
                weight=float(point.get("weight", 1)),
                required=bool(point.get("required", False)),
            )
            for point in question["key_points"]
        ),
        misconceptions=tuple(
            Misconception(
                id=item["id"],
                text=item["text"],
                phrasings=tuple(item.get("phrasings", ())),
                feedback=item.get("feedback", ""),
            )
            for item in question["misconceptions"]
        ),
    )


@cache
def shipped_rubrics() -> dict[str, Rubric]:
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(BANK.glob("*.yaml"))]
    return {
        question["slug"]: _rubric(question)
        for file in files
        for question in file.get("questions", [])
    }


@cache
def shipped_grader() -> AnswerGrader:
    return AnswerGrader.load()


@cache
def pairs(name: str) -> list[dict[str, str]]:
    loaded: list[dict[str, str]] = yaml.safe_load((PAIRS / f"{name}.yaml").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Case:
    """A right and a wrong answer to one question."""

    rubric: Rubric
    kind: str
    right: str
    wrong: str


@cache
def cases(name: str) -> tuple[Case, ...]:
    """Pairs to questions of the shipped bank, or to questions that their file brings along."""
    loaded = yaml.safe_load((PAIRS / f"{name}.yaml").read_text("utf-8"))
    if isinstance(loaded, list):
        asked = [(shipped_rubrics()[pair["slug"]], pair) for pair in loaded]
    else:
        asked = [(_rubric(one), pair) for one in loaded["questions"] for pair in one["pairs"]]
    return tuple(Case(rubric, pair["kind"], pair["right"], pair["wrong"]) for rubric, pair in asked)


CACHE = Rubric(
    prompt="What is a read-through cache, and what does it do on a miss?",
    references=(
        (
            "A read-through cache sits between the application and the database. On a hit it "
            "returns the stored copy. On a miss it loads the value from the database, stores it "
            "and returns it. Entries expire after a time limit, so that stale data disappears."
        ),
        (
            "The application asks only the cache. If the value is absent, the cache itself fetches "
            "it from the database, keeps a copy and answers. A time limit removes old entries."
        ),
    ),
    key_points=(
        KeyPoint(
            "between",
            "The cache sits between the application and the database.",
            ("the application asks only the cache", "placed in front of the database"),
            weight=2,
        ),
        KeyPoint(
            "miss",
            "On a miss the cache loads the value from the database and stores it.",
            ("a missing value is fetched from the database and kept",),
            weight=3,
            required=True,
        ),
        KeyPoint(
            "hit",
            "On a hit the stored copy is returned.",
            ("a hit is answered from the cache",),
        ),
        KeyPoint(
            "expiry",
            "Entries expire after a time limit.",
            ("old entries are removed after a while",),
        ),
    ),
    misconceptions=(
        Misconception(
            "writes",
            "Every write goes to the cache first and reaches the database later.",
            ("writes are delayed and flushed to the database in batches",),
            "That is a write-behind cache.",
        ),
    ),
)
VERBS = Rubric(
    prompt="Compare GET and POST requests.",
    references=(
        (
            "GET reads a resource and puts its parameters in the URL. POST changes data on the "
            "server and carries its parameters in the request body. GET responses may be cached."
        ),
    ),
    key_points=(
        KeyPoint("get-reads", "GET reads a resource.", ("GET retrieves data",), weight=2),
        KeyPoint(
            "get-url", "GET puts its parameters in the URL.", ("GET data is in the query string",)
        ),
        KeyPoint(
            "post-changes",
            "POST changes data on the server.",
            ("POST creates or updates something",),
            weight=2,
        ),
        KeyPoint(
            "post-body",
            "POST carries its parameters in the request body.",
            ("POST data travels in the body",),
        ),
    ),
)
