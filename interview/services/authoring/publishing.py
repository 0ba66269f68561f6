"""Having a question asked as it is now: only one that can be trusted, or with a reason."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services import audit
from interview.services.audit import REASON_LIMIT, Change
from interview.services.authoring.access import question_for
from interview.services.authoring.checking import check_audience, lacking
from interview.services.authoring.content import hash_of, kept_of, rubric_data
from interview.services.authoring.judging import Complaint, complaints
from interview.services.authoring.reading import working
from interview.services.authoring.records import Content, Problem, Stale, Standing, Unfit
from interview.services.authoring.saving import claim, make, subject_of, write_draft
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import bank_reads
from interview.store.bank import Question, QuestionVersion

LONG_REASON = f"A reason can have at most {REASON_LIMIT} characters."


class NotTrusted(Exception):
    """The question does not tell right from wrong, and no reason was given; nothing was written.

    Attributes
    ----------
    complaints : tuple of Complaint
        What keeps it from that.
    """

    def __init__(self, found: tuple[Complaint, ...]) -> None:
        self.complaints = found
        super().__init__("; ".join(one.words for one in found))


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing.

    Attributes
    ----------
    version_id, number : int
        Of the version that is asked now.
    is_new : bool
        Whether that version was written now; the same content has one version.
    is_changed : bool
        Whether anything was different from what was asked before.
    """

    question_id: int
    version_id: int
    number: int
    is_new: bool
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be published, once it is known to be fit.

    Attributes
    ----------
    seen : int
        The revision that it was made from.
    reason : str
        Why it shall be asked although it does not tell right from wrong; empty for none.
    is_saved : bool
        Whether that revision is the content already.
    status : str
        Of the question from then on.
    told : dict
        What the log shall say besides; see `Change.details`.
    """

    person: Principal
    question_id: int
    seen: int
    content: Content
    reason: str
    is_saved: bool = False
    status: str = "ready"
    told: dict[str, Any] = field(default_factory=dict)


def review(person: Principal, question_id: int | None, content: Content) -> tuple[Complaint, ...]:
    """Say what would keep a question from being published, and write nothing.

    Parameters
    ----------
    question_id : int or None
        None for one that was never saved.

    Raises
    ------
    NotFound, Unfit
        When it is not the person's, or lacks something.
    """
    row = question_for(person, question_id, to_edit=True) if question_id is not None else None
    check_audience(person, row, content)
    if problems := tuple(lacking(content)):
        raise Unfit(problems)
    return complaints(content)


def publish(
    person: Principal,
    question_id: int | None,
    seen: int,
    content: Content,
    reason: str,
    now: datetime,
) -> Publication:
    """Have a question asked as it was typed.

    Parameters
    ----------
    question_id : int or None
        None for one that was never saved: it is made first.
    seen : int
        The revision that the page was opened with.
    reason : str
        Why it shall be asked although it does not tell right from wrong; empty for none.

    Raises
    ------
    NotFound, Unfit, NotTrusted, Stale
        Nothing is written then.
    """
    why = checked(reason, review(person, question_id, content))
    if question_id is None:
        question_id, seen = make(person, content, now), 1
    row = question_for(person, question_id, to_edit=True)
    standing, kept = working(person, row)
    if standing.revision != seen:
        raise Stale
    wish = Wish(person, question_id, seen, content, why, is_saved=kept == content)
    if wish.is_saved and standing.version_id is not None and _is_asked(standing):
        kept_version = (standing.version_id, standing.version)
        return Publication(question_id, *kept_version, is_new=False, is_changed=False)
    with write() as session:
        return publish_in(session, wish, now)


def checked(reason: str, found: tuple[Complaint, ...]) -> str:
    """Read the reason, where complaints make one needed.

    Raises
    ------
    NotTrusted, Unfit
        When there is none then, or it is too long.
    """
    why = clean(reason).text.strip()
    if not found:
        return ""
    if not why:
        raise NotTrusted(found)
    if len(why) > REASON_LIMIT:
        raise Unfit([Problem("reason", LONG_REASON)])
    return why


def _is_asked(standing: Standing) -> bool:
    return standing.status == "ready" and bool(standing.version) and not standing.is_changed


def publish_in(session: Session, wish: Wish, now: datetime) -> Publication:
    """Publish within a transaction, once `complaints` were heard.

    Raises
    ------
    Stale
        When the question is no longer at the revision that was seen.
    """
    step = 0 if wish.is_saved else 1
    claim(session, wish.question_id, wish.seen, step)
    revision = wish.seen + step
    if step:
        write_draft(session, wish.person, wish.question_id, revision, wish.content, now)
    version_id, is_new = _version(session, wish, now)
    values = {
        **kept_of(wish.content),
        "status": wish.status,
        "published_revision": revision,
        "current_version_id": version_id,
    }
    session.execute(sa.update(Question).where(Question.id == wish.question_id).values(values))
    bank_reads.write_tags(session, wish.question_id, wish.content["tags"])
    number = bank_reads.count_until(session, wish.question_id, version_id)
    told = {"version": number, "samples": len(wish.content["samples"]), **wish.told}
    change = Change(
        "question.published", subject_of(wish.content), details=told, reason=wish.reason
    )
    audit.note(session, wish.person, change, now)
    return Publication(wish.question_id, version_id, number, is_new, is_changed=True)


def _version(session: Session, wish: Wish, now: datetime) -> tuple[int, bool]:
    """Find the version that has this content, or write one; say whether it is new."""
    name = hash_of(wish.content)
    kept = bank_reads.version_with(session, wish.question_id, name)
    if kept is None:
        return make_version(session, wish, name, now), True
    # The reason is of the last time that it was published; prompt and rubric never change.
    again = sa.update(QuestionVersion).where(QuestionVersion.id == kept)
    session.execute(again.values(reason=wish.reason))
    return kept, False


def make_version(session: Session, wish: Wish, name: str, now: datetime) -> int:
    """Write a version under a name that the question has none of yet, and have nobody asked it."""
    row = {
        "question_id": wish.question_id,
        "content_hash": name,
        "prompt": wish.content["prompt"],
        "rubric": rubric_data(wish.content),
        "author_id": wish.person.id,
        "reason": wish.reason,
        "created_at": now,
    }
    made = sa.insert(QuestionVersion).values(row).returning(QuestionVersion.id)
    return session.execute(made).scalar_one()
