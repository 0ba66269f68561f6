"""What a learner is told about an assignment: in the app, and in a mail when it is written."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from interview.services import outbox
from interview.services.assignments.listing import Assigned, given_to
from interview.store.db import db
from interview.store.users import User

KINDS = (outbox.ASSIGNED, outbox.DUE_SOON, outbox.REMINDER)

_SENTENCES = {
    outbox.ASSIGNED: "“{title}” is open for you in {class_title}.",
    outbox.DUE_SOON: "“{title}” in {class_title} ends for you within a day.",
    outbox.REMINDER: "An instructor of {class_title} reminds you of “{title}”, "
    "which you have not started.",
}


def sentence(kind: str, title: str, class_title: str) -> str:
    """What the app says of it, in one sentence."""
    return _SENTENCES[kind].format(title=title, class_title=class_title)


def words(address: str, assignment_id: int, kind: str, now: datetime) -> dict[str, str] | None:
    """Put together what the mail names, for an address that belongs to a learner of the class.

    Returns
    -------
    dict of str to str, or None
        None when there is nothing to say any more: the person is not in the class, it is not
        for them, it is withdrawn or over, or they have done it meanwhile.
    """
    person = db.session.execute(
        sa.select(User.id, User.time_zone).where(User.email == address)
    ).first()
    given = given_to(person.id, assignment_id, now) if person else None
    if person is None or given is None or not _is_news(given, kind):
        return None
    return {
        "title": given.title,
        "class_title": given.class_title,
        "due": _moment(given.due_at, person.time_zone),
        "closes": _moment(given.closes_at, person.time_zone),
        "begun": "yes" if given.attempts else "",
    }


def _is_news(given: Assigned, kind: str) -> bool:
    if given.is_upcoming or given.is_closed:
        return False
    if kind == outbox.DUE_SOON:
        return given.state != "finished" or given.running is not None
    return not given.attempts


def _moment(moment: datetime | None, zone: str) -> str:
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y, %H:%M %Z}"
