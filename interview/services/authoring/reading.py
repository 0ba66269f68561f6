"""A question as its author goes on with it: the newest saved state, or what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from interview.services.authoring import content as contents
from interview.services.authoring.access import may_edit, question_for
from interview.services.authoring.records import Content, Edited, Standing
from interview.services.bank import tags_of
from interview.services.principals import Principal
from interview.store import bank_reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

SETS_NAMED = 20
ASKED_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Uses:
    """Where a question is asked.

    Attributes
    ----------
    study : tuple of (str, str)
        Address and title of sets to study.
    own : tuple of (int, str)
        Question sets of the reader, with their titles.
    others : int
        How many question sets of other people.
    asked : int
        In how many attempts it stands; counting stopped at `ASKED_COUNTED`.
    """

    study: tuple[tuple[str, str], ...]
    own: tuple[tuple[int, str], ...]
    others: int
    asked: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as it can be read.

    Attributes
    ----------
    content : dict
        What is asked; of a draft, what was saved.
    target : timedelta
        What a prepared candidate needs.
    """

    standing: Standing
    content: Content
    target: timedelta
    uses: Uses


def edited(person: Principal, question_id: int) -> Edited:
    """Read the newest state of a question that the person may edit.

    Raises
    ------
    NotFound
        When it is not theirs to edit.
    """
    row = question_for(person, question_id, to_edit=True)
    return Edited(*working(person, row))


def shown(person: Principal, question_id: int) -> Shown:
    """Read a question as it is asked, or the draft of one that never was.

    Raises
    ------
    NotFound
        When it is not the person's to see.
    """
    row = question_for(person, question_id)
    standing, content = working(person, row)
    if row.current_version_id is not None and standing.is_changed:
        content = published(row)
    target = timedelta(seconds=content["target_seconds"])
    return Shown(standing, content, target, _uses(person, row.id))


def asked(person: Principal, question_id: int) -> Content:
    """Read what was published of a question that the person may edit."""
    return published(question_for(person, question_id, to_edit=True))


def working(person: Principal, row: Row) -> tuple[Standing, Content]:
    """How a question stands, and its newest saved state, or what was published."""
    draft = bank_reads.draft(db.session(), row.id, row.edit_revision)
    is_changed = draft is not None and row.edit_revision > row.published_revision
    if draft is not None and is_changed:
        content = contents.of_draft(draft.content)
    else:
        content = published(row)
    return _standing(person, row, draft, is_changed=is_changed), content


def _standing(person: Principal, row: Row, draft: Row | None, *, is_changed: bool) -> Standing:
    version = row.current_version_id
    return Standing(
        id=row.id,
        slug=row.slug,
        status=row.status,
        audience=row.audience,
        owner=row.owner or "",
        is_own=row.owner_id == person.id,
        may_edit=may_edit(person, row),
        revision=row.edit_revision,
        version=bank_reads.count_until(db.session(), row.id, version) if version else 0,
        version_id=version,
        is_changed=is_changed,
        saved_at=draft.saved_at if draft else None,
        saved_by=(draft.author or "") if draft else "",
    )


def published(row: Row) -> Content:
    """What is asked of a question; only its heads where nothing ever was."""
    tags = tags_of([row.id]).get(row.id, ())
    kept = bank_reads.version(db.session(), row.id, row.current_version_id or 0)
    if kept is None:
        return contents.of_version(row, tags, row.prompt, contents.NO_RUBRIC)
    return contents.of_version(row, tags, kept.prompt, kept.rubric)


def _uses(person: Principal, question_id: int) -> Uses:
    session = db.session()
    sets: Sequence[Row] = bank_reads.authored_sets(session, question_id, ASKED_COUNTED)
    own = [(one.id, one.title) for one in sets if one.owner_id == person.id]
    study = bank_reads.study_sets(session, question_id, SETS_NAMED)
    return Uses(
        study=tuple((one.slug, one.title) for one in study),
        own=tuple(own[:SETS_NAMED]),
        others=len(sets) - len(own),
        asked=bank_reads.times_asked(session, question_id, ASKED_COUNTED),
    )
