"""Files of questions on their way into the bank: read first, then imported or dropped."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class Import(Model):
    """One file that somebody uploaded or pasted, and how far it has come.

    Attributes
    ----------
    name : str
        Of the file, as its format is partly told by it.
    settings : dict
        What was chosen: ``format`` (empty to have it found out), ``topic``, ``tags``,
        ``set_title`` (empty for none).
    content : bytes
        The file; emptied once it was imported or dropped.
    state : str
        ``waiting`` to be read, ``reading``, ``read`` (its items can be looked at),
        ``accepted`` (waiting to be written), ``writing``, ``done``, ``failed`` or ``dropped``.
    progress, total : int
        Items that the last stage went through; how far one is that is worked on, says its job.
    summary : dict
        ``format``, ``made``, ``errors``, ``warnings``, ``duplicates``, ``problems`` (of the
        whole file) and, when done, ``set_id``.
    """

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    settings: Mapped[dict[str, Any]]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'reading', 'read', 'accepted', 'writing', 'done', 'failed',"
            " 'dropped')",
            name="state",
        ),
        Index("ix_imports_owner", "owner_id", "id"),
        Index("ix_imports_state", "state", "id"),
    )


class ImportItem(Model):
    """One question that was found in a file, for the page that shows what will be made.

    Attributes
    ----------
    position : int
        From 1, in the order of the file.
    line : int
        Where it begins, from 1.
    outcome : str
        ``ready``, ``draft``, ``duplicate`` (the same is in the bank already; it is left out)
        or ``error`` (it cannot be imported, and then nothing is).
    preview : dict
        ``answer`` (how the first reference begins), ``key_points``, ``derived``,
        ``misconceptions``, ``samples``: numbers.
    notices : list of dict
        ``kind`` (error or warning), ``line``, ``message``.
    question_id : int or None
        What was made of it, or, of a duplicate, the question that is there already.
    """

    __tablename__ = "import_items"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    prompt: Mapped[str]
    outcome: Mapped[str]
    preview: Mapped[dict[str, Any]]
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"))

    __table_args__ = (
        CheckConstraint("outcome IN ('ready', 'draft', 'duplicate', 'error')", name="outcome"),
        Index("ix_import_items_outcome", "import_id", "outcome", "position"),
        Index("ix_import_items_question", "question_id"),
    )
