"""A grade that a person gives: what it moves, what it leaves, and who came first."""

import pytest
import sqlalchemy as sa

from interview.grading.overriding import PERSON
from interview.services.attempts.records import NotFound
from interview.services.attempts.reviewing import results
from interview.services.classes.changing import Archived
from interview.services.marking.overriding import (
    Decision,
    Overtaken,
    Unreadable,
    look,
    override,
    take_back,
)
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from tests.support.attempts import add_attempt, add_person
from tests.support.audit import noted
from tests.support.classes import add_instructor, add_member, principal
from tests.support.clock import START
from tests.support.marking import Marked, grades, marked, newest, scores

ALL_FOUND = {"said": "found", "meant": "found", "denied": "found"}


@pytest.fixture
def case() -> Marked:
    return marked()


def decide(case: Marked, *, base: int | None = None, **values: object) -> Decision:
    known = {"verdicts": {}, "score": None, "reason": "She said it.", **values}
    newest_id = grades(case.attempt)[-1].id
    return Decision(base=newest_id if base is None else base, **known)  # type: ignore[arg-type]


def give(case: Marked, decision: Decision, *, by: Principal | None = None, at: int = 1) -> object:
    return override(by or case.iris, case.attempt, at, decision, START)


def entry(case: Marked) -> tuple[float | None, int, bool]:
    row = db.session.execute(
        sa.select(
            GradebookEntry.score, GradebookEntry.needs_review, GradebookEntry.overridden
        ).where(GradebookEntry.user_id == case.ada)
    ).one()
    return row[0], row[1], row[2]


def test_a_changed_key_point_moves_every_score_that_comes_of_it(case: Marked) -> None:
    give(case, decide(case, verdicts={"meant": "found"}))
    automatic, given = grades(case.attempt)
    assert (given.graded_by, given.reason, given.grader_version) == (
        case.iris.id, "She said it.", PERSON,
    )  # fmt: skip
    assert given.score == pytest.approx(0.4 + 2 / 4)
    assert (automatic.graded_by, automatic.verdict["score"]) == (None, 0.4)
    whole, items = scores(case.attempt)
    assert items == [pytest.approx(0.9), 0.8, None]
    assert whole == pytest.approx((0.9 + 3 * 0.8) / 5)
    assert entry(case) == (whole, 0, True)
    mean = sa.select(ClassMember.mean_score).where(ClassMember.user_id == case.ada)
    assert db.session.scalar(mean) == whole


def test_a_score_counts_whatever_the_points_say(case: Marked) -> None:
    give(case, decide(case, verdicts=ALL_FOUND, score=0.25))
    grade = newest(case.attempt)
    assert (grade.score, grade.band.value) == (0.25, "partly there")
    assert [point.verdict.value for point in grade.points] == ["found"] * 3


def test_the_log_tells_what_was_before_and_after_and_why(case: Marked) -> None:
    give(case, decide(case, verdicts={"meant": "found"}))
    (line,) = noted()
    assert (line.kind, line.class_id, line.learner_id, line.actor_id) == (
        "grade.overridden", 1, case.ada, case.iris.id,
    )  # fmt: skip
    assert (line.subject, line.reason) == ("Ada: First test, attempt 1, question 1", "She said it.")
    assert line.details == {
        "score": [0.4, pytest.approx(0.9)],
        "key point 2": ["not found", "found"],
    }


def test_the_learner_reads_who_graded_and_why(case: Marked) -> None:
    give(case, decide(case, score=1.0))
    screen = results(case.ada, case.attempt, START)
    assert screen is not None
    assert (screen.answers[0].graded_by, screen.answers[0].grade_reason) == ("Iris", "She said it.")
    assert screen.answers[1].graded_by == ""


def test_whoever_comes_second_writes_nothing_and_sees_the_first(case: Marked) -> None:
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    read_by_both = grades(case.attempt)[-1].id
    give(case, decide(case, base=read_by_both, score=0.9), by=tim)
    before = scores(case.attempt)
    outcome = give(case, decide(case, base=read_by_both, score=0.1))
    assert isinstance(outcome, Overtaken)
    assert (outcome.answer.by, outcome.answer.grade.score) == ("Tim", 0.9)
    assert len(grades(case.attempt)) == 2
    assert (scores(case.attempt), len(noted())) == (before, 1)
    give(case, decide(case, base=outcome.answer.grade_id, score=0.1))
    assert [row.score for row in grades(case.attempt)] == [0.4, 0.9, 0.1]


