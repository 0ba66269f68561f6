"""What becomes of a question from a file: one that can be asked, or a draft, and why."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interview.formats.native import KeyPointRecord, QuestionRecord
from interview.grading.derive import derive_points, prose_of
from interview.grading.reading import read
from interview.services.authoring.content import has_word
from interview.services.authoring.judging import complaints
from interview.services.bank_writing import content_of

MOST_DERIVED = 12

_LONGEST = 20_000
_MOST_FINDINGS = 3


class Fate(NamedTuple):
    """A record as it is to be written, and why it is only a draft; empty where it is ready."""

    record: QuestionRecord
    reason: str


def fate_of(record: QuestionRecord) -> Fate:
    """Say what can be made of a question.

    Returns
    -------
    Fate
        Ready where the file says so, its key points are its author's, and its samples show
        that right answers score above wrong ones; else a draft. One that has no key points
        gets some that are taken from its answer.
    """
    reasons = list(_lacks(record))
    if not record.key_points:
        points = derived_points(record.references)
        record = record.model_copy(update={"key_points": points})
    if not reasons:
        reasons = list(_doubts(record))
    if not reasons:
        return Fate(record, "")
    return Fate(record.model_copy(update={"status": "draft"}), "; ".join(reasons))


def derived_points(references: Sequence[str]) -> list[KeyPointRecord]:
    """Take key points from the sentences of the longest reference; they wait for an author."""
    if not any(map(has_word, references)):
        return []
    points = derive_points([prose_of(read(text)) for text in references])
    return [
        KeyPointRecord(id=f"derived-{place}", text=point.text[:_LONGEST], derived=True)
        for place, point in enumerate(points[:MOST_DERIVED], start=1)
        if has_word(point.text)
    ]


def _lacks(record: QuestionRecord) -> Iterator[str]:
    if record.status == "retired":
        yield "the file calls it retired"
    elif record.status == "draft" and record.references:
        yield "the file calls it a draft"
    if not record.references:
        yield "it has no answer"
        return
    derived = sum(point.derived for point in record.key_points)
    if not record.key_points:
        yield "it has no key points, so that they were taken from its answer"
    elif derived:
        yield f"{derived} of its key points were taken from its answer"
    if not record.samples:
        yield "it has no sample answers"


def _doubts(record: QuestionRecord) -> Iterator[str]:
    """What is found when its own samples are graded."""
    content = content_of(record.topic or "", "owner", record)
    for one in complaints(content)[:_MOST_FINDINGS]:
        yield f"{one.words[0].lower()}{one.words[1:]}".rstrip(".")
