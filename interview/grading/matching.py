"""What is matched: wordings, the scene of an answer, and how much of a wording it says.

A wording is a key point's text or phrasing, or a misconception's. Its terms carry weights
that sum to 1, in a pool of wordings to more. A term that the answer says under the opposite
polarity, or of another subject, counts against the wording and not for it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# Words in a row that a wording of n terms may be spread over: the first plus n times the second.
WINDOW = (8, 3)
STRICT_WINDOW = (4, 2)
EPSILON = 1e-12

# For each term of a rubric: the places of an answer that say it, each with its credit.
Said = Mapping[str, Sequence[tuple[int, float]]]
# A wording and the weight that a term has in it.
Posting = tuple[int, float]


class Match(NamedTuple):
    """How much of a wording the best stretch of an answer says, and where (word positions).

    `agreed` is the share said as the wording says it; `opposed` is the largest share of one
    sentence that says the wording with some of its terms the other way round, `against` the
    part of it that is the other way round, and `turned` the places and weights of that part.
    """

    agreed: float
    start: int
    end: int
    opposed: float
    against: float
    opposed_start: int
    opposed_end: int
    turned: tuple[tuple[int, float], ...] = ()


NO_MATCH = Match(0.0, 0, 0, 0.0, 0.0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wording:
    """One accepted or mistaken wording, compiled.

    Parameters
    ----------
    owner : int
        Index of the key point or misconception that it belongs to.
    terms : tuple of str
        Distinct content terms in order.
    weights : tuple of float
        One per term, summing to 1; to more in a pool.
    polarity : tuple of int
        One per term: 1 said, -1 denied, 0 undecided.
    subjects : tuple of (str or None)
        The rival that each term is said of.
    strict : bool
        Whether it has to be said in one sentence, closer together (a misconception).
    contraries : frozenset of str
        For a strict wording, terms that say the opposite of one of its terms.
    nominal : bool
        Whether it is a mere noun phrase, which a list of keywords can say in full.
    window : int
        The longest stretch, in words, that is read as one saying of the wording.
    denies : bool
        Whether the wording says that something is not so.
    """

    owner: int
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    polarity: tuple[int, ...]
    subjects: tuple[str | None, ...]
    strict: bool
    contraries: frozenset[str]
    nominal: bool
    window: int
    denies: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "denies", min(self.polarity) < 0)

    def weight_of(self, terms: Container[str]) -> float:
        """Return the share of the wording that `terms` make up."""
        return sum(w for t, w in zip(self.terms, self.weights, strict=True) if t in terms)


@dataclass(frozen=True, slots=True)
class Scene:
    """What matching needs to know of each word of an answer.

    Parameters
    ----------
    polarity, subjects, clauses : sequence
        One entry per word.
    denying : frozenset of int
        The clauses that hold a negation or an undecided verb.
    calm : bool
        Whether nothing is denied and nothing is said of a rival, so that all hits agree.
    sentences : sequence of int
        For each word, the first word of its sentence.
    floors : sequence of int
        For each word, the first word of the sentence before its own.
    """

    polarity: Sequence[int]
    subjects: Sequence[str | None]
    clauses: Sequence[int]
    denying: frozenset[int]
    calm: bool
    sentences: Sequence[int]
    floors: Sequence[int]
