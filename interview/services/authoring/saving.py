"""Saving what was typed: every saved state is kept, and no one overwrites another's."""

from datetime import datetime
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.audit import Change
from interview.services.authoring.access import question_for
from interview.services.authoring.checking import check_audience
from interview.services.authoring.content import kept_of, slug_of
from interview.services.authoring.reading import working
from interview.services.authoring.records import Content, Stale
from interview.services.likeness import write_terms
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import bank_reads
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question

_SLUG_LENGTH = 50
_SUBJECT_LENGTH = 100


def make(person: Principal, content: Content, now: datetime, **details: Any) -> int:
    """Make a question of somebody's own, as a draft.

    Parameters
    ----------
    **details
        What there is to say about where it comes from; see `Change.details`.

    Returns
    -------
    int
        The question.

    Raises
    ------
    Unfit
        When it asks for an audience that the person may not choose.
    """
    check_audience(person, None, content)
    with write() as session:
        question_id = _insert(session, person, content, now)
        write_draft(session, person, question_id, 1, content, now)
        told = Change("question.made", subject_of(content), details=details)
        audit.note(session, person, told, now)
    return question_id


def _insert(session: Session, person: Principal, content: Content, now: datetime) -> int:
    name = slug_of(content["prompt"], _SLUG_LENGTH) or "question"
    row = {
        **drafted(content),
        "slug": f"{name}-{token_hex(4)}",
        "owner_id": person.id,
        "audience": "owner",
        "status": "draft",
        "edit_revision": 1,
        "published_revision": 0,
        "created_at": now,
    }
    question_id = session.execute(
        sa.insert(Question).values(row).returning(Question.id)
    ).scalar_one()
    bank_reads.write_tags(session, question_id, content["tags"])
    return question_id


def drafted(content: Content) -> dict[str, Any]:
    """The columns of a question that was never published: whom it is for counts once it is."""
    return {name: value for name, value in kept_of(content).items() if name != "audience"}


def save(person: Principal, question_id: int, seen: int, content: Content, now: datetime) -> int:
    """Keep a state of a question; what is published stays as it is.

    Parameters
    ----------
    seen : int
        The revision that the page was opened with.

    Returns
    -------
    int
        The revision now: the same where nothing was changed.

    Raises
    ------
    NotFound, Unfit, Stale
        Nothing is written then.
    """
    row = question_for(person, question_id, to_edit=True)
    check_audience(person, row, content)
    if row.edit_revision == seen and working(person, row)[1] == content:
        return seen
    with write() as session:
        is_draft = claim(session, question_id, seen)
        values = drafted(content) if is_draft else {"prompt": content["prompt"]}
        session.execute(sa.update(Question).where(Question.id == question_id).values(values))
        if is_draft:
            bank_reads.write_tags(session, question_id, content["tags"])
        write_draft(session, person, question_id, seen + 1, content, now)
    return seen + 1


def claim(session: Session, question_id: int, seen: int, step: int = 1) -> bool:
    """Take a question from one revision to the next; only one of two writers can.

    Returns
    -------
    bool
        Whether it is a draft still.

    Raises
    ------
    Stale
        When it is no longer at that revision.
    """
    taken = session.execute(
        sa.update(Question)
        .where(Question.id == question_id, Question.edit_revision == seen)
        .values(edit_revision=seen + step)
        .returning(Question.current_version_id)
    ).first()
    if taken is None:
        raise Stale
    return taken.current_version_id is None


def write_draft(
    session: Session,
    person: Principal,
    question_id: int,
    revision: int,
    content: Content,
    now: datetime,
) -> None:
    """Add a saved state, and note by which words the question is found."""
    row = {
        "question_id": question_id,
        "revision": revision,
        "content": content,
        "author_id": person.id,
        "saved_at": now,
    }
    session.execute(sa.insert(QuestionDraft).values(row))
    write_terms(session, {question_id: content["prompt"]})


def subject_of(content: Content) -> str:
    """Name a question in the log: how its prompt begins."""
    words = " ".join(content["prompt"].split())
    return words[:_SUBJECT_LENGTH] or "A question without words"
