"""Classes, published sets and assignments as rows, and the people in them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from interview.services.assignments import entries
from interview.services.principals import Principal, load_principal
from interview.services.unit import write
from interview.store.assignments import Accommodation, Assignment, AssignmentTarget
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class, ClassGroup, ClassMember
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion
from tests.support.attempts import add_attempt, add_person, add_question
from tests.support.clock import START

_numbers = count(1)


def add_instructor(name: str = "Iris", **values: Any) -> int:
    return add_person(name, role="instructor", **values)


def principal(user_id: int) -> Principal:
    """Somebody as a request of theirs would be read."""
    found = load_principal(user_id, 0)
    assert found is not None
    return found


def add_class(title: str = "Web 101", *, instructor: int | None = None, **values: Any) -> int:
    row = {
        "title": title,
        "time_zone": "Europe/Berlin",
        "join_code": f"CODE{next(_numbers):06}",
        "created_at": START,
        **values,
    }
    with write() as session:
        class_id = session.execute(sa.insert(Class).values(**row).returning(Class.id)).scalar_one()
    if instructor is not None:
        add_member(class_id, instructor, "instructor")
    return class_id


def add_group(class_id: int, title: str = "Monday") -> int:
    with write() as session:
        return session.execute(
            sa.insert(ClassGroup).values(class_id=class_id, title=title).returning(ClassGroup.id)
        ).scalar_one()


def add_member(class_id: int, user_id: int, role: str = "learner", **values: Any) -> int:
    name = principal(user_id).name.casefold()
    row = {"class_id": class_id, "user_id": user_id, "role": role, "sort_name": name}
    with write() as session:
        session.execute(sa.insert(ClassMember).values(**row, joined_at=START, **values))
    return user_id


def add_learners(class_id: int, *names: str, **values: Any) -> list[int]:
    """New people who learn in a class."""
    return [add_member(class_id, add_person(name), **values) for name in names]


def add_set_version(
    owner: int, versions: Sequence[int] = (), *, points: float = 1.0, seconds: int | None = None
) -> int:
    """Publish a set of fixed questions; two new ones where none are given."""
    chosen = list(versions) or [add_question(), add_question()]
    rows = db.session.execute(
        sa.select(QuestionVersion.id, QuestionVersion.question_id, QuestionVersion.content_hash)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.id.in_(chosen))
        .order_by(QuestionVersion.id)
    ).all()
    slots = [
        {
            "kind": "fixed", "question_id": row.question_id, "version_id": row.id,
            "content_hash": row.content_hash, "points": points, "seconds": seconds,
        }
        for row in rows
    ]  # fmt: skip
    number = next(_numbers)
    made = {"owner_id": owner, "title": f"Set {number}", "created_at": START, "updated_at": START}
    with write() as session:
        set_id = session.execute(
            sa.insert(AuthoredSet).values(**made).returning(AuthoredSet.id)
        ).scalar_one()
        return session.execute(
            sa.insert(SetVersion)
            .values(
                set_id=set_id, number=1, content_hash=f"hash-{number}", title=made["title"],
                content={"slots": slots, "bound": max(chosen)}, question_count=len(slots),
                points=points * len(slots), target_seconds=90 * len(slots), created_at=START,
            )
            .returning(SetVersion.id)
        ).scalar_one()  # fmt: skip


def add_assignment(class_id: int, set_version_id: int, **values: Any) -> int:
    """Give a set version to a class: open since an hour, an hour's limit, closing in a week."""
    row: dict[str, Any] = {
        "class_id": class_id,
        "set_version_id": set_version_id,
        "title": "First test",
        "time_zone": "Europe/Berlin",
        "opens_at": START - timedelta(hours=1),
        "closes_at": START + timedelta(days=7),
        "whole_limit_seconds": 3600,
        "created_at": START - timedelta(days=1),
        **values,
    }
    row.setdefault("all_closed_at", row["closes_at"])
    with write() as session:
        return session.execute(
            sa.insert(Assignment).values(**row).returning(Assignment.id)
        ).scalar_one()


def give_to(assignment_id: int, *, group: int | None = None, person: int | None = None) -> None:
    """Narrow an assignment down to a group or a person."""
    with write() as session:
        session.execute(
            sa.insert(AssignmentTarget).values(
                assignment_id=assignment_id, group_id=group, user_id=person
            )
        )


def accommodate(assignment_id: int, user_id: int, **values: Any) -> None:
    row = {"reason": "A doctor's note", "updated_at": START, **values}
    with write() as session:
        session.execute(
            sa.insert(Accommodation).values(assignment_id=assignment_id, user_id=user_id, **row)
        )


def add_assigned(assignment_id: int, user_id: int, number: int = 1, **values: Any) -> int:
    """An attempt at an assignment, finished unless said otherwise, and its gradebook entry."""
    values = {"preset": "assigned", "feedback": "end", "title": "First test", **values}
    values.setdefault("scope", f"assignment:{assignment_id}")
    attempt_id = add_attempt(user_id, assignment_id=assignment_id, number=number, **values)
    with write() as session:
        entries.refresh(session, assignment_id, user_id)
    return attempt_id


def at(text: str) -> datetime:
    """A moment in UTC, as ``2026-03-29 01:30``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
