"""Rows 5 to 7: what a grade costs, against a dot product, a larger bank, and in bulk."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import cast

from bench.figures import Figure, spread
from bench.learner import ANSWER
from interview.grading import AnswerGrader, IdfSnapshot, KeyPoint, Rubric
from interview.grading.text import terms_of
from interview.grading.views import AnswerView, ReferenceIndex, cosine, tfidf
from interview.services.grading import DATA

ROUNDS = 9
ANSWERS = 200
LARGE_BANK = 1_000_000
LARGE_VOCABULARY = 250_000


@dataclass(frozen=True)
class Vector:
    """As much of an answer as its cosine needs."""

    vector: dict[str, float]
    norm: float


def figures() -> list[Figure]:
    """Measure everything on one core of this process."""
    grader = AnswerGrader.load(DATA / "grader")
    compiled = grader.compile(_rubric())
    answers = [ANSWER.format(number=number) for number in range(ANSWERS)]
    terms = [terms_of(answer) for answer in answers]
    reference = compiled.references[0]
    large = _large(grader.snapshot, [term for one in terms for term in one])

    def small_signal() -> None:
        _signals(reference, grader.snapshot, terms)

    def large_signal() -> None:
        _signals(reference, large, terms)

    def product() -> None:
        _dot_products(reference.vector, grader.snapshot, terms)

    def single() -> None:
        for answer in answers:
            grader.grade(compiled, answer)

    def bulk() -> None:
        grader.grade_many(compiled, answers)

    cost = interleaved((small_signal, large_signal, product, single, bulk))
    each = [seconds / ANSWERS * 1e6 for seconds in cost[3]]
    note = f"{median(cost[0]) / ANSWERS * 1e6:.1f} µs each"
    return [
        Figure("5", "similarity ÷ dot product of dicts", _ratio(cost[0], cost[2]), "≤ 2", note),
        Figure("5b", "a full grade, 60 words, 6 × 3, µs", spread(each, digits=0), "≤ 500"),
        Figure("6", "similarity, 1 M questions ÷ shipped", _ratio(cost[1], cost[0]), "≤ 1.25"),
        Figure("7", "bulk ÷ single, CPU per answer", _ratio(cost[4], cost[3]), "≤ 1.1"),
    ]


def interleaved(tasks: Sequence[Callable[[], None]]) -> list[list[float]]:
    """CPU seconds of each task, round by round, the tasks taking turns."""
    for task in tasks:
        task()
    rounds = [[_cpu(task) for task in tasks] for _ in range(ROUNDS)]
    return [list(column) for column in zip(*rounds, strict=True)]


def _cpu(task: Callable[[], None]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


def _ratio(over: Sequence[float], under: Sequence[float]) -> str:
    return spread([a / b for a, b in zip(over, under, strict=True)])


def _signals(
    reference: ReferenceIndex, snapshot: IdfSnapshot, answers: Sequence[Sequence[str]]
) -> None:
    for terms in answers:
        cosine(reference, cast("AnswerView", Vector(*tfidf(terms, snapshot))))


def _dot_products(
    reference: dict[str, float], snapshot: IdfSnapshot, answers: Sequence[Sequence[str]]
) -> None:
    """The least that a cosine over the same terms can cost in plain Python."""
    idf, unknown = snapshot.weights, snapshot.unknown
    for terms in answers:
        counts: dict[str, int] = {}
        for term in terms:
            counts[term] = counts.get(term, 0) + 1
        dot = norm = 0.0
        for term, count in counts.items():
            weight = count * idf.get(term, unknown)
            norm += weight * weight
            dot += weight * reference.get(term, 0.0)
        dot / math.sqrt(norm)


def _large(snapshot: IdfSnapshot, terms: Sequence[str]) -> IdfSnapshot:
    """A snapshot as a bank of a million questions would give: more terms, higher counts."""
    frequencies = {f"term{number}": 1 + number % 997 for number in range(LARGE_VOCABULARY)}
    frequencies.update({term: count * 1000 for term, count in snapshot.frequencies.items()})
    frequencies.update(dict.fromkeys(terms, 5000))
    return IdfSnapshot(LARGE_BANK, frequencies)


def _rubric() -> Rubric:
    """Six key points with three phrasings each."""
    said = {
        "framework": ("Django is a web framework", "a framework for websites", "for web apps"),
        "python": ("It is written in Python", "a Python framework", "made with Python"),
        "orm": ("It ships an ORM", "an object relational mapper", "maps classes to tables"),
        "view": ("A view renders a template", "views answer requests", "the view picks data"),
        "middleware": ("Middleware wraps requests", "hooks around views", "runs each request"),
        "csrf": ("The token stops forged posts", "csrf protection", "no other site can post"),
    }
    points = tuple(KeyPoint(name, words[0] + ".", words) for name, words in said.items())
    reference = " ".join(point.text for point in points)
    return Rubric("What is Django and what are its parts?", (reference,), points)
