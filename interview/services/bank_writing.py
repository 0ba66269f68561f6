"""Bringing the database to what the files of a bank say, and writing no more than that."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from interview.formats.files import Bank
from interview.formats.native import QuestionRecord
from interview.formats.problems import BrokenBank
from interview.services import canonical
from interview.services.bank import Tally
from interview.services.likeness import write_terms
from interview.services.unit import UNSYNCED
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionTag, QuestionVersion

# A database takes only so many values in one statement.
_CHUNK = 200

T = TypeVar("T")


class BankWriter:
    """Writes the records of bank files within one transaction.

    Parameters
    ----------
    session : Session
        Open for writing.
    now : datetime
        When new rows were made.
    owner_id : int or None
        Whose new questions are; none for the installation's own.

    Attributes
    ----------
    new_versions : int
        How many versions were written so far.
    """

    def __init__(self, session: Session, now: datetime, owner_id: int | None = None) -> None:
        self._session = session
        self._now = now
        self._owner_id = owner_id
        self.new_versions = 0

    def refuse_unknown(self, bank: Bank) -> None:
        """Stop where a set names a question that neither a file nor the database has.

        Raises
        ------
        BrokenBank
            Naming each place.
        """
        known = ids_of(self._session, list(bank.unknown))
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
        slugs = [record.slug for _, record in records]
        self._free(slugs)
        kept = self._kept(slugs)
        told = {record.slug: _hash_of(topic, record) for topic, record in records}
        pairs = []
        for topic, record in records:
            question = kept.get(record.slug) or self._new_question(record.slug)
            # What was edited here since stays until the file says something new.
            if question.loaded_hash != told[record.slug]:
                _describe(question, topic, record)
                question.loaded_hash = told[record.slug]
                pairs.append((question, record))
        changed = {slug for slug, question in kept.items() if self._session.is_modified(question)}
        self._session.add_all(question for question, _ in pairs)
        self._session.flush()
        self._write_contents(pairs)
        return len(kept), len(changed)

    def _write_contents(self, pairs: Sequence[tuple[Question, QuestionRecord]]) -> None:
        """Write what some questions ask: a draft as one saved state, others as a version."""
        drafts = [pair for pair in pairs if pair[1].status == "draft"]
        for question, version in self._versions(
            [pair for pair in pairs if pair[1].status != "draft"]
        ):
            _count_up(question)
            question.current_version_id = version
        for question, record in drafts:
            question.edit_revision += 1
            self._session.add(self._draft(question, record))
        write_terms(self._session, {one.id: record.prompt for one, record in pairs})
        self._session.flush()

    def _draft(self, question: Question, record: QuestionRecord) -> QuestionDraft:
        return QuestionDraft(
            question_id=question.id,
            revision=question.edit_revision,
            content=content_of(question.topic, question.audience, record),
            author_id=self._owner_id,
            saved_at=self._now,
        )

    def _free(self, slugs: Sequence[str]) -> None:
        """Have a person's questions give way where a file brings the same names.

        Nobody finds a question by its slug but files, and theirs must not change what somebody
        else has written.
        """
        theirs = sa.and_(
            Question.slug.in_(slugs), Question.owner_id.is_distinct_from(self._owner_id)
        )
        for row in self._session.execute(sa.select(Question.id, Question.slug).where(theirs)).all():
            change = sa.update(Question).where(Question.id == row.id)
            self._session.execute(
                change.values(slug=f"{row.slug}-{row.id}"), execution_options=UNSYNCED
            )

    def _kept(self, slugs: Sequence[str]) -> dict[str, Question]:
        query = sa.select(Question).options(selectinload(Question.tags))
        found = self._session.scalars(query.where(Question.slug.in_(slugs)))
        return {question.slug: question for question in found}

    def _new_question(self, slug: str) -> Question:
        return Question(
            slug=slug,
            owner_id=self._owner_id,
            audience="everyone" if self._owner_id is None else "owner",
            edit_revision=0,
            created_at=self._now,
            tags=[],
        )

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
            content_hash=canonical.version_hash(record.prompt, rubric),
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


def ids_of(session: Session, slugs: Sequence[str]) -> dict[str, int]:
    """Find the numbers of some questions, by slug."""
    found: dict[str, int] = {}
    for some in _chunks(slugs):
        query = sa.select(Question.slug, Question.id).where(Question.slug.in_(some))
        found.update((slug, id_) for slug, id_ in session.execute(query))
    return found


def _count_up(question: Question) -> None:
    """Have whoever has a question open learn that a file changed it; what they saved stays."""
    was_asked = question.current_version_id is not None
    if was_asked and question.edit_revision == question.published_revision:
        question.edit_revision = Question.edit_revision + 1
        question.published_revision = Question.published_revision + 1


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def _hash_of(topic: str, record: QuestionRecord) -> str:
    """Name what a file says of a question, its topic included."""
    told = record.model_dump(mode="json", by_alias=True)
    return canonical.content_hash({**told, "topic": topic})


def content_of(topic: str, audience: str, record: QuestionRecord) -> dict[str, Any]:
    """Give a record as the content of a draft; see `QuestionDraft`."""
    told = record.model_dump(mode="json", by_alias=True, exclude={"slug", "status", "topic"})
    return {**told, "topic": topic, "audience": audience}


def _describe(question: Question, topic: str, record: QuestionRecord) -> None:
    """Bring a question to what its record says; what is equal stays untouched."""
    question.topic = topic
    # Who retired a question here meant it, whatever a newer file says.
    if question.status != "retired":
        question.status = record.status
    question.prompt = record.prompt
    question.difficulty = record.difficulty
    question.target_seconds = record.target_seconds
    question.sources = [source.model_dump() for source in record.sources]
    question.samples = [sample.model_dump() for sample in record.samples]
    valid = record.valid_for
    question.valid_for = valid.model_dump(by_alias=True) if valid else None
    question.last_verified = record.last_verified
    kept = {tag.tag: tag for tag in question.tags}
    if kept.keys() != set(record.tags):
        question.tags = [kept.get(tag) or QuestionTag(tag=tag) for tag in record.tags]
