"""Compiling a rubric against an idf snapshot: everything that does not depend on an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview.grading.derive import derive_points, prose_of
from interview.grading.idf import IdfSnapshot
from interview.grading.matching import Posting, Wording
from interview.grading.pooling import inherit_subject, pool
from interview.grading.reading import Reading, Readings
from interview.grading.records import KeyPoint, Misconception, Rubric
from interview.grading.relatives import Relatives
from interview.grading.subjects import rivals
from interview.grading.views import ReferenceIndex, content_terms, index_reference
from interview.grading.wordings import (
    compile_wording,
    find_aliases,
    find_joined,
    group_by_owner,
    masses_of,
    owned_readings,
    post,
    sentence_terms,
    telling_masses,
)


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """A rubric as plain dicts, ready to be compared with any number of answers.

    `anchor` is the least raw score of a reference, `enough` the match from
    which each key point is found, `alarms` the match from which a wording of a misconception is
    asserted, `telling` the postings without the terms of the question, whose share of each
    wording is `given`, and `tolerated` how far right texts seem to turn a wording round.
    """

    rubric: Rubric
    prompt: frozenset[str]
    prompt_terms: tuple[str, ...]
    points: tuple[KeyPoint, ...]
    derived: bool
    references: tuple[ReferenceIndex, ...]
    reference_terms: frozenset[tuple[str, ...]]
    wordings: tuple[Wording, ...]
    owned: tuple[tuple[int, ...], ...]
    postings: dict[str, tuple[Posting, ...]]
    telling: dict[str, tuple[Posting, ...]]
    given: tuple[float, ...]
    aliases: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[str, ...]]
    rivals: frozenset[str]
    relatives: Relatives
    anchor: float = 1.0
    enough: tuple[float, ...] = ()
    alarms: tuple[float, ...] = ()
    tolerated: tuple[float, ...] = ()


def compile_rubric(rubric: Rubric, snapshot: IdfSnapshot, texts: Readings) -> CompiledRubric:
    """Compile `rubric` against `snapshot`.

    Raises
    ------
    ValueError
        If the rubric has no reference with at least one word.
    """
    prompt = texts[rubric.prompt]
    asked = frozenset(prompt.terms[place] for place in prompt.content())
    wholes = [reading for text in sorted(set(rubric.references)) if (reading := texts[text]).terms]
    if not wholes:
        raise ValueError("a rubric needs a reference with at least one word")
    proses = [prose_of(reading) for reading in wholes]
    points = rubric.key_points or derive_points(proses)
    items: tuple[KeyPoint | Misconception, ...] = (*points, *rubric.misconceptions)
    readings = owned_readings(items, texts)
    contrasted = rivals(prompt, readings, proses)
    wordings = _compile_wordings(readings, len(points), proses, (asked, contrasted), snapshot)
    vocabulary = {term for reading in proses for term in content_terms(reading)}
    vocabulary.update(term for wording in wordings for term in wording.terms)
    postings = post(wordings)
    return CompiledRubric(
        rubric=rubric,
        prompt=asked,
        prompt_terms=tuple(prompt.terms),
        points=tuple(points),
        derived=not rubric.key_points,
        references=tuple(
            index_reference(whole, prose, asked, snapshot)
            for whole, prose in zip(wholes, proses, strict=True)
        ),
        reference_terms=frozenset(tuple(whole.terms) for whole in wholes),
        wordings=wordings,
        owned=group_by_owner(wordings, len(items)),
        postings=postings,
        telling={term: posted for term, posted in postings.items() if term not in asked},
        given=tuple(wording.weight_of(asked) for wording in wordings),
        aliases=find_aliases([*proses, *(reading for _, reading in readings)]),
        joined=find_joined(reading for _, reading in readings),
        rivals=contrasted,
        relatives=Relatives(vocabulary, postings, contrasted, snapshot.weights),
        tolerated=(0.0,) * len(wordings),
    )


def _compile_wordings(
    readings: Sequence[tuple[int, Reading]],
    points: int,
    proses: Sequence[Reading],
    question: tuple[frozenset[str], frozenset[str]],
    snapshot: IdfSnapshot,
) -> tuple[Wording, ...]:
    """Compile the wordings of `points` key points and of the misconceptions after them."""
    asked, contrasted = question
    accepted = [frozenset(reading.terms) for owner, reading in readings if owner < points]
    accepted += [terms for reading in proses for terms in sentence_terms(reading)]
    compiled = []
    for owner, reading in readings:
        strict = owner >= points
        masses = masses_of(reading, asked, snapshot)
        if strict:
            masses = telling_masses(masses, asked, snapshot, accepted)
        compiled.append(
            compile_wording(reading, contrasted, asked, masses, owner=owner, strict=strict)
        )
    return (*_of_points(compiled, points, contrasted), *(w for w in compiled if w.strict))


def _of_points(
    compiled: Sequence[Wording], points: int, contrasted: frozenset[str]
) -> Iterator[Wording]:
    """Yield the wordings of the key points, each with what it has from the others."""
    for numbers in group_by_owner(compiled, points):
        own = inherit_subject([compiled[number] for number in numbers], contrasted)
        yield from own
        yield from pool(own)
