"""Files of marked answers as tests write them."""

import csv
from collections.abc import Sequence
from pathlib import Path

from interview.grading.evaluation.rows import GradedAnswer

HEAD = ("dataset", "question_id", "question", "reference", "answer", "score")

MISS = (
    "What does a read-through cache do on a miss?",
    "On a miss the cache loads the value from the database, stores a copy and returns it.",
)
INDEX = (
    "Why is a query on an indexed column fast?",
    "The index is a sorted tree, so the database finds the matching rows without a full scan.",
)


def marked(
    answer: str,
    score: object,
    about: tuple[str, str] = MISS,
    dataset: str = "small",
) -> list[str]:
    """One row; a question is named by the first word of its prompt."""
    return [dataset, about[0].split()[0], *about, answer, str(score)]


MARKED = [
    marked("The cache loads the value from the database, keeps a copy and returns it.", 1),
    marked("It fetches the value from the database and stores it.", 0.9),
    marked("The cache returns an error.", 0),
    marked("It loads something.", 0.25),
    marked("", 0),
    marked("The index is a sorted tree, so no full scan is needed.", 1, INDEX),
    marked("A tree finds the matching rows quickly.", 0.75, INDEX),
    marked("Because indexes are fast.", 0, INDEX),
    marked("The database reads all rows of the table one after the other.", 0, INDEX),
]


def answers() -> list[GradedAnswer]:
    """What is read from a file of `MARKED`."""
    return [
        GradedAnswer(dataset, name, prompt, reference, answer, float(score))
        for dataset, name, prompt, reference, answer, score in MARKED
    ]


def write_marked(path: Path, rows: Sequence[Sequence[str]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path
