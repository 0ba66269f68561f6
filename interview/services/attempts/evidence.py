"""A learner's text cut into pieces, each with the numbers of the points found in it."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from interview.grading import Grade, Span, Verdict
from interview.rules.access import EVERYTHING, Visible


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the answer.

    Attributes
    ----------
    numbers : tuple of int
        Key points, by their number on the page, that this piece is evidence for.
    ends : tuple of int
        Those of them whose evidence ends here: a number is shown once, behind the last word
        that it is about.
    verdict : str
        The strongest verdict on it: ``found``, ``partly``, ``contradicted``,
        ``misconception``, or nothing.
    """

    text: str
    numbers: tuple[int, ...]
    ends: tuple[int, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class PointLine:
    """One key point with its verdict and the learner's words for it.

    Attributes
    ----------
    own : bool
        Whether only a wording of the learner's own found it.
    """

    number: int
    id: str
    text: str
    verdict: str
    quote: str
    earned: float
    possible: float
    derived: bool
    own: bool


@dataclass(frozen=True, slots=True)
class MisconceptionLine:
    """A mistaken statement that was found, with what puts it right."""

    text: str
    feedback: str
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerEvidence:
    """The explanation of one grade, as far as its reader may see it; the rest is empty."""

    score: float
    low: float
    high: float
    band: str
    similarity: float
    segments: tuple[Segment, ...]
    points: tuple[PointLine, ...]
    misconceptions: tuple[MisconceptionLine, ...]
    flags: tuple[str, ...]
    needs_review: bool
    grader_version: str


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    number: int
    verdict: str


# Where marks overlap, the one that a learner most needs to see decides the colour.
_RANK = ("", Verdict.PARTLY.value, Verdict.FOUND.value, Verdict.CONTRADICTED.value, "misconception")


def evidence_of(
    text: str, grade: Grade, visible: Visible = EVERYTHING, own_points: Collection[str] = ()
) -> AnswerEvidence:
    """Lay a grade's evidence over the text that it was given for.

    Parameters
    ----------
    text : str
        The submission; spans count its code points.
    grade : Grade
        As it was stored.
    visible : Visible
        What of it may be seen; the rest is left out here, not on the page.
    own_points : collection of str
        Key points that only a personal wording found.
    """
    seen = text if visible.answer else ""
    marks = _marks(grade) if visible.key_points else []
    return AnswerEvidence(
        score=grade.score if visible.score else 0.0,
        low=grade.low if visible.score else 0.0,
        high=grade.high if visible.score else 0.0,
        band=grade.band.value if visible.score else "",
        similarity=grade.similarity if visible.score else 0.0,
        segments=tuple(_segments(text, marks)) if visible.answer else (),
        points=_points(seen, grade, own_points) if visible.key_points else (),
        misconceptions=_misconceptions(seen, grade) if visible.key_points else (),
        flags=tuple(flag.value for flag in grade.flags) if visible.score else (),
        needs_review=grade.needs_review and visible.score,
        grader_version=grade.grader_version,
    )


def _points(text: str, grade: Grade, own: Collection[str]) -> tuple[PointLine, ...]:
    return tuple(
        PointLine(
            number=number,
            id=point.id,
            text=point.text,
            verdict=point.verdict.value,
            quote=_quote(text, point.span),
            earned=point.earned,
            possible=point.possible,
            derived=point.derived,
            own=point.id in own,
        )
        for number, point in enumerate(grade.points, start=1)
    )


def _misconceptions(text: str, grade: Grade) -> tuple[MisconceptionLine, ...]:
    return tuple(
        MisconceptionLine(found.text, found.feedback, _quote(text, found.span))
        for found in grade.misconceptions
    )


def _quote(text: str, span: Span | None) -> str:
    return " ".join(text[span.start : span.end].split()) if span else ""


def _marks(grade: Grade) -> list[_Mark]:
    marks = [
        _Mark(point.span, number, point.verdict.value)
        for number, point in enumerate(grade.points, start=1)
        if point.span is not None and point.verdict is not Verdict.NOT_FOUND
    ]
    marks += [_Mark(found.span, 0, "misconception") for found in grade.misconceptions]
    return marks


def _segments(text: str, marks: list[_Mark]) -> list[Segment]:
    edges = sorted({0, len(text), *(e for m in marks for e in (m.span.start, m.span.end))})
    return [_segment(text, start, end, marks) for start, end in pairwise(edges)]


def _segment(text: str, start: int, end: int, marks: list[_Mark]) -> Segment:
    over = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
    numbers = sorted({mark.number for mark in over if mark.number})
    ends = sorted({mark.number for mark in over if mark.number and mark.span.end == end})
    verdict = max((mark.verdict for mark in over), key=_RANK.index, default="")
    return Segment(text[start:end], tuple(numbers), tuple(ends), verdict)
