"""Putting a question away, and taking it up again; what uses it stays as it is."""

from datetime import datetime

import sqlalchemy as sa

from interview.services import audit
from interview.services.audit import Change
from interview.services.authoring.access import question_for
from interview.services.authoring.saving import subject_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.bank import Question


def retire(person: Principal, question_id: int, *, retired: bool, now: datetime) -> None:
    """Have a question asked no more, or again; one that was never published is a draft again.

    Raises
    ------
    NotFound
        When it is not the person's to edit.
    """
    row = question_for(person, question_id, to_edit=True)
    was_asked = row.current_version_id is not None
    status = "retired" if retired else "ready" if was_asked else "draft"
    values = {"status": status}
    if not was_asked:
        # What nobody but its owner has seen is not shown by putting it away.
        values["audience"] = "owner"
    is_so = Question.status == "retired"
    with write() as session:
        changed = session.execute(
            sa.update(Question)
            .where(Question.id == question_id, ~is_so if retired else is_so)
            .values(values)
            .returning(Question.id)
        ).first()
        if changed:
            details = {"retired": [not retired, retired]}
            told = Change("question.retired", subject_of({"prompt": row.prompt}), details=details)
            audit.note(session, person, told, now)
