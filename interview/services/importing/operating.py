"""Importing by the operator: at once, into the installation's own bank and one of its sets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.formats.imported import Notice, Unreadable
from interview.formats.naming import slug_of
from interview.services import audit
from interview.services.audit import Change
from interview.services.grading import forget_compiled
from interview.services.importing.duplicates import Reader
from interview.services.importing.planning import Plan, Planned, Source, plan
from interview.services.importing.records import TITLE_LIMIT, Choices
from interview.services.importing.writing import Made, imagined, write_questions
from interview.services.unit import write
from interview.store.bank import QuestionSet, QuestionSetItem
from interview.store.db import db

__all__ = ["Source", "Unreadable", "import_file"]

OPERATOR = Reader(None)
MOST_COLLISIONS = 3

_SLUG = re.compile(r"[a-z0-9-]{1,100}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to, or would come to.

    Attributes
    ----------
    set_slug : str
        The set that the questions are put into.
    is_done : bool
        Whether it was written: nothing is where there is an error, or on a trial.
    made : mapping of int to Made
        What each question of the file is, or would be, by its place in the file.
    """

    plan: Plan
    set_slug: str
    is_done: bool
    made: Mapping[int, Made]

    def slug_of(self, item: Planned) -> str | None:
        """The name of a question; none where it has not got one."""
        if item.position in self.made:
            return self.made[item.position].slug
        return item.named or None


def import_file(
    source: Source, set_name: str, choices: Choices, now: datetime, *, is_trial: bool
) -> Imported:
    """Import a file into the installation's own bank, all of it or nothing.

    Parameters
    ----------
    set_name : str
        Slug or title of the set that gets the questions at its end; it is made where there
        is none.
    is_trial : bool
        Whether only to say what would be made.

    Raises
    ------
    Unreadable
        When the file holds nothing that could be imported.
    """
    choices = replace(choices, topic=choices.topic or _title_of(set_name))
    planned = plan(source, choices, OPERATOR, now.date(), lambda _done, _total: None)
    planned = _without_sets(planned)
    slug = _slug_of(set_name)
    if is_trial or planned.has_errors:
        return Imported(planned, slug, False, imagined(db.session(), planned).made)
    for last in (*(False,) * (MOST_COLLISIONS - 1), True):
        try:
            return _written(planned, source.name, (slug, set_name), now)
        except IntegrityError:
            # Another import took a name at the same moment: now it is there to be seen.
            if last:
                raise
    raise AssertionError("unreachable")


def _written(planned: Plan, file: str, named: tuple[str, str], now: datetime) -> Imported:
    slug, set_name = named
    with write() as session:
        is_title = _SLUG.fullmatch(set_name) is None
        title = _title_of(set_name) if is_title or not planned.title else planned.title
        titles = (title, f"Questions from {file}.")
        set_id = _set(session, slug, titles, now.date())
        written = write_questions(session, planned, OPERATOR, now, copies=False)
        _put_into(session, set_id, [one.question_id for one in written.made.values()], now.date())
        told = {"questions": len(written.new), "format": planned.format, "set": slug}
        audit.note(session, None, Change("question.imported", file, details=told), now)
    forget_compiled()
    return Imported(written.plan, slug, True, written.made)


def _slug_of(set_name: str) -> str:
    return set_name if _SLUG.fullmatch(set_name) else slug_of(set_name)


def _title_of(set_name: str) -> str:
    """What a set is called whose file has no title."""
    name = " ".join(set_name.split())[:TITLE_LIMIT]
    return name.replace("-", " ").strip().capitalize() if _SLUG.fullmatch(name) else name


def _set(session: Session, slug: str, titles: tuple[str, str], today: date) -> int:
    kept = session.scalar(sa.select(QuestionSet.id).where(QuestionSet.slug == slug))
    if kept is not None:
        return kept
    title, description = titles
    row = {"slug": slug, "title": title[:TITLE_LIMIT], "description": description}
    made = sa.insert(QuestionSet).values(**row, study="open", updated=today)
    return session.execute(made.returning(QuestionSet.id)).scalar_one()


def _put_into(session: Session, set_id: int, questions: list[int], today: date) -> None:
    """Put questions at the end of a set, those that it has not got."""
    items = QuestionSetItem
    rows = session.execute(
        sa.select(items.question_id, items.position).where(items.set_id == set_id)
    ).all()
    kept, last = {row.question_id for row in rows}, max((row.position for row in rows), default=0)
    new = [one for one in dict.fromkeys(questions) if one not in kept]
    if not new:
        return
    session.execute(
        sa.insert(items),
        [
            {"set_id": set_id, "position": position, "question_id": question}
            for position, question in enumerate(new, start=last + 1)
        ],
    )
    session.execute(sa.update(QuestionSet).where(QuestionSet.id == set_id).values(updated=today))


def _without_sets(planned: Plan) -> Plan:
    """Sets of a file have points and drawn questions, which only a person's sets have."""
    said = tuple(
        Notice("warning", 0, f"The set “{one.title}” is left out: import the file in a browser.")
        for one in planned.sets
    )
    return replace(planned, sets=(), notices=(*planned.notices, *said))
