"""What cheating earns: the scores of answers that deserve none, or all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from random import Random
from statistics import fmean
from typing import Any

from interview.grading.evaluation.attack_kinds import ATTACKS, Attack, Attacked, Target
from interview.grading.evaluation.graded import Progress, shipped_grader
from interview.grading.evaluation.neighbours import Neighbours
from interview.grading.evaluation.resampling import SEED
from interview.grading.grader import AnswerGrader
from interview.grading.records import Flag

# The last digits of a mean are rounding.
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class AttackFigure:
    """What an attack earns.

    Attributes
    ----------
    questions : int
        On so many questions it was possible.
    mean : float
        Over questions, of each question's mean score.
    extreme, question : float, str
        The highest of those and its question; under a floor, the lowest score of all.
    flagged : float or None
        The share of answers flagged as a list of keywords; None for other attacks.
    limit : float or None
        The mean must not be above it; under a floor, no score below it.
    within : bool or None
        Whether it is; None without a limit.
    """

    attack: str
    questions: int
    mean: float
    extreme: float
    question: str
    flagged: float | None
    limit: float | None
    floor: bool
    within: bool | None


@dataclass(frozen=True, slots=True)
class AttackReport:
    """What all attacks earn on the questions of one source.

    Attributes
    ----------
    questions, grouped : int
        Questions attacked, and those left out as copies of one of them.
    """

    grader_version: str
    source: str
    questions: int
    grouped: int
    figures: tuple[AttackFigure, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The scores of one attack on one question, and how many were flagged as lists."""

    target: Target
    scores: tuple[float, ...]
    listed: int


def attack(targets: Sequence[Target], progress: Progress) -> list[AttackReport]:
    """Try every attack on every question, source by source, with the shipped grader.

    Parameters
    ----------
    progress : callable
        Told the number of questions as they are done.
    """
    by_source: dict[str, list[Target]] = {}
    for target in targets:
        by_source.setdefault(target.source, []).append(target)
    grader = shipped_grader()
    return [_report(grader, source, own, progress) for source, own in by_source.items()]


def _report(
    grader: AnswerGrader, source: str, targets: Sequence[Target], progress: Progress
) -> AttackReport:
    outcomes: dict[str, list[_Outcome]] = {kind.name: [] for kind in ATTACKS}
    questions = 0
    for attacked in _line_up(grader, targets):
        for kind, outcome in _attempts(grader, attacked):
            outcomes[kind.name].append(outcome)
        questions += 1
        progress(1)
    progress(len(targets) - questions)
    figures = tuple(_figure(kind, outcomes[kind.name]) for kind in ATTACKS if outcomes[kind.name])
    grouped = len(targets) - questions
    return AttackReport(grader.version, source, questions, grouped, figures)


def _line_up(grader: AnswerGrader, targets: Sequence[Target]) -> Iterator[Attacked]:
    """Yield the targets without copies, each with the references of the others."""
    neighbours = Neighbours([target.rubric for target in targets], grader.snapshot)
    kept = neighbours.distinct()
    for place in kept:
        target = targets[place]
        yield Attacked(
            target=target,
            others=[targets[one].rubric.references[0] for one in kept if one != place],
            nearest=neighbours.nearest(place, kept),
            random=Random(f"{SEED}/{target.source}/{target.id}"),  # noqa: S311
        )


def _attempts(grader: AnswerGrader, attacked: Attacked) -> Iterator[tuple[Attack, _Outcome]]:
    compiled = grader.compile(attacked.target.rubric)
    for kind in ATTACKS:
        grades = grader.grade_many(compiled, kind.answers(attacked))
        if grades:
            scores = tuple(grade.score for grade in grades)
            listed = sum(Flag.KEYWORD_LIST in grade.flags for grade in grades)
            yield kind, _Outcome(attacked.target, scores, listed)


def _figure(kind: Attack, outcomes: Sequence[_Outcome]) -> AttackFigure:
    authored = [outcome for outcome in outcomes if outcome.target.rubric.key_points]
    limited = kind.limit is not None and bool(authored or not kind.authored)
    counted = authored if kind.authored and authored else outcomes
    means = [fmean(outcome.scores) for outcome in counted]
    ends = [min(outcome.scores) for outcome in counted] if kind.floor else means
    extreme = min(ends) if kind.floor else max(ends)
    answers = sum(len(outcome.scores) for outcome in counted)
    return AttackFigure(
        attack=kind.name,
        questions=len(counted),
        mean=fmean(means),
        extreme=extreme,
        question=counted[ends.index(extreme)].target.id,
        flagged=sum(one.listed for one in counted) / answers if kind.listed else None,
        limit=kind.limit if limited else None,
        floor=kind.floor,
        within=_within(kind, fmean(means), extreme) if limited else None,
    )


def _within(kind: Attack, mean: float, extreme: float) -> bool:
    limit = kind.limit or 0.0
    return extreme >= limit - SLACK if kind.floor else mean <= limit + SLACK
