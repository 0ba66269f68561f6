"""Adding a wording to a key point: for everybody, or for one assignment alone.

Where the person may change the question for everybody, and what is asked now has the prompt
and the key point of the contested answer, the wording becomes part of what is asked. Else a
version of its own is made, which nobody is asked: the assignment grades by it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.appeals.wordings import (
    check,
    has_point,
    phrasings_of,
    with_wording,
    wordings_of,
)
from interview.services.authoring import content as contents
from interview.services.authoring import publishing
from interview.services.authoring.access import may_edit
from interview.services.authoring.content import hash_of
from interview.services.authoring.judging import Complaint, complaints
from interview.services.authoring.publishing import Wish
from interview.services.authoring.reading import published
from interview.services.authoring.records import Content, Stale
from interview.services.authoring.saving import claim, write_draft
from interview.services.bank import tags_of
from interview.services.principals import Principal
from interview.store import appealing, bank_reads
from interview.store.bank import APART, Question
from interview.store.db import db
from interview.store.types import AnyRow as Row

_QUESTION = sa.select(*sa.inspect(Question).columns)


@dataclass(frozen=True, slots=True)
class Widening:
    """A key point that a wording can be added to.

    Attributes
    ----------
    shown_id, serving_id : int
        The version that learners of the assignment are shown, and the one by whose rubric
        they are graded, or will be once a regrade on its way is through.
    serving : dict
        The content of that one.
    asked : dict or None
        What is asked now, where the wording becomes part of it; None where it serves the
        assignment alone.
    asked_id : int or None
        The version of what is asked now.
    is_apart : bool
        Whether the assignment needs a version of its own: where the wording serves it alone,
        and where it counts wordings already that are not part of what is asked.
    draft : dict or None
        What somebody saved of the question and has not published.
    seen : int
        The revision that the question was at.
    owner_id : int or None
        Whose question it is.
    """

    question_id: int
    assignment_id: int
    point_id: str
    shown_id: int
    serving_id: int
    serving: Content
    asked: Content | None
    asked_id: int | None
    is_apart: bool
    draft: Content | None
    seen: int
    status: str
    owner_id: int | None

    @property
    def for_everybody(self) -> bool:
        """Whether the wording becomes part of what is asked."""
        return self.asked is not None

    @property
    def phrasings(self) -> tuple[str, ...]:
        """What counts as the key point besides its own sentence."""
        return phrasings_of(self.asked or self.serving, self.point_id)


def widening_of(person: Principal, appeal: Row) -> Widening | None:
    """Find out to what the wording of an appeal can be added.

    Returns
    -------
    Widening or None
        None where the key point is not the rubric's own, or no longer.
    """
    session = db.session()
    serving_id = _serving(session, appeal.assignment_id, appeal.shown_version_id)
    version = bank_reads.version(session, appeal.question_id, serving_id)
    question = session.execute(_QUESTION.where(Question.id == appeal.question_id)).one()
    tags = tags_of([question.id]).get(question.id, ())
    if version is None:
        return None
    serving = contents.of_version(question, tags, version.prompt, version.rubric)
    if not has_point(serving, appeal.point_id):
        return None
    alone = Widening(
        question_id=question.id,
        assignment_id=appeal.assignment_id,
        point_id=appeal.point_id,
        shown_id=appeal.shown_version_id,
        serving_id=serving_id,
        serving=serving,
        asked=None,
        asked_id=question.current_version_id,
        is_apart=True,
        draft=None,
        seen=question.edit_revision,
        status=question.status,
        owner_id=question.owner_id,
    )
    return _for_everybody(person, question, alone) or alone


def _serving(session: Session, assignment_id: int, shown_id: int) -> int:
    named = {"assignment": assignment_id, "shown": shown_id}
    on_its_way = session.scalar(appealing.PENDING, named)
    return on_its_way or session.scalar(appealing.IN_FORCE, named) or shown_id


def _for_everybody(person: Principal, question: Row, alone: Widening) -> Widening | None:
    # Who teaches a class need not write questions; the installation's are everybody's.
    is_common = question.owner_id is None and person.is_author
    if question.current_version_id is None or not (may_edit(person, question) or is_common):
        return None
    asked = published(question)
    if asked["prompt"] != alone.serving["prompt"] or not has_point(asked, alone.point_id):
        return None
    is_apart = _would_lose(alone, asked)
    return replace(alone, asked=asked, is_apart=is_apart, draft=_unpublished(question))


def _would_lose(alone: Widening, asked: Content) -> bool:
    """Whether the assignment counts wordings, accepted earlier, that what is asked has not."""
    named = {"assignment": alone.assignment_id, "question": alone.question_id}
    rows = db.session.execute(appealing.WORDINGS, named)
    accepted = {(row.point_id, row.wording) for row in rows}
    return bool(accepted & wordings_of(alone.serving) - wordings_of(asked))


def _unpublished(question: Row) -> Content | None:
    if question.edit_revision <= question.published_revision:
        return None
    draft = bank_reads.draft(db.session(), question.id, question.edit_revision)
    return contents.of_draft(draft.content) if draft else None


def heard(widening: Widening, wording: str) -> tuple[Complaint, ...]:
    """See that a wording can be added, and say what keeps the question from being trusted then.

    Raises
    ------
    Undecidable
        Saying what is wrong with the wording.
    """
    parts = (widening.asked, widening.serving if widening.is_apart else None)
    touched = [one for one in parts if one is not None]
    check(wording, widening.point_id, *touched, widening.serving)
    return complaints(with_wording(touched[0], widening.point_id, wording))


def widen_in(
    session: Session,
    person: Principal,
    widening: Widening,
    wording: str,
    reason: str,
    now: datetime,
) -> int:
    """Add a wording within a transaction, once `heard` was listened to.

    Parameters
    ----------
    reason : str
        Why it is added although the question does not tell right from wrong then.

    Returns
    -------
    int
        The version that the assignment is to be graded by.

    Raises
    ------
    Stale
        When the question, or what the assignment is graded by, is another since `widening_of`.
    """
    if _serving(session, widening.assignment_id, widening.shown_id) != widening.serving_id:
        raise Stale
    number, point_id = widening.question_id, widening.point_id
    asked_id = 0
    if widening.asked is not None:
        content = with_wording(widening.asked, point_id, wording)
        told = {"wording": wording}
        wish = Wish(person, number, widening.seen, content, reason, False, widening.status, told)
        asked_id = _publish(session, widening, wish, now)
    if not widening.is_apart:
        return asked_id
    content = with_wording(widening.serving, point_id, wording)
    return _make_apart(session, widening, Wish(person, number, 0, content, reason), now)


def _publish(session: Session, widening: Widening, wish: Wish, now: datetime) -> int:
    """Publish a wording, and put what somebody was writing, with the wording, above it."""
    if wish.content == widening.asked and widening.asked_id is not None:
        return widening.asked_id
    made = publishing.publish_in(session, wish, now)
    if widening.draft is not None:
        draft = with_wording(widening.draft, widening.point_id, wish.told["wording"])
        claim(session, wish.question_id, wish.seen + 1)
        own = sa.update(Question).where(Question.id == wish.question_id)
        session.execute(own.values(prompt=draft["prompt"]))
        write_draft(session, wish.person, wish.question_id, wish.seen + 2, draft, now)
    return made.version_id


def _make_apart(session: Session, widening: Widening, wish: Wish, now: datetime) -> int:
    # Two who decide may make the same version of a question at the same moment.
    held = sa.select(Question.id).where(Question.id == wish.question_id).with_for_update()
    session.execute(held)
    name = f"{APART}{widening.assignment_id}-{hash_of(wish.content)}"
    kept = bank_reads.version_with(session, wish.question_id, name)
    return kept or publishing.make_version(session, wish, name, now)
