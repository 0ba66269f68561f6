"""From evidence to verdicts and a raw score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interview.grading.compile import CompiledRubric
from interview.grading.matching import Match
from interview.grading.points import Evidence, span_of
from interview.grading.reading import Reading
from interview.grading.records import (
    MisconceptionFinding,
    PointVerdict,
    Verdict,
)

Settings = Mapping[str, float]
# More than any match can reach.
NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts on an answer and what they come to."""

    points: tuple[PointVerdict, ...]
    misconceptions: tuple[MisconceptionFinding, ...]
    coverage: float
    contradicted: float
    missing_required: float


def assess(
    compiled: CompiledRubric, evidence: Evidence, reading: Reading, settings: Settings
) -> Assessment:
    """Turn the matches of an answer into verdicts and shares of the rubric's weight."""
    points = tuple(
        _judge(compiled, index, evidence, reading, settings)
        for index in range(len(compiled.points))
    )
    total = math.fsum(point.possible for point in points) or 1.0
    lost = [p.possible for p in points if p.verdict is Verdict.CONTRADICTED]
    required = [
        (key.weight, point.verdict in (Verdict.NOT_FOUND, Verdict.CONTRADICTED))
        for key, point in zip(compiled.points, points, strict=True)
        if key.required
    ]
    needed = math.fsum(weight for weight, _ in required)
    missing = math.fsum(weight for weight, gone in required if gone)
    return Assessment(
        points=points,
        misconceptions=_findings(compiled, evidence, reading),
        coverage=math.fsum(point.earned for point in points) / total,
        contradicted=math.fsum(lost) / total,
        missing_required=missing / needed if needed else 0.0,
    )


def _judge(
    compiled: CompiledRubric, index: int, evidence: Evidence, reading: Reading, settings: Settings
) -> PointVerdict:
    key, match = compiled.points[index], evidence.points[index]
    found = compiled.enough[index]
    verdict, share = Verdict.NOT_FOUND, 0.0
    if is_contradiction(match, settings) and not evidence.matcher.is_explained(match):
        verdict = Verdict.CONTRADICTED
    elif match.agreed >= found - 1e-9:
        verdict, share = Verdict.FOUND, 1.0
    elif match.agreed >= settings["partly"]:
        verdict = Verdict.PARTLY
        way = (match.agreed - settings["partly"]) / (found - settings["partly"])
        share = settings["partly_least"] + settings["partly_span"] * way
    start, end = match.start, match.end
    if verdict is Verdict.CONTRADICTED:
        start, end = match.opposed_start, match.opposed_end
    return PointVerdict(
        id=key.id,
        text=key.text,
        verdict=verdict,
        span=None if verdict is Verdict.NOT_FOUND else span_of(reading, start, end),
        earned=key.weight * share,
        possible=key.weight,
        derived=compiled.derived,
    )


def is_contradiction(match: Match, settings: Settings) -> bool:
    """Return whether the answer says the wording with a good part of it turned round."""
    return (
        match.opposed >= settings["contradiction"]
        and match.opposed >= match.agreed + settings["contradiction_lead"]
        and match.against >= settings["against"] * match.opposed
    )


def _findings(
    compiled: CompiledRubric, evidence: Evidence, reading: Reading
) -> tuple[MisconceptionFinding, ...]:
    return tuple(
        MisconceptionFinding(
            item.id, item.text, item.feedback, span_of(reading, match.start, match.end)
        )
        for item, match in zip(compiled.rubric.misconceptions, evidence.misconceptions, strict=True)
        if match is not None
    )


def combine(assessment: Assessment, closeness: float, settings: Settings) -> float:
    """Return the raw score of an answer under a rubric with key points.

    Parameters
    ----------
    closeness : float
        How much of the closest reference is said, 1 and above for as much as is expected.
    """
    wanted = _expected(assessment.coverage, settings)
    share = settings["points_share"]
    raw = share * wanted + (1 - share) * min(1.0, closeness)
    raw *= 1 - settings["required_loss"] * assessment.missing_required
    raw *= 1 - min(1.0, settings["contradiction_loss"] * assessment.contradicted)
    return float(raw * settings["misconception_factor"] ** min(2, len(assessment.misconceptions)))


def _expected(coverage: float, settings: Settings) -> float:
    """Return the score expected for a coverage of the key points: two knees, linear between."""
    low, high = settings["low_coverage"], settings["high_coverage"]
    bottom, top = settings["low_score"], settings["high_score"]
    if coverage <= low:
        return bottom * coverage / low
    if coverage <= high:
        return bottom + (top - bottom) * (coverage - low) / (high - low)
    return top + (1 - top) * (coverage - high) / (1 - high)


def found_levels(attained: Sequence[float], settings: Settings) -> tuple[float, ...]:
    """Return the match from which each key point is found.

    Parameters
    ----------
    attained : sequence of float
        For each key point, the best match that a reference reaches; a reference that says a
        point in words far from all its wordings lowers the level.
    """
    found, partly = settings["found"], settings["partly"]
    return tuple(level if partly <= level < found else found for level in attained)


def alarm_levels(highest: Sequence[float], settings: Settings) -> tuple[float, ...]:
    """Return the match from which each wording of a misconception counts as asserted.

    Accepted texts share words with a misconception; it must be matched clearly better than
    any of them matches it. A wording that an accepted text matches in full never counts.

    Parameters
    ----------
    highest : sequence of float
        For each wording, its best match in any accepted text (reference, key point).
    """
    margin = settings["alarm_margin"]
    return tuple(
        max(settings["alarm"], level + margin) if level + margin <= 1 else NEVER
        for level in highest
    )
