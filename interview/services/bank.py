"""The question bank: loading it from files, and listing what it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from interview.services.attempts.records import NotFound
from interview.services.unit import write
from interview.store.bank import Question, QuestionTag, QuestionVersion
from interview.store.db import db

_PAGE = 500


@dataclass(slots=True)
class Tally:
    """How many of something were new, changed, or as they had been."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load came to.

    Attributes
    ----------
    new_versions : int
        How many prompts or rubrics had not been seen before; new questions count.
    """

    questions: Tally
    sets: Tally
    new_versions: int


@dataclass(frozen=True, slots=True)
class BankRow:
    """One question in the list of the bank."""

    slug: str
    prompt: str
    topic: str
    difficulty: str
    tags: tuple[str, ...]
    status: str


class BrokenBank(Exception):
    """The files cannot be loaded.

    Attributes
    ----------
    problems : tuple of str
        One line each: file, line, field and what is wrong there.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def load_bank(paths: Iterable[Path], now: datetime) -> Loaded:
    """Load the files of a bank, all of them or nothing.

    Loading the same files again writes nothing. Questions and sets that are in the
    database and in no file stay as they are.

    Parameters
    ----------
    paths : iterable of Path
        Files, or folders of files.
    now : datetime
        When it happens.

    Returns
    -------
    Loaded
        What was new, changed and unchanged.

    Raises
    ------
    BrokenBank
        With every problem of every file; then nothing was loaded.
    """
    # The file formats stand on pydantic and YAML, which no web process should pay for.
    from interview.formats import files, problems  # noqa: PLC0415
    from interview.services.bank_sets import write_sets  # noqa: PLC0415
    from interview.services.bank_writing import BankWriter  # noqa: PLC0415

    try:
        bank = files.read_bank(paths, now.date())
        with write() as session:
            writer = BankWriter(session, now)
            writer.refuse_unknown(bank)
            questions = writer.write_questions(bank.questions)
            sets = write_sets(session, bank.sets)
    except problems.BrokenBank as error:
        raise BrokenBank(map(str, error.problems)) from error
    return Loaded(questions, sets, writer.new_versions)


_LISTED = (
    sa.select(
        Question.id,
        Question.slug,
        sa.func.coalesce(QuestionVersion.prompt, "").label("prompt"),
        Question.topic,
        Question.difficulty,
        Question.status,
    )
    .outerjoin(QuestionVersion, QuestionVersion.id == Question.current_version_id)
    .where(Question.id > sa.bindparam("after"))
    .order_by(Question.id)
    .limit(_PAGE)
)


def list_bank() -> Iterator[BankRow]:
    """Every question of the bank, oldest first, read a page at a time."""
    after = 0
    while rows := db.session.execute(_LISTED, {"after": after}).all():
        tags = tags_of([row.id for row in rows])
        for row in rows:
            yield BankRow(
                slug=row.slug,
                prompt=row.prompt,
                topic=row.topic,
                difficulty=row.difficulty,
                tags=tags.get(row.id, ()),
                status=row.status,
            )
        after = rows[-1].id


def tags_of(question_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Read the tags of some questions, each in order; no more questions than a page has."""
    found: dict[int, tuple[str, ...]] = {}
    rows = db.session.execute(
        sa.select(QuestionTag.question_id, QuestionTag.tag)
        .where(QuestionTag.question_id.in_(list(question_ids)))
        .order_by(QuestionTag.question_id, QuestionTag.tag)
    )
    for question_id, tag in rows:
        found[question_id] = (*found.get(question_id, ()), tag)
    return found


def current_version(slug: str) -> int:
    """Find the version of a question that is asked now.

    Raises
    ------
    NotFound
        When the bank has no such question, or only a draft without content.
    """
    found = db.session.scalar(sa.select(Question.current_version_id).where(Question.slug == slug))
    if found is None:
        raise NotFound
    return found
