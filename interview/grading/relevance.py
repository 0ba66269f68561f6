"""Which sentences of an answer have to do with the question at all."""

from __future__ import annotations

from collections.abc import Container

from interview.grading.lexicon import FUNC
from interview.grading.reading import Reading
from interview.grading.relatives import SYNONYM_CREDIT, Relatives


def relevant(reading: Reading, prompt: Container[str], relatives: Relatives) -> Reading:
    """Return the sentences of an answer that share a content word with rubric or question.

    A sentence about something else neither adds to an answer nor takes from it. An answer
    without any such sentence stays as it is.
    """
    words = zip(reading.terms, reading.classes, reading.sentences, strict=True)
    kept = {
        sentence
        for term, bits, sentence in words
        if not bits & FUNC
        and (term in relatives.vocabulary or term in prompt or _is_near(term, relatives))
    }
    if not kept or len(kept) == len(set(reading.sentences)):
        return reading
    places = [place for place, sentence in enumerate(reading.sentences) if sentence in kept]
    return Reading(
        reading.text,
        [reading.terms[place] for place in places],
        [reading.classes[place] for place in places],
        [reading.parts[place] for place in places],
        [reading.starts[place] for place in places],
        [reading.ends[place] for place in places],
        [reading.sentences[place] for place in places],
        [reading.clauses[place] for place in places],
        [reading.polarity[place] for place in places],
    )


def _is_near(term: str, relatives: Relatives) -> bool:
    return any(credit >= SYNONYM_CREDIT for _, credit in relatives.of(term))
