"""Questions of the bank as a native file has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.services.authoring.content import has_word, of_draft, of_version
from interview.services.bank import tags_of
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.types import AnyRow as Row

_CHUNK = 200
_FIELDS = (
    "topic", "prompt", "difficulty", "tags", "target_seconds", "references", "key_points",
    "misconceptions", "samples", "sources", "valid_for", "last_verified",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question that is written, in one of its versions; none for what was last saved of it."""

    question_id: int
    version_id: int | None


def written(chosen: Sequence[Chosen]) -> dict[int, dict[str, Any]]:
    """Write questions as plain data.

    Returns
    -------
    dict of int to dict
        By question, as `formats.native.QuestionRecord` has it. A draft that has no prompt yet
        is left out, and of others what is not filled in.
    """
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(chosen), _CHUNK):
        some = chosen[start : start + _CHUNK]
        found.update(pair for pair in _written(some) if has_word(pair[1]["prompt"]))
    return found


def _written(chosen: Sequence[Chosen]) -> Iterator[tuple[int, dict[str, Any]]]:
    ids = [one.question_id for one in chosen]
    columns = sa.inspect(Question).columns
    rows = db.session.execute(sa.select(*columns).where(Question.id.in_(ids))).all()
    tags = tags_of(ids)
    versions = _versions([one.version_id for one in chosen if one.version_id is not None])
    drafts = _drafts([one.question_id for one in chosen if one.version_id is None])
    for row in rows:
        if row.id in versions:
            version = versions[row.id]
            content = of_version(row, tags.get(row.id, ()), version.prompt, version.rubric)
        elif row.id in drafts:
            content = _filled_in(of_draft(drafts[row.id]))
        else:
            continue
        fields = {name: content[name] for name in _FIELDS}
        yield row.id, {"slug": row.slug, "status": row.status, **fields}


def _versions(version_ids: Sequence[int]) -> dict[int, Row]:
    one = QuestionVersion
    query = sa.select(one.question_id, one.prompt, one.rubric).where(one.id.in_(version_ids))
    return {row.question_id: row for row in db.session.execute(query)}


def _drafts(question_ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    query = (
        sa.select(QuestionDraft.question_id, QuestionDraft.content)
        .join(Question, Question.id == QuestionDraft.question_id)
        .where(Question.id.in_(question_ids), QuestionDraft.revision == Question.edit_revision)
    )
    return {row.question_id: row.content for row in db.session.execute(query)}


def _filled_in(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out what an author has begun and not written yet: no reader would take it."""
    valid = content["valid_for"] or {}
    return {
        **content,
        "references": [text for text in content["references"] if has_word(text)],
        "key_points": _whole(content["key_points"], "id", "text"),
        "misconceptions": _whole(content["misconceptions"], "id", "text", "feedback"),
        "samples": _whole(content["samples"], "text"),
        "sources": _whole(content["sources"], "title", "url"),
        "valid_for": valid if valid and all(map(has_word, valid.values())) else None,
    }


def _whole(items: Sequence[Mapping[str, Any]], *names: str) -> list[Mapping[str, Any]]:
    return [one for one in items if all(has_word(one.get(name) or "") for name in names)]
