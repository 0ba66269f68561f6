"""A class in the middle of an assignment: some are sitting it, some have ended, some wait."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from interview.services.assignments import extending
from interview.services.assignments.extensions import Extended, Form, Wanted, new_form
from interview.services.audit import KINDS
from interview.services.unit import write
from interview.store.audit import AuditEntry
from interview.store.classes import ClassMember
from interview.store.db import db
from tests.support.assigned import Classroom, classroom
from tests.support.candidate import Candidate
from tests.support.classes import add_learners, principal
from tests.support.clock import FakeClock

WHY = "A fire alarm"


@dataclass
class Running:
    """A classroom with several learners, each of whom may have started."""

    room: Classroom
    clock: FakeClock
    people: dict[str, int] = field(default_factory=dict)

    def start(self, name: str) -> Candidate:
        """Let one of them start."""
        one = Classroom(
            self.room.teacher, self.room.class_id, self.people[name], self.room.assignment
        )
        return one.start(self.clock)

    def extend(
        self, minutes: int = 5, *, form: str = "", reason: str = WHY, **whom: int | None
    ) -> Extended:
        """Give time, as the form does."""
        shown = Form.parse(form or new_form(self.room.class_id, self.clock()))
        wanted = Wanted(minutes, reason, shown, **whom)
        teacher = principal(self.room.teacher)
        return extending.extend(teacher, self.room.assignment, wanted, self.clock())

    def form(self) -> str:
        """A form that was put on a page now."""
        return new_form(self.room.class_id, self.clock())

    def put_into(self, group_id: int, name: str) -> None:
        """Move one of them into a group."""
        with write() as session:
            session.execute(
                sa.update(ClassMember)
                .where(ClassMember.user_id == self.people[name])
                .values(group_id=group_id)
            )


def running(clock: FakeClock, *names: str, **terms: object) -> Running:
    """Make a class of these learners, Ada beside them, and an assignment of three questions."""
    room = classroom(**terms)  # type: ignore[arg-type]  # passed on as they are
    others = dict(zip(names, add_learners(room.class_id, *names), strict=True))
    return Running(room, clock, {"Ada": room.learner, **others})


def log_of(kind: str) -> list[AuditEntry]:
    """Audit entries of a kind, oldest first."""
    assert kind in KINDS
    entries = sa.select(AuditEntry).where(AuditEntry.kind == kind).order_by(AuditEntry.id)
    found = list(db.session.scalars(entries))
    db.session.expunge_all()
    db.session.rollback()
    return found
