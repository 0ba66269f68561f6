"""Bringing the database to what the files of a bank say, and writing no more than that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from interview.formats.files import Bank
from interview.formats.native import QuestionRecord, SetRecord
from interview.formats.problems import BrokenBank
from interview.services import canonical
from interview.services.bank import Tally
from interview.store.bank import (
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionTag,
    QuestionVersion,
)

# A database takes only so many values in one statement.
_CHUNK = 200

T = TypeVar("T")


def content_hash(prompt: str, rubric: Mapping[str, Any]) -> str:
    """Name the content of a question version.

    Parameters
    ----------
    prompt : str
        Markdown.
    rubric : mapping
        JSON-safe: references, key points and misconceptions.

    Returns
    -------
    str
        See `canonical.content_hash`.
    """
    return canonical.content_hash({"prompt": prompt, "rubric": rubric})


class BankWriter:
    """Writes the records of bank files within one transaction.

    Parameters
    ----------
    session : Session
        Open for writing.
    now : datetime
        When new rows were made.

    Attributes
    ----------
    new_versions : int
        How many versions were written so far.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self.new_versions = 0

    def refuse_unknown(self, bank: Bank) -> None:
        """Stop where a set names a question that neither a file nor the database has.

        Raises
        ------
        BrokenBank
            Naming each place.
        """
        known = self._ids_of(list(bank.unknown))
        missing = [one for slug, all_ in bank.unknown.items() if slug not in known for one in all_]
        if missing:
            raise BrokenBank(missing)

    def write_questions(self, records: Sequence[tuple[str, QuestionRecord]]) -> Tally:
        """Write questions, each with its topic, where they differ from what is kept."""
        tally = Tally()
        for some in _chunks(records):
            kept, changed = self._write_chunk(some)
            tally.added += len(some) - kept
            tally.changed += changed
            tally.unchanged += kept - changed
        return tally

    def _write_chunk(self, records: Sequence[tuple[str, QuestionRecord]]) -> tuple[int, int]:
        """Write some questions; say how many were kept before, and how many of those changed."""
        kept = self._kept([record.slug for _, record in records])
        pairs = []
        for topic, record in records:
            question = kept.get(record.slug) or self._new_question(record.slug)
            _describe(question, topic, record)
            pairs.append((question, record))
        changed = {slug for slug, question in kept.items() if self._session.is_modified(question)}
        self._session.add_all(question for question, _ in pairs)
        self._session.flush()
        for question, version in self._versions(pairs):
            if question.current_version_id != version:
                question.current_version_id = version
                changed.add(question.slug)
        self._session.flush()
        return len(kept), len(changed & kept.keys())

    def _kept(self, slugs: Sequence[str]) -> dict[str, Question]:
        query = sa.select(Question).options(selectinload(Question.tags))
        found = self._session.scalars(query.where(Question.slug.in_(slugs)))
        return {question.slug: question for question in found}

    def _new_question(self, slug: str) -> Question:
        return Question(slug=slug, status="ready", created_at=self._now, tags=[])

    def _versions(
        self, pairs: Iterable[tuple[Question, QuestionRecord]]
    ) -> Iterator[tuple[Question, int]]:
        """Find the version of each question that holds its content, or write one."""
        wanted = {question: self._version(question, record) for question, record in pairs}
        kept = self._kept_versions(wanted.values())
        new = [one for one in wanted.values() if (one.question_id, one.content_hash) not in kept]
        self._session.add_all(new)
        self._session.flush()
        self.new_versions += len(new)
        for question, one in wanted.items():
            yield question, kept.get((one.question_id, one.content_hash)) or one.id

    def _version(self, question: Question, record: QuestionRecord) -> QuestionVersion:
        rubric = record.rubric()
        return QuestionVersion(
            question_id=question.id,
            content_hash=content_hash(record.prompt, rubric),
            prompt=record.prompt,
            rubric=rubric,
            created_at=self._now,
        )

    def _kept_versions(self, wanted: Iterable[QuestionVersion]) -> dict[tuple[int, str], int]:
        wanted = list(wanted)
        rows = self._session.execute(
            sa.select(
                QuestionVersion.question_id, QuestionVersion.content_hash, QuestionVersion.id
            ).where(
                QuestionVersion.question_id.in_([one.question_id for one in wanted]),
                QuestionVersion.content_hash.in_([one.content_hash for one in wanted]),
            )
        )
        return {(question_id, digest): id_ for question_id, digest, id_ in rows}

    def write_sets(self, records: Iterable[SetRecord]) -> Tally:
        """Write sets, and the order of their questions, where they differ."""
        tally = Tally()
        for record in records:
            kept, changed = self._write_set(record)
            tally.added += not kept
            tally.changed += kept and changed
            tally.unchanged += kept and not changed
        return tally

    def _write_set(self, record: SetRecord) -> tuple[bool, bool]:
        """Write a set; say whether it was kept before, and whether it changed."""
        kept = self._session.scalar(sa.select(QuestionSet).where(QuestionSet.slug == record.slug))
        one = kept or QuestionSet(slug=record.slug)
        one.title, one.description = record.title, record.description
        one.study, one.updated = record.study, record.updated
        changed = self._session.is_modified(one)
        self._session.add(one)
        self._session.flush()
        ids = self._ids_of(record.questions)
        reordered = self._put_items(one.id, [ids[slug] for slug in record.questions])
        return kept is not None, changed or reordered

    def _put_items(self, set_id: int, questions: Sequence[int]) -> bool:
        """Make these the questions of a set, in this order; say whether they were others."""
        items = QuestionSetItem
        kept = self._session.scalars(
            sa.select(items.question_id).where(items.set_id == set_id).order_by(items.position)
        )
        if list(kept) == list(questions):
            return False
        self._session.execute(sa.delete(items).where(items.set_id == set_id))
        rows = [
            {"set_id": set_id, "position": position, "question_id": question}
            for position, question in enumerate(questions, start=1)
        ]
        self._session.execute(sa.insert(items), rows)
        return True

    def _ids_of(self, slugs: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in _chunks(slugs):
            query = sa.select(Question.slug, Question.id).where(Question.slug.in_(some))
            found.update((slug, id_) for slug, id_ in self._session.execute(query))
        return found


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _describe(question: Question, topic: str, record: QuestionRecord) -> None:
    """Bring a question to what its record says; what is equal stays untouched."""
    question.topic = topic
    question.difficulty = record.difficulty
    question.target_seconds = record.target_seconds
    question.sources = [source.model_dump() for source in record.sources]
    question.valid_for = record.valid_for.model_dump(by_alias=True)
    question.last_verified = record.last_verified
    kept = {tag.tag: tag for tag in question.tags}
    if kept.keys() != set(record.tags):
        question.tags = [kept.get(tag) or QuestionTag(tag=tag) for tag in record.tags]
