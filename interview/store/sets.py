"""Question sets that instructors make: what is being edited, and what was published."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class AuthoredSet(Model):
    """A question set as its owner edits it; assignments take one of its versions.

    Apart from the sets that ship with the bank, which anybody may practise and study: what
    an instructor makes is reached by an assignment alone.

    Attributes
    ----------
    revision : int
        Rises with every change, so that an editor in another tab is noticed.
    """

    __tablename__ = "authored_sets"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_authored_sets_owner", "owner_id", "updated_at", "id"),)


class SetSlot(Model):
    """One place of an authored set: a chosen question, or some drawn at the start.

    Attributes
    ----------
    question_version_id : int or None
        The version that a fixed slot asks; a newer one is offered, never slipped in.
    topic, tag, difficulty : str
        What a random slot draws from; empty for any.
    count : int
        How many questions it draws; 1 for a fixed slot.
    points : float
        What each of its questions is worth.
    seconds : int or None
        Its own limit per question, where the assignment limits questions at all.
    """

    __tablename__ = "set_slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("authored_sets.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str]
    question_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    topic: Mapped[str] = mapped_column(default="")
    tag: Mapped[str] = mapped_column(default="")
    difficulty: Mapped[str] = mapped_column(default="")
    count: Mapped[int] = mapped_column(default=1)
    points: Mapped[float] = mapped_column(default=1.0)
    seconds: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("kind IN ('fixed', 'random')", name="kind"),
        CheckConstraint(
            "(kind = 'fixed') = (question_version_id IS NOT NULL)", name="fixed_names_a_version"
        ),
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("count > 0", name="count"),
        Index("ix_set_slots_set", "set_id", "position"),
        Index("ix_set_slots_version", "question_version_id"),
    )


class SetVersion(Model):
    """What was published of a set, never changed once written.

    Attributes
    ----------
    number : int
        From 1, within its set.
    content_hash : str
        SHA-256 of the content: publishing the same again is the same version.
    content : dict
        ``slots`` in order, and ``bound``: random slots draw no version of a question that
        was written after it.
    question_count : int
        How many questions an attempt has.
    points : float
        What all of them are worth.
    """

    __tablename__ = "set_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("authored_sets.id", ondelete="CASCADE"))
    number: Mapped[int]
    content_hash: Mapped[str]
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    question_count: Mapped[int]
    points: Mapped[float]
    target_seconds: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("set_id", "number"),
        UniqueConstraint("set_id", "content_hash"),
    )
