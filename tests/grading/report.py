"""How the grader does on pairs of right and wrong answers, and how fair it is.

Run as ``python -m tests.grading.report``. With ``--open`` the files that nothing may be
tuned on are left out.
"""

from collections.abc import Callable, Iterator, Sequence
from statistics import fmean, stdev
from typing import NamedTuple

import click

from interview.grading import Grade
from interview.web.cli.tables import number, share, signed, table
from tests.grading.banks import Case, cases, pairs, shipped_grader, shipped_rubrics

OPEN = ("tuning", "tuning_more", "other_subjects_open")
HELD_OUT = ("held_out", "other_subjects_held_out")
LEAST_RIGHT = 0.7
MOST_WRONG = 0.45
VERSIONS = ("plain", "misspelled", "simplified", "long")


class Graded(NamedTuple):
    """The grades of a pair, and what kinds of answers they are of."""

    kinds: tuple[str, ...]
    right: Grade
    wrong: Grade


class Figures(NamedTuple):
    """The scores of some pairs, right and wrong ones in the same order."""

    right: Sequence[float]
    wrong: Sequence[float]

    def in_order(self) -> list[bool]:
        """Which right answers are above their wrong one."""
        return [right > wrong for right, wrong in zip(self.right, self.wrong, strict=True)]

    def reached(self) -> list[bool]:
        """Which right answers reach their mark."""
        return [score >= LEAST_RIGHT for score in self.right]

    def kept(self) -> list[bool]:
        """Which wrong answers stay below theirs."""
        return [score <= MOST_WRONG for score in self.wrong]

    def all_three(self) -> list[bool]:
        """Which pairs are as they should be."""
        return list(map(all, zip(self.in_order(), self.reached(), self.kept(), strict=True)))


def graded(case: Case) -> Graded:
    """Grade a pair with the shipped grader."""
    grader = shipped_grader()
    return Graded(
        tuple(case.kind.split(" / ")),
        grader.grade(case.rubric, case.right),
        grader.grade(case.rubric, case.wrong),
    )


def figures(outcomes: Sequence[Graded], of: Callable[[Grade], float]) -> Figures:
    """Return one figure of the grades, such as their score."""
    return Figures([of(one.right) for one in outcomes], [of(one.wrong) for one in outcomes])


def score(grade: Grade) -> float:
    """Return what the grader says."""
    return grade.score


def cosine(grade: Grade) -> float:
    """Return what plain TF-IDF says: the cosine to the closest reference."""
    return grade.similarity


HEAD = ("n", "in order", "right ≥ 0.7", "wrong ≤ 0.45", "mean right", "mean wrong", "all three")


def cells(found: Figures) -> list[str]:
    """Write the figures of some pairs, in the order of HEAD."""
    return [
        str(len(found.right)),
        share(fmean(found.in_order())),
        share(fmean(found.reached())),
        share(fmean(found.kept())),
        number(fmean(found.right)),
        number(fmean(found.wrong)),
        share(fmean(found.all_three())),
    ]


def by_file(outcomes: dict[str, Sequence[Graded]], of: Callable[[Grade], float]) -> list[str]:
    """Return a table with a row a file."""
    rows = [[name, *cells(figures(own, of))] for name, own in outcomes.items()]
    return table([("file", *HEAD), *rows])


def by_kind(outcomes: Sequence[Graded]) -> list[str]:
    """Return a table with a row for each kind, those of right answers before those of wrong."""
    most = max(len(one.kinds) for one in outcomes)
    sides = ("right", "wrong") if most > 1 else ("both",)
    rows = [
        [side, kind, *cells(figures(own, score))]
        for place, side in enumerate(sides)
        for kind, own in _grouped(outcomes, place)
    ]
    return table([("side", "kind", *HEAD), *rows], left=2)


def _grouped(outcomes: Sequence[Graded], place: int) -> Iterator[tuple[str, list[Graded]]]:
    for kind in sorted({one.kinds[place] for one in outcomes}):
        yield kind, [one for one in outcomes if one.kinds[place] == kind]


def fairness() -> dict[str, list[Grade]]:
    """Return the grades of the same answers in every version of them."""
    grader, rubrics = shipped_grader(), shipped_rubrics()
    return {
        version: [grader.grade(rubrics[one["slug"]], one[version]) for one in pairs("fairness")]
        for version in VERSIONS
    }


def differences(grades: dict[str, list[Grade]], version: str) -> list[float]:
    """Return what each answer gains by being written in a version instead of plainly."""
    plain = zip(grades[version], grades["plain"], strict=True)
    return [own.score - other.score for own, other in plain]


def by_version(grades: dict[str, list[Grade]]) -> list[str]:
    """Return a table with a row a version."""
    head = ("version", "n", "mean", "less plain", "sd", "needs review")
    rows = [
        [
            version,
            str(len(own)),
            number(fmean(grade.score for grade in own)),
            signed(fmean(differences(grades, version))),
            number(stdev(differences(grades, version))),
            share(fmean(grade.needs_review for grade in own)),
        ]
        for version, own in grades.items()
    ]
    return table([head, *rows])


def report(names: Sequence[str]) -> Iterator[str]:
    """Yield the lines of the report on some files of pairs."""
    outcomes: dict[str, Sequence[Graded]] = {
        name: [graded(case) for case in cases(name)] for name in names
    }
    yield f"Grader version: {shipped_grader().version}"
    yield from ("", "Pairs of a right and a wrong answer", *by_file(outcomes, score))
    yield from ("", "The same under plain TF-IDF cosine", *by_file(outcomes, cosine))
    for name, own in outcomes.items():
        yield from ("", f"Kinds of pairs in {name}", *by_kind(own))
    yield from ("", "Sound answers in four versions", *by_version(fairness()))


@click.command()
@click.option("--open", "only_open", is_flag=True, help="Leave out what is held out.")
def main(*, only_open: bool) -> None:
    """Print the report."""
    for line in report(OPEN if only_open else (*OPEN, *HELD_OUT)):
        click.echo(line)


if __name__ == "__main__":
    main()
