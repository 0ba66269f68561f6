"""Figures with what they are of, and from how many values on one is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from interview.grading.records import Band
from interview.rules.measures import Quartiles, histogram, mean, quartiles

ENOUGH_VALUES = 8
"""Values below which a mean, a share or quartiles are not shown.

Scores of a class commonly spread by about 0.25: the mean of 8 is then uncertain by 0.09,
about a third of a band, and each quarter holds two values.
"""

ENOUGH_PAIRS = 20
"""Pairs below which a correlation, an agreement or a bias is not shown.

With 20 pairs a correlation has to reach 0.44 to be told from none (t test, 5 %); with fewer,
what is usual for a good question could well be chance.
"""

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value and what it is of.

    Attributes
    ----------
    value : float or None
        None where the measure is undefined, since all values are alike.
    n : int
        How many values were measured.
    least : int
        How many it takes.
    """

    value: float | None
    n: int
    least: int = ENOUGH_VALUES

    @property
    def is_enough(self) -> bool:
        """Whether there are enough values to say something."""
        return self.n >= self.least

    @property
    def shown(self) -> float | None:
        """The value, if there are enough."""
        return self.value if self.is_enough else None


def share(count: int, n: int) -> Figure:
    """How many of all."""
    return Figure(count / n if n else None, n)


@dataclass(frozen=True, slots=True)
class Spread:
    """How scores lie over the scale.

    Attributes
    ----------
    tenths : tuple of int
        How many scores are in each tenth of the scale.
    bands : tuple of (str, int)
        The same by band, the lowest first.
    quartiles : Quartiles or None
        None where there are too few scores.
    """

    mean: Figure
    tenths: tuple[int, ...]
    bands: tuple[tuple[str, int], ...]
    quartiles: Quartiles | None

    @classmethod
    def of(cls, scores: Sequence[float]) -> "Spread":
        """Lay out scores from 0 to 1."""
        average = Figure(mean(scores), len(scores))
        words = [band.value for band in Band]
        return cls(
            mean=average,
            tenths=histogram(scores, TENTHS),
            bands=tuple(zip(words, histogram(scores, len(words)), strict=True)),
            quartiles=quartiles(scores) if average.is_enough else None,
        )

    @property
    def n(self) -> int:
        """How many scores."""
        return self.mean.n


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the grader agrees with people, over answers that both graded.

    Attributes
    ----------
    r : Figure
        Pearson's correlation of the scores.
    kappa : Figure
        Quadratic weighted kappa of the bands.
    bias : Figure
        Mean of the grader's score less the person's.
    table : tuple of tuple of int
        How many answers by the person's band (rows) and the grader's (columns).
    """

    r: Figure
    kappa: Figure
    bias: Figure
    table: tuple[tuple[int, ...], ...]

    @property
    def n(self) -> int:
        """How many answers."""
        return self.bias.n

    @property
    def bands(self) -> tuple[str, ...]:
        """What the rows and columns stand for."""
        return tuple(band.value for band in Band)

    @property
    def points_apart(self) -> int | None:
        """The bias in points of 100; above 0 where the grader gives more."""
        return None if self.bias.shown is None else round(100 * self.bias.shown)