def test_sending_the_same_form_again_leads_to_the_first_grade(case: Marked) -> None:
    decision = decide(case, verdicts={"meant": "partly"})
    first, again = give(case, decision), give(case, decision)
    assert not isinstance(again, Overtaken)
    assert again == first
    assert (len(grades(case.attempt)), len(noted())) == (2, 1)


def test_the_graders_grade_can_be_taken_again(case: Marked) -> None:
    give(case, decide(case, score=1.0))
    before = look(case.iris, case.attempt, 1, START)
    assert before.can_take_back
    take_back(case.iris, case.attempt, 1, before.grade_id, "A slip.", START)
    automatic, _, again = grades(case.attempt)
    assert (again.verdict, again.grader_version) == (automatic.verdict, automatic.grader_version)
    assert (again.graded_by, again.reason) == (case.iris.id, "A slip.")
    assert scores(case.attempt)[0] == pytest.approx((0.4 + 3 * 0.8) / 5)
    answer = look(case.iris, case.attempt, 1, START)
    assert not answer.can_take_back
    told = [(one.by, one.is_copy, one.reason, one.score) for one in answer.history]
    assert told == [
        ("", False, "", 0.4),
        ("Iris", False, "She said it.", 1.0),
        ("Iris", True, "A slip.", 0.4),
    ]


def test_taking_it_again_over_a_newer_grade_is_noticed(case: Marked) -> None:
    base = grades(case.attempt)[-1].id
    give(case, decide(case, score=1.0))
    outcome = take_back(case.iris, case.attempt, 1, base, "A slip.", START)
    assert isinstance(outcome, Overtaken)
    assert len(grades(case.attempt)) == 2


def test_an_answer_of_an_open_attempt_is_graded_without_a_total() -> None:
    case = marked()
    with write() as session:
        session.execute(sa.text("UPDATE attempts SET state = 'open', score = NULL"))
    give(case, decide(case, score=1.0))
    assert scores(case.attempt) == (None, [1.0, 0.8, None])


def test_confirming_ends_the_need_for_review_alone(case: Marked) -> None:
    with write() as session:
        session.execute(sa.text("UPDATE grades SET needs_review = true"))
    give(case, decide(case))
    assert entry(case)[1] == 1
    assert newest(case.attempt).score == 0.4


@pytest.mark.parametrize(
    "values",
    [
        {"verdicts": {"elsewhere": "found"}},
        {"verdicts": {"said": "perhaps"}},
        {"score": 1.5},
        {"base": 999_999},
        {"reason": " \n"},
        {"reason": "x" * 501},
    ],
)
def test_what_does_not_fit_is_refused(case: Marked, values: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        give(case, decide(case, **values))  # type: ignore[arg-type]
    assert len(grades(case.attempt)) == 1


def test_a_grade_of_another_answer_is_no_base(case: Marked) -> None:
    with pytest.raises(Unreadable):
        give(case, decide(case, base=grades(case.attempt, 2)[-1].id))


def test_a_reason_is_kept_in_a_form_that_can_be_stored(case: Marked) -> None:
    give(case, decide(case, reason=" a\x00b\r\nc "))
    assert grades(case.attempt)[-1].reason == "a\ufffdb\nc"


def test_an_archived_class_is_read_and_not_graded(case: Marked) -> None:
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    assert look(case.iris, case.attempt, 1, START).place.archived_at == START
    with pytest.raises(Archived):
        give(case, decide(case, score=1.0))
    assert len(grades(case.attempt)) == 1


@pytest.mark.parametrize("position", [0, 3, 4, 2**40])
def test_only_handed_in_answers_are_graded(case: Marked, position: int) -> None:
    with pytest.raises(NotFound):
        look(case.iris, case.attempt, position, START)


def test_only_assigned_attempts_are_graded_and_only_by_staff(case: Marked) -> None:
    practice = add_attempt(case.ada)
    stranger = principal(add_instructor("Eve"))
    classmate = principal(add_member(1, add_person("Ben")))
    for person, attempt in (
        (case.iris, practice),
        (stranger, case.attempt),
        (classmate, case.attempt),
        (principal(case.ada), case.attempt),
    ):
        with pytest.raises(NotFound):
            look(person, attempt, 1, START)


def test_a_grade_outlives_the_account_of_whoever_gave_it(case: Marked) -> None:
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    give(case, decide(case, score=1.0), by=tim)
    with write() as session:
        session.execute(sa.text("DELETE FROM users WHERE id = :tim"), {"tim": tim.id})
    answer = look(case.iris, case.attempt, 1, START)
    assert answer.history[-1].by == "somebody who has left"
    assert answer.can_take_back
