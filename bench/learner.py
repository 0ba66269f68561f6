"""A learner with plenty of open questions, written straight into the database."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from interview.services.principals import load_principal
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question
from interview.store.users import User
from interview.web.principal import LogIn

QUESTIONS = 40
ANSWER = (
    "Django is a web framework written in Python. It ships an object relational mapper, so a "
    "model class stands for a table and each attribute for a column. A view takes the request, "
    "asks the models for data and renders a template. Middleware wraps every request, and the "
    "csrf token in a form stops other sites from posting with my session. number {number}"
)


@dataclass(frozen=True)
class Learner:
    """Somebody logged in, with attempts to sit.

    Attributes
    ----------
    headers : str
        Cookie and connection headers of every request.
    """

    token: str
    headers: str
    attempts: list[int]

    def get(self, path: str) -> bytes:
        """Write a GET request."""
        return f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode()

    def send(self, method: str, path: str, body: str, kind: str, extra: str = "") -> bytes:
        """Write a request with a body."""
        data = body.encode()
        head = f"{method} {path} HTTP/1.1\r\n{self.headers}{extra}Content-Type: {kind}\r\n"
        return f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data


def add_learner(app: Flask, attempts: int) -> Learner:
    """Add a learner who has open attempts of forty questions each, the first one shown."""
    with app.app_context(), write() as database:
        versions = database.scalars(
            sa.select(Question.current_version_id).order_by(Question.id).limit(QUESTIONS)
        ).all()
        now = datetime.now(UTC)
        person = User(display_name="Bench", created_at=now)
        database.add(person)
        database.flush()
        rows = [_attempt(person.id, now) for _ in range(attempts)]
        ids = []
        if rows:
            ids = list(database.scalars(sa.insert(Attempt).returning(Attempt.id), rows))
            _add_items(database, ids, [one for one in versions if one], now)
        user_id = person.id
    return log_in(app, user_id, ids)


def log_in(app: Flask, user_id: int, attempts: list[int] | None = None) -> Learner:
    """Give somebody the cookie and the token that the log-in form gives."""
    token, cookie = _log_in(app, user_id)
    head = f"Host: 127.0.0.1\r\nCookie: session={cookie}\r\n"
    return Learner(token, head, attempts or [])


def _add_items(database: Session, ids: list[int], versions: list[int], now: datetime) -> None:
    database.execute(
        sa.insert(AttemptItem),
        [
            {
                "attempt_id": attempt,
                "position": position,
                "question_version_id": versions[(position - 1) % len(versions)],
                "state": "open" if position == 1 else "unseen",
                "first_shown_at": now if position == 1 else None,
            }
            for attempt in ids
            for position in range(1, QUESTIONS + 1)
        ],
    )


_numbers = count(1)


def _attempt(user_id: int, now: datetime) -> dict[str, object]:
    return {
        "user_id": user_id,
        "scope": f"bench:{next(_numbers)}",
        "title": "Bench",
        "topic": "Django",
        "preset": "mock",
        "feedback": "end",
        "pausable": False,
        "grace_seconds": 5.0,
        "started_at": now,
        "shown_at": now,
        "item_count": QUESTIONS,
    }


def _log_in(app: Flask, user_id: int) -> tuple[str, str]:
    """Log in as the log-in form does, and return the CSRF token and the cookie."""
    # The same address and browser as the requests that follow: another one would be noticed.
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": ""}):
        principal = load_principal(user_id, 0)
        assert principal is not None
        login_user(LogIn(principal))
        token = generate_csrf()
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        return token, str(serializer.dumps(dict(session)))


FORM = "application/x-www-form-urlencoded"


def steps(learner: Learner, attempts: list[int], *, htmx: bool) -> Iterator[list[bytes]]:
    """Answer one question after another: one response, or POST, 303 and GET."""
    for number, attempt in enumerate(attempts):
        for position in range(1, QUESTIONS):
            path = f"/attempts/{attempt}/questions/{position}"
            fields = {
                "csrf_token": learner.token,
                "base": 0,
                "writer": "bench",
                "do": "submit",
                "answer": ANSWER.format(number=f"{number} {position}"),
            }
            extra = "HX-Request: true\r\n" if htmx else ""
            post = learner.send("POST", path, urlencode(fields), FORM, extra)
            follow = learner.get(f"/attempts/{attempt}/questions/{position + 1}")
            yield [post] if htmx else [post, follow]


def saves(learner: Learner, attempt: int) -> Iterator[list[bytes]]:
    """Save a draft that grows, again and again."""
    path = f"/attempts/{attempt}/questions/1/draft"
    for number in count(1):
        body = json.dumps(
            {
                "text": ANSWER.format(number=number),
                "base": number - 1,
                "writer": "bench",
                "sequence": number,
            }
        )
        extra = f"X-CSRFToken: {learner.token}\r\n"
        yield [learner.send("PUT", path, body, "application/json", extra)]


def pages(learner: Learner, path: str) -> Iterator[list[bytes]]:
    """Load one page again and again."""
    while True:
        yield [learner.get(path)]
