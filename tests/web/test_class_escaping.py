"""Whatever people are called and whatever they write in a class is text, on every page."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.audit import Change, note
from interview.services.csv_text import BYTE_ORDER_MARK
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class, ClassGroup, ClassInvitation, ClassMember
from interview.store.grades import Grade
from interview.store.sets import AuthoredSet, SetVersion
from interview.store.users import User
from tests.support.classes import accommodate, principal
from tests.support.clock import START
from tests.support.world import ROLES, close
from tests.web.roles import Walk, asked

NASTY = (
    "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>"
    """"'>{{ 7*7777 }}&lt;[x](javascript:alert(3))"""
)
FORMULA = '=HYPERLINK("http://x.example")'
PARTS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (User, ("display_name",)),
    (Class, ("title", "description")),
    (Assignment, ("title", "instructions", "access_code")),
    (AuthoredSet, ("title", "description")),
    (SetVersion, ("title",)),
    (Attempt, ("title",)),
    (Grade, ("reason",)),
    (ClassInvitation, ("name",)),
    (QuestionVersion, ("prompt",)),
    (Question, ("topic",)),
)


@pytest.fixture
def backend() -> str:
    return "sqlite"


def called(app: Flask, folder: Path, text: str) -> Walk:
    """Both classes with this in the place of every name and of every text."""
    walk = Walk.of(app, folder / "test.db", folder / "world.db")
    numbers, teacher_id = walk.world.own.numbers, walk.world.people["instructor"]
    assert teacher_id is not None
    with app.app_context():
        accommodate(numbers["assignment_id"], numbers["user_id"], reason=text, extra_attempts=1)
        with write() as session:
            for table, names in PARTS:
                session.execute(sa.update(table).values(dict.fromkeys(names, text)))
            session.execute(sa.update(ClassMember).values(sort_name=text.casefold()))
            session.execute(
                sa.update(ClassMember)
                .where(ClassMember.user_id == numbers["user_id"])
                .values(group_id=numbers["group_id"])
            )
            session.execute(
                sa.update(ClassGroup).where(ClassGroup.id == numbers["group_id"]).values(title=text)
            )
        teacher = principal(teacher_id)
        details = {text: [text, text], "title": [text, text]}
        about = (text, numbers["class_id"], numbers["user_id"], details, text)
        with write() as session:
            note(session, teacher, Change("class.changed", *about), START)
        close()
    return Walk(app, walk.world, walk.file, walk.kept)


def test_names_and_texts_are_no_markup_on_any_page(app: Flask, tmp_path: Path) -> None:
    walk = called(app, tmp_path, NASTY)
    for one in asked(app):
        for role in ROLES if one.method == "GET" else ("instructor", "learner"):
            page = walk.ask(one, role)
            if not page.is_html:
                continue
            assert "<script>alert" not in page.html, (one, role)
            assert page.select("img") == [], (one, role)
            assert page.select("[href^='javascript:']") == [], (one, role)
            assert str(7 * 7777) not in page.html, (one, role)


def test_no_file_holds_a_name_that_a_program_would_compute(app: Flask, tmp_path: Path) -> None:
    walk = called(app, tmp_path, FORMULA)
    files = 0
    for one in asked(app):
        for role in ROLES if one.rule.endswith(".csv") else ():
            page = walk.ask(one, role)
            if page.response.mimetype == "text/csv" and page.status == 200:
                files += 1
                rows = csv.reader(io.StringIO(page.html.removeprefix(BYTE_ORDER_MARK)))
                cells = [cell for row in rows for cell in row]
                assert [cell for cell in cells if cell.startswith(tuple("=+@\t\r"))] == [], one
    assert files
