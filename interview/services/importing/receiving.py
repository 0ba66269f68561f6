"""Taking a file in: it is kept as it came, and the worker reads it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.typed import clean
from interview.services.importing.jobs import KIND
from interview.services.importing.records import (
    LARGEST_BYTES,
    LARGEST_MB,
    MOST_TAGS,
    MOST_UNFINISHED,
    TAG_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
    Choices,
    NothingSent,
    TooLarge,
    TooMany,
)
from interview.services.jobs import queue
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.imports import Import

PASTED = "Pasted text"
_NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody sent; `name` is empty for text that was pasted."""

    content: bytes
    name: str = ""


def too_large(size: int) -> str:
    """Say that something is too large, and what to do."""
    return (
        f"This is {size / 1_000_000:.1f} MB, and a file can have {LARGEST_MB} MB. Part it into"
        " several files and import one after the other."
    )


def receive(person: Principal, upload: Upload, choices: Choices, now: datetime) -> int:
    """Keep a file for the worker to read; only who may author gets here.

    Returns
    -------
    int
        The import.

    Raises
    ------
    NothingSent, TooLarge, TooMany
        Nothing is kept then.
    """
    if not upload.content.strip():
        raise NothingSent
    if len(upload.content) > LARGEST_BYTES:
        raise TooLarge(too_large(len(upload.content)))
    with write() as session:
        unfinished = sa.select(sa.func.count(Import.id)).where(
            Import.owner_id == person.id, Import.state.not_in(("done", "dropped"))
        )
        if (session.scalar(unfinished) or 0) >= MOST_UNFINISHED:
            raise TooMany
        values = {
            "owner_id": person.id,
            "name": _line(upload.name.replace("\\", "/").rpartition("/")[2], _NAME_LIMIT) or PASTED,
            "settings": _cleaned(choices).stored(),
            "content": upload.content,
            "state": "waiting",
            "summary": {},
            "created_at": now,
        }
        made = sa.insert(Import).values(values).returning(Import.id)
        import_id = session.execute(made).scalar_one()
        queue.enqueue(session, KIND, import_id, person.id, now)
        return import_id


def _cleaned(choices: Choices) -> Choices:
    tags = dict.fromkeys(_line(tag, TAG_LIMIT) for tag in choices.tags)
    return Choices(
        format=choices.format,
        topic=_line(choices.topic, TOPIC_LIMIT),
        tags=tuple(tag for tag in tags if tag)[:MOST_TAGS],
        set_title=_line(choices.set_title, TITLE_LIMIT),
        copies=choices.copies,
    )


def _line(text: str, most: int) -> str:
    return " ".join(clean(text).text.split())[:most].strip()
