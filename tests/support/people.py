"""Members, invitations and the log of a class, as tests make, send and read them."""

import io
from typing import Any

import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.audit import AuditEntry
from interview.store.classes import Class, ClassGroup, ClassInvitation, ClassMember
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.classes import (
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page

# Rosters, one of them with a row that cannot be used.
GOOD = "name;email;role;group;time_factor\nAda;ada@example.org;;Monday;1,5\nBo;bo@example.org;;;\n"
WRONG = f"{GOOD}Cy;nobody;boss;;\n"


def add_taught(app: Flask, client: CheckingClient) -> int:
    """A class of Iris, who is logged in, with Ada in a group and Zoë in none."""
    with app.app_context():
        iris = add_instructor(email="iris@example.org")
        class_id = add_class(instructor=iris)
        ada = add_person("Ada", email="ada@example.org")
        add_member(class_id, ada, group_id=add_group(class_id), time_factor=1.5)
        add_learners(class_id, "Zoë")
    client.log_in(iris)
    return class_id


def number_of(app: Flask, class_id: int, role: str = "learner") -> int:
    """The first member with a role."""
    with app.app_context():
        return min(user for user, one in members_of(class_id).items() if one[0] == role)


def invite(client: CheckingClient, class_id: int, **fields: str) -> Page:
    """Invite an address by the form on the page of people."""
    page = client.get(f"/classes/{class_id}/people")
    typed: dict[str, Any] = {f"invite-{name}": text for name, text in fields.items()}
    return client.submit(page, "invite", **typed)


def place(client: CheckingClient, class_id: int, user_id: int) -> Page:
    """Open the page of a member's place."""
    return client.get(f"/classes/{class_id}/people/{user_id}/place")


def names(page: Page) -> list[str]:
    """The first words of the names that the page of people lists."""
    return [name.split()[0] for name in page.texts("#people tbody th[scope=row]")]


def add_invitation(class_id: int, email: str, **values: Any) -> int:
    row = {"class_id": class_id, "email": email, "role": "learner", "created_at": START, **values}
    with write() as session:
        return session.execute(
            sa.insert(ClassInvitation).values(**row).returning(ClassInvitation.id)
        ).scalar_one()


def change_class(class_id: int, **values: Any) -> None:
    with write() as session:
        session.execute(
            sa.update(Class).where(Class.id == class_id).values(**values),
            execution_options={"synchronize_session": False},
        )


def class_row(class_id: int) -> Any:
    return db.session.execute(
        sa.select(*sa.inspect(Class).columns).where(Class.id == class_id)
    ).one()


def members_of(class_id: int) -> dict[int, tuple[str, str | None, float]]:
    """Role, group and time factor of everybody in a class."""
    rows = db.session.execute(
        sa.select(ClassMember.user_id, ClassMember.role, ClassGroup.title, ClassMember.time_factor)
        .outerjoin(ClassGroup, ClassGroup.id == ClassMember.group_id)
        .where(ClassMember.class_id == class_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def invited_to(class_id: int) -> dict[str, tuple[str, str, str | None, float]]:
    """Name, role, group and time factor of everybody invited to a class, by address."""
    rows = db.session.execute(
        sa.select(
            ClassInvitation.email,
            ClassInvitation.name,
            ClassInvitation.role,
            ClassGroup.title,
            ClassInvitation.time_factor,
        )
        .outerjoin(ClassGroup, ClassGroup.id == ClassInvitation.group_id)
        .where(ClassInvitation.class_id == class_id)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def noted(class_id: int) -> list[Any]:
    """The log of a class, the oldest entry first."""
    return list(
        db.session.execute(
            sa.select(*sa.inspect(AuditEntry).columns)
            .where(AuditEntry.class_id == class_id)
            .order_by(AuditEntry.id)
        ).all()
    )


def send(client: CheckingClient, class_id: int, text: str = "", data: bytes = b"") -> Page:
    page = client.get(f"/classes/{class_id}/people/import")
    file = (io.BytesIO(data), "roster.csv") if data else (io.BytesIO(), "")
    return client.submit(page, "roster", text=text, file=file)


def figures(page: Page) -> list[str]:
    """New, altered, unchanged, members, wrong."""
    return page.texts(".figures dd")


def invited(app: Flask, class_id: int) -> dict[str, object]:
    with app.app_context():
        return dict(invited_to(class_id))
