"""Classes: who teaches them, who learns in them, and who was invited."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class Class(Model):
    """A group of learners with those who teach them.

    Attributes
    ----------
    time_zone : str
        IANA name; new assignments state their dates in it.
    join_code : str
        What a learner enters to join, while joining is open.
    """

    __tablename__ = "classes"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str]
    join_code: Mapped[str] = mapped_column(unique=True)
    joining: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class ClassGroup(Model):
    """A named part of a class; a learner is in at most one."""

    __tablename__ = "class_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    title: Mapped[str]

    __table_args__ = (UniqueConstraint("class_id", "title"),)


class ClassMember(Model):
    """One person's place in a class.

    Attributes
    ----------
    sort_name : str
        The display name in the form that lists are ordered and paged by.
    time_factor : float
        The learner's accommodation: 1.5 stretches every limit by half.
    mean_score : float or None
        Mean of the counted scores of the class's assignments, 0 to 1; none before the first.
        Kept here, so that a page of a large class adds nothing up.
    finished_count : int
        How many assignments that mean is of.
    """

    __tablename__ = "class_members"

    class_id: Mapped[int] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("class_groups.id", ondelete="SET NULL"))
    sort_name: Mapped[str]
    time_factor: Mapped[float] = mapped_column(default=1.0)
    mean_score: Mapped[float | None]
    finished_count: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("role IN ('learner', 'assistant', 'instructor')", name="role"),
        CheckConstraint("time_factor >= 1 AND time_factor <= 10", name="time_factor"),
        Index("ix_class_members_user", "user_id", "class_id"),
        Index("ix_class_members_name", "class_id", "role", "sort_name", "user_id"),
        Index("ix_class_members_mean", "class_id", "role", "mean_score", "user_id"),
    )


class ClassInvitation(Model):
    """A place in a class that waits for the person with an address to take it.

    Nobody is put into a class unasked, and an instructor does not learn from the roster
    whether an address has an account.

    Attributes
    ----------
    email : str
        In the form that accounts are found by.
    name : str
        As the roster has it; shown until the person joins.
    """

    __tablename__ = "class_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    email: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("class_groups.id", ondelete="SET NULL"))
    time_factor: Mapped[float] = mapped_column(default=1.0)
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("class_id", "email"),
        CheckConstraint("role IN ('learner', 'assistant', 'instructor')", name="role"),
        CheckConstraint("time_factor >= 1 AND time_factor <= 10", name="time_factor"),
        Index("ix_class_invitations_email", "email"),
    )
