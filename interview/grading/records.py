"""The records that go into grading and come out of it.

All records are frozen. ``Grade.to_dict`` and ``Grade.from_dict`` are lossless and use
JSON types only, so that a grade can be stored with its evidence and read back later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the grader says about one key point."""

    FOUND = "found"
    PARTLY = "partly"
    NOT_FOUND = "not found"
    CONTRADICTED = "contradicted"


class Flag(StrEnum):
    """Something about the whole answer that a reader of the grade should know."""

    EMPTY = "empty"
    GIBBERISH = "gibberish"
    QUESTION_COPIED = "question copied"
    KEYWORD_LIST = "keyword list"
    NEGATED = "negated"
    OFF_TOPIC = "off topic"


class Band(StrEnum):
    """The coarse result shown to a learner: a quarter of the scale each."""

    NOT_YET = "not yet"
    PARTLY_THERE = "partly there"
    MOSTLY_THERE = "mostly there"
    STRONG = "strong"

    @classmethod
    def of(cls, score: float) -> Band:
        """Return the band that holds `score` (0 to 1)."""
        return tuple(cls)[min(3, int(score * 4))]


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing that a complete answer says; `text` is itself an accepted wording."""

    id: str
    text: str
    phrasings: tuple[str, ...] = ()
    weight: float = 1.0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Misconception:
    """A statement that a mistaken learner would make, with the words that put it right."""

    id: str
    text: str
    phrasings: tuple[str, ...] = ()
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """Everything that an answer to one question is compared with.

    Each reference is a complete answer (Markdown). A rubric without key points is graded
    by points derived from its references.
    """

    prompt: str
    references: tuple[str, ...]
    key_points: tuple[KeyPoint, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Code-point offsets into the learner's own answer text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The verdict on one key point, with the learner's words that led to it."""

    id: str
    text: str
    verdict: Verdict
    span: Span | None
    earned: float
    possible: float
    derived: bool = False


@dataclass(frozen=True, slots=True)
class MisconceptionFinding:
    """A misconception that the answer asserts, and where."""

    id: str
    text: str
    feedback: str
    span: Span


@dataclass(frozen=True, slots=True)
class Grade:
    """The outcome of grading one answer.

    Parameters
    ----------
    score : float
        0 to 1, calibrated; a reference scores at least 0.95.
    low, high : float
        Ends of the interval around `score`, 0 to 1.
    band : Band
        The quarter of the scale that holds `score`.
    similarity : float
        TF-IDF cosine to the closest reference, 0 to 1.
    points : tuple of PointVerdict
        One verdict per key point, in the order of the rubric.
    misconceptions : tuple of MisconceptionFinding
        Misconceptions that the answer asserts.
    flags : tuple of Flag
        In the order of the enumeration.
    needs_review : bool
        True where a human should look before the score is relied on.
    grader_version : str
        Under the same version, the same answer gets exactly the same grade.
    """

    score: float
    low: float
    high: float
    band: Band
    similarity: float
    points: tuple[PointVerdict, ...]
    misconceptions: tuple[MisconceptionFinding, ...]
    flags: tuple[Flag, ...]
    needs_review: bool
    grader_version: str

    def to_dict(self) -> dict[str, Any]:
        """Return the grade as JSON types; `from_dict` restores it exactly."""
        return {
            "score": self.score,
            "low": self.low,
            "high": self.high,
            "band": self.band.value,
            "similarity": self.similarity,
            "points": [_point_data(point) for point in self.points],
            "misconceptions": [_finding_data(finding) for finding in self.misconceptions],
            "flags": [flag.value for flag in self.flags],
            "needs_review": self.needs_review,
            "grader_version": self.grader_version,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Grade:
        """Restore a grade from the result of `to_dict`.

        Raises
        ------
        KeyError
            If a field is missing.
        ValueError
            If a band, flag or verdict has an unknown name.
        """
        return cls(
            score=float(data["score"]),
            low=float(data["low"]),
            high=float(data["high"]),
            band=Band(data["band"]),
            similarity=float(data["similarity"]),
            points=tuple(_point(item) for item in data["points"]),
            misconceptions=tuple(_finding(item) for item in data["misconceptions"]),
            flags=tuple(Flag(item) for item in data["flags"]),
            needs_review=bool(data["needs_review"]),
            grader_version=str(data["grader_version"]),
        )


def _span_data(span: Span | None) -> dict[str, int] | None:
    return None if span is None else {"start": span.start, "end": span.end}


def _point_data(point: PointVerdict) -> dict[str, Any]:
    return {
        "id": point.id,
        "text": point.text,
        "verdict": point.verdict.value,
        "span": _span_data(point.span),
        "earned": point.earned,
        "possible": point.possible,
        "derived": point.derived,
    }


def _finding_data(finding: MisconceptionFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "text": finding.text,
        "feedback": finding.feedback,
        "span": _span_data(finding.span),
    }


def _span(data: Mapping[str, int] | None) -> Span | None:
    return None if data is None else Span(data["start"], data["end"])


def _point(data: Mapping[str, Any]) -> PointVerdict:
    return PointVerdict(
        id=data["id"],
        text=data["text"],
        verdict=Verdict(data["verdict"]),
        span=_span(data["span"]),
        earned=data["earned"],
        possible=data["possible"],
        derived=data["derived"],
    )


def _finding(data: Mapping[str, Any]) -> MisconceptionFinding:
    span = Span(data["span"]["start"], data["span"]["end"])
    return MisconceptionFinding(data["id"], data["text"], data["feedback"], span)
