"""A large class whose answers a better rubric grades otherwise, written row by thousand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading.overriding import PERSON, overridden
from interview.rules.totals import weighted_score
from interview.services import grading
from interview.services.assignments import entries
from interview.services.unit import UNSYNCED, write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import ClassMember
from interview.store.grades import Grade, Submission
from interview.store.users import User
from tests.support.classes import add_assignment, add_class, add_instructor, add_set_version
from tests.support.clock import START

QUESTIONS = 4
ATTEMPTS = 2
PEOPLE_GRADED = 0.03
RUNNING = 0.1

_SAID = {
    "what": ("Django is a web framework", "a framework for websites written in Python"),
    "orm": ("its ORM maps classes to tables", "an object relational mapper comes with it"),
    "views": ("a view renders a template for a request", "views answer requests with templates"),
    "csrf": ("the token stops forged posts", "no other site can post with your session"),
    "hooks": ("middleware wraps every request", "hooks run around each view"),
}
NEW_WORDINGS = {
    "orm": "you fetch rows without writing any SQL yourself",
    "csrf": "it checks that you yourself pressed the button",
}
_FILL = (
    "I have used it at work for some years.",
    "There is more to say about this, but the time is short.",
    "That is what I remember of the documentation.",
    "People often like it for larger projects.",
)


@dataclass(frozen=True)
class Field:
    """The class, its teacher, and how much is in it."""

    teacher: int
    class_id: int
    assignment: int
    answers: int


def fill(answers: int, seed: int) -> Field:
    """Write about so many answers to an assignment, graded; better versions are current."""
    random = Random(seed)  # noqa: S311 - answers of nobody
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    versions = _questions()
    sets = add_set_version(teacher, versions)
    assignment = add_assignment(class_id, sets, attempts_allowed=ATTEMPTS, late_percent=10)
    learners = _learners(class_id, max(1, answers // (QUESTIONS * ATTEMPTS)))
    pairs = [(user, number) for user in learners for number in range(1, ATTEMPTS + 1)]
    written = 0
    for chunk in _chunks(pairs, 500):
        with write() as session:
            written += _sit(session, assignment, chunk, versions, random)
            users = sorted({user for user, _ in chunk})
            entries.refresh_many(session, [(assignment, user) for user in users])
    return Field(teacher, class_id, assignment, written)


def _chunks(pairs: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (pairs[start : start + size] for start in range(0, len(pairs), size))


def _rubric(number: int, *, better: bool) -> dict[str, Any]:
    new = NEW_WORDINGS if better else {}
    points = [
        {
            "id": name, "text": f"{said[0].capitalize()}.",
            "phrasings": [said[1], *([new[name]] if name in new else [])],
            "weight": 1.0 + number % 2, "required": False,
        }
        for name, said in _SAID.items()
    ]  # fmt: skip
    reference = " ".join(f"{said[0].capitalize()}." for said in _SAID.values())
    return {"references": [reference], "key_points": points, "misconceptions": []}


def _questions() -> list[int]:
    shown = []
    with write() as session:
        for number in range(QUESTIONS):
            row = {
                "slug": f"field-{number}", "topic": "Django", "difficulty": "easy", "sources": [],
                "target_seconds": 90, "created_at": START, "audience": "everyone",
            }  # fmt: skip
            question = session.execute(
                sa.insert(Question).values(row).returning(Question.id)
            ).scalar_one()
            old, new = (_version(session, question, number, better=b) for b in (False, True))
            shown.append(old)
            session.execute(
                sa.update(Question).where(Question.id == question).values(current_version_id=new),
                execution_options=UNSYNCED,
            )
    return shown


def _version(session: Session, question: int, number: int, *, better: bool) -> int:
    row = {
        "question_id": question, "content_hash": f"{number}{better}", "created_at": START,
        "prompt": f"What is Django, and what is part {number} of it?",
        "rubric": _rubric(number, better=better),
    }  # fmt: skip
    made = sa.insert(QuestionVersion).values(row).returning(QuestionVersion.id)
    return session.execute(made).scalar_one()


def _learners(class_id: int, count: int) -> list[int]:
    people = [{"display_name": f"Learner {n:05}", "created_at": START} for n in range(count)]
    with write() as session:
        ids = sorted(session.scalars(sa.insert(User).returning(User.id), people))
        rows = [
            {
                "class_id": class_id, "user_id": user, "role": "learner", "joined_at": START,
                "sort_name": f"learner {user:05}",
            }
            for user in ids
        ]  # fmt: skip
        session.execute(sa.insert(ClassMember), rows)
    return ids


def answer(random: Random) -> str:
    """Some clauses: wordings that every rubric knows, new ones, and what says nothing."""
    said = [random.choice(wordings) for wordings in _SAID.values() if random.random() < 0.5]
    said += [wording for wording in NEW_WORDINGS.values() if random.random() < 0.3]
    random.shuffle(said)
    clauses = [f"{clause[0].upper()}{clause[1:]}." for clause in said]
    return " ".join([*clauses, random.choice(_FILL)])


def _sit(
    session: Session,
    assignment: int,
    pairs: Sequence[tuple[int, int]],
    versions: Sequence[int],
    random: Random,
) -> int:
    """Write attempts with their answers, those of some still running."""
    rows = [_attempt(assignment, *pair, random) for pair in pairs]
    made = sa.insert(Attempt).returning(Attempt.id, Attempt.user_id, Attempt.number)
    ids = {(row.user_id, row.number): row.id for row in session.execute(made, rows)}
    items: list[dict[str, Any]] = []
    texts: dict[tuple[int, int], tuple[int, str]] = {}
    for row in rows:
        attempt = ids[row["user_id"], row["number"]]
        answered = QUESTIONS if row["state"] == "finished" else random.randrange(1, QUESTIONS)
        for position, version in enumerate(versions, start=1):
            if position <= answered:
                texts[attempt, position] = (version, answer(random))
            state = "submitted" if position <= answered else "unseen"
            items.append(
                {
                    "attempt_id": attempt, "position": position, "state": state,
                    "question_version_id": version, "points": float(position),
                }
            )  # fmt: skip
    session.execute(sa.insert(AttemptItem), items)
    _grade(session, texts, random)
    _total(session, [ids[row["user_id"], row["number"]] for row in rows])
    return len(texts)


def _attempt(assignment: int, user: int, number: int, random: Random) -> dict[str, Any]:
    is_running = number == ATTEMPTS and random.random() < RUNNING
    started: datetime = START + timedelta(hours=number)
    ended = None if is_running else started + timedelta(minutes=20)
    return {
        "user_id": user, "assignment_id": assignment, "number": number, "started_at": started,
        "scope": f"assignment:{assignment}", "title": "First test", "topic": "Django",
        "preset": "assigned", "feedback": "end", "pausable": False, "grace_seconds": 5.0,
        "state": "open" if is_running else "finished", "item_count": QUESTIONS,
        "finished_at": ended, "finish_reason": ended and "learner", "score": None,
    }  # fmt: skip


def _grade(session: Session, texts: dict[tuple[int, int], tuple[int, str]], random: Random) -> None:
    rows = [
        {
            "attempt_id": attempt, "position": position, "text": text, "submitted_at": START,
            "source": "learner",
        }
        for (attempt, position), (_, text) in texts.items()
    ]  # fmt: skip
    made = sa.insert(Submission).returning(
        Submission.id, Submission.attempt_id, Submission.position
    )
    grades, scores = [], []
    for row in session.execute(made, rows):
        version, text = texts[row.attempt_id, row.position]
        grade = grading.grade_answer(version, text)
        by_person = random.random() < PEOPLE_GRADED
        if by_person:
            grade = overridden(grade, {}, 0.5)
        kept = grading.grade_row(grade, row.id, version, START)
        assert not by_person or kept["grader_version"] == PERSON
        grades.append({**kept, "reason": "Looked at" if by_person else ""})
        scores.append({"a": row.attempt_id, "p": row.position, "to_score": grade.score})
    session.execute(sa.insert(Grade), grades)
    place = (AttemptItem.attempt_id == sa.bindparam("a"), AttemptItem.position == sa.bindparam("p"))
    session.connection().execute(
        sa.update(AttemptItem).where(*place).values(score=sa.bindparam("to_score")), scores
    )


def _total(session: Session, attempts: Sequence[int]) -> None:
    found = sa.select(AttemptItem.attempt_id, AttemptItem.score, AttemptItem.points).where(
        AttemptItem.attempt_id.in_(attempts)
    )
    scores: dict[int, list[tuple[float, float]]] = {}
    for attempt, score, points in session.execute(found.order_by(AttemptItem.position)):
        scores.setdefault(attempt, []).append((score or 0.0, points))
    totals = [{"a": attempt, "to_score": weighted_score(own)} for attempt, own in scores.items()]
    session.connection().execute(
        sa.update(Attempt)
        .where(Attempt.id == sa.bindparam("a"), Attempt.state == "finished")
        .values(score=sa.bindparam("to_score")),
        totals,
    )
