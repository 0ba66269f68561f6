"""Remarks to a learner beside an answer."""

import pytest
import sqlalchemy as sa

from interview.services.attempts.records import NotFound
from interview.services.attempts.reviewing import results
from interview.services.classes.changing import Archived
from interview.services.marking.groups import Asked, page
from interview.services.marking.remarks import Unsayable, remark
from interview.services.unit import write
from interview.store.appeals import AnswerComment
from interview.store.classes import Class
from interview.store.db import db
from interview.store.notices import Notification
from tests.support.attempts import add_person
from tests.support.audit import noted
from tests.support.classes import add_instructor, add_member, principal
from tests.support.clock import START
from tests.support.queueing import CACHE, Queue, newest, queue


@pytest.fixture
def case() -> Queue:
    return queue(Ada=CACHE)


def say(case: Queue, text: str) -> None:
    remark(case.iris, case.attempts["Ada"], 1, text, START)


def said() -> list[tuple[int | None, str]]:
    rows = db.session.execute(sa.select(AnswerComment.author_id, AnswerComment.text))
    return [(row.author_id, row.text) for row in rows]


def test_a_remark_reaches_the_learner_and_leaves_the_grade(case: Queue) -> None:
    before = newest(case.attempts["Ada"])
    say(case, " Well\x00 put. ")
    assert said() == [(case.iris.id, "Well\ufffd put.")]
    told = db.session.execute(
        sa.select(
            Notification.user_id, Notification.kind, Notification.detail, Notification.target,
            Notification.target_id, Notification.position,
        )
    ).all()  # fmt: skip
    expected = (case.learners["Ada"], "comment", "Well\ufffd put.", "answer")
    assert [tuple(row) for row in told] == [(*expected, case.attempts["Ada"], 1)]
    (line,) = noted()
    assert (line.kind, line.learner_id) == ("grade.commented", case.learners["Ada"])
    assert newest(case.attempts["Ada"]) == before
    screen = results(case.learners["Ada"], case.attempts["Ada"], START)
    assert screen is not None
    assert [one.words for one in screen.answers[0].story if one.kind == "remark"]
    (answer,) = page(case.iris, case.assignment, case.version, Asked()).answers
    assert [(one.by, one.text) for one in answer.remarks] == [("Iris", "Well\ufffd put.")]


def test_a_form_that_is_sent_twice_says_it_once(case: Queue) -> None:
    for text in ("Once.", "Once.", "Another.", "Once."):
        say(case, text)
    assert [text for _, text in said()] == ["Once.", "Another.", "Once."]


@pytest.mark.parametrize("text", ["", " \n", "x" * 501])
def test_what_says_nothing_or_too_much_is_refused(case: Queue, text: str) -> None:
    with pytest.raises(Unsayable):
        say(case, text)
    assert said() == []


def test_only_staff_of_a_class_that_is_taught_say_something_about_what_was_handed_in(
    case: Queue,
) -> None:
    classmate = principal(add_member(case.class_id, add_person("Ben")))
    stranger = principal(add_instructor("Eve"))
    for person, position in ((classmate, 1), (stranger, 1), (case.iris, 2), (case.iris, 2**40)):
        with pytest.raises(NotFound):
            remark(person, case.attempts["Ada"], position, "No.", START)
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    with pytest.raises(Archived):
        say(case, "Late.")
    assert said() == []
