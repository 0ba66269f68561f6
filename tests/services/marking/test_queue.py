"""What waits for a person's eye: counted, grouped, and graded by one decision."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import sqlalchemy as sa

from interview.grading.overriding import PERSON
from interview.grading.records import Flag
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.marking import deciding, groups
from interview.services.marking.deciding import GroupDecision, Outcome, decide
from interview.services.marking.groups import Asked, GroupPage, page
from interview.services.marking.overriding import Unreadable
from interview.services.marking.queue import Numbers, of_assignment, of_class
from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import Class
from interview.store.db import db
from interview.store.grades import Grade as GradeRow
from tests.support.attempts import add_person
from tests.support.audit import noted
from tests.support.classes import add_class, add_instructor, add_member, principal
from tests.support.clock import START
from tests.support.queueing import (
    CACHE,
    INDEX,
    LIKE_CACHE,
    Queue,
    add_version,
    ask,
    contest,
    newest,
    newest_id,
    queue,
    submission,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def case() -> Queue:
    """Ada and Ben say the same, Cleo nearly, and Dan something else."""
    return queue(Ada=CACHE, Ben=CACHE, Cleo=LIKE_CACHE, Dan=INDEX)


def look(case: Queue, **asked: object) -> GroupPage:
    return page(case.iris, case.assignment, case.version, Asked(**asked))  # type: ignore[arg-type]


def bases(case: Queue, *names: str) -> dict[int, int]:
    return {submission(case.attempts[n]): newest_id(case.attempts[n]) for n in names}


def give(case: Queue, *names: str, **values: object) -> Outcome:
    known = {
        "answers": bases(case, *names), "verdicts": {}, "score": None, "reason": "Why", **values,
    }  # fmt: skip
    decision = GroupDecision(**known)  # type: ignore[arg-type]
    return decide(case.iris, case.assignment, case.version, decision, START)


def grades() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(GradeRow)) or 0


def test_what_waits_is_told_by_assignment_and_by_question(case: Queue) -> None:
    ask(case.attempts["Dan"], Flag.KEYWORD_LIST)
    ask(case.attempts["Ben"], Flag.EMPTY)
    ask(case.attempts["Cleo"], needs_review=False)
    contest(case, "Cleo")
    expected = Numbers(contested=1, unsure=2, flagged=1)
    (line,) = of_class(case.iris, 1, None).lines
    assert (line.id, line.numbers) == (case.assignment, expected)
    found = of_assignment(case.iris, case.assignment, "all")
    assert (found.numbers, [one.numbers for one in found.lines]) == (expected, [expected])
    assert [one.version_id for one in found.lines] == [case.version]
    assert of_assignment(case.iris, case.assignment, "graded").lines == ()


def test_only_ended_attempts_wait_and_only_where_something_does(case: Queue) -> None:
    with write() as session:
        session.execute(sa.update(Attempt).values(state="open"))
    assert of_assignment(case.iris, case.assignment, "all").numbers.waiting == 0
    add_class("Other", instructor=case.iris.id)
    assert of_class(case.iris, 2, None).lines == ()


def test_alike_answers_are_one_group_and_the_next_follows(case: Queue) -> None:
    first = look(case)
    assert (first.size, first.groups, first.left, first.elsewhere) == (3, 2, 4, 0)
    assert {one.label for one in first.answers} == {"Ada", "Ben", "Cleo"}
    assert [point.id for point in first.points] == ["said", "meant"]
    second = look(case, at=first.following)
    assert ([one.label for one in second.answers], second.following) == (["Dan"], None)
    assert second.previous == first.answers[0].id
    by_member = look(case, at=submission(case.attempts["Cleo"]))
    assert by_member.answers == first.answers


def test_large_groups_come_in_parts_and_many_answers_in_reads(
    case: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "SHOWN", 2)
    first = look(case)
    assert (len(first.answers), first.size, first.first) == (2, 3, 1)
    second = look(case, at=first.following)
    assert (len(second.answers), second.group, second.first) == (1, 1, 3)
    monkeypatch.setattr(groups, "READ", 3)
    cut = look(case)
    assert (cut.groups, cut.left) == (1, 4)
    rest = look(case, after=cut.later)
    assert ([one.label for one in rest.answers], rest.later) == (["Dan"], None)


def test_kinds_are_asked_for_and_names_can_be_hidden(case: Queue) -> None:
    ask(case.attempts["Dan"], Flag.OFF_TOPIC)
    assert [one.label for one in look(case, what="flagged").answers] == ["Dan"]
    assert look(case, what="unsure").size == 3
    assert look(case, what="graded").answers == ()
    hidden = look(case, what="flagged", hidden=True)
    assert "Dan" not in repr(hidden)


def test_one_decision_grades_what_was_ticked_and_keeps_what_it_does_not_name(case: Queue) -> None:
    assert give(case, "Ada", "Cleo", verdicts={"meant": "found"}) == Outcome(2, ())
    for name in ("Ada", "Cleo"):
        grade, by, reason = newest(case.attempts[name])
        assert (grade.score, by, reason) == (1.0, case.iris.id, "Why")
        assert [point.verdict.value for point in grade.points] == ["found", "found"]
    grade, by, _ = newest(case.attempts["Ben"])
    assert (grade.needs_review, by) == (True, None)
    left = look(case)
    assert (left.left, [one.label for one in left.answers]) == (2, ["Ben"])
    assert {one.label for one in look(case, what="graded").answers} == {"Ada", "Cleo"}
    waits = sa.select(GradebookEntry.needs_review).order_by(GradebookEntry.user_id)
    assert list(db.session.scalars(waits)) == [0, 1, 0, 1]
    assert [(line.kind, line.reason) for line in noted()] == [("grade.overridden", "Why")] * 2


def test_confirming_changes_nothing_but_that_it_waits(case: Queue) -> None:
    give(case, "Ada", "Ben", reason=deciding.CONFIRMED)
    grade, by, _ = newest(case.attempts["Ada"])
    assert (grade.score, grade.needs_review, grade.grader_version) == (0.5, False, PERSON)
    assert by == case.iris.id
    assert [point.verdict.value for point in grade.points] == ["found", "not found"]


def test_a_newer_grade_is_left_and_named_and_the_others_are_written(case: Queue) -> None:
    read = bases(case, "Ada", "Ben", "Cleo")
    give(case, "Ben", score=0.1)
    assert give(case, answers=read, score=0.9) == Outcome(2, ("Ben",))
    scores = [newest(case.attempts[name])[0].score for name in ("Ada", "Ben", "Cleo")]
    assert scores == [0.9, 0.1, 0.9]
    # The same form once more: nothing is written, and nobody is told of another grade.
    assert give(case, answers=read, score=0.9) == Outcome(2, ("Ben",))
    assert grades() == 4 + 3


def test_what_is_not_of_the_question_is_refused_as_a_whole(case: Queue) -> None:
    ada = bases(case, "Ada")
    wrong: list[dict[str, object]] = [
        {"answers": {}},
        {"answers": {**ada, 2**40: 1}},
        {"answers": {**ada, submission(case.attempts["Ben"]): newest_id(case.attempts["Dan"])}},
        {"answers": ada, "verdicts": {"elsewhere": "found"}},
        {"answers": ada, "verdicts": {"said": "perhaps"}},
        {"answers": ada, "reason": " "},
        {"answers": ada, "score": 1.5},
    ]
    for values in wrong:
        with pytest.raises(Unreadable):
            give(case, **values)
    decision = GroupDecision(ada, {}, 0.5, "Why")
    with pytest.raises(Unreadable):
        decide(case.iris, case.assignment, add_version("Another?"), decision, START)
    assert grades() == 4


def test_only_staff_of_the_class_read_and_decide_and_not_once_it_is_archived(case: Queue) -> None:
    stranger = principal(add_instructor("Eve"))
    decision = GroupDecision(bases(case, "Ada"), {}, 0.5, "Why")
    for person, refused in ((stranger, NotFound), (principal(case.learners["Ada"]), Forbidden)):
        with pytest.raises(refused):
            page(person, case.assignment, case.version, Asked())
        with pytest.raises(refused):
            of_assignment(person, case.assignment, "all")
        with pytest.raises(refused):
            of_class(person, 1, None)
        with pytest.raises(refused):
            decide(person, case.assignment, case.version, decision, START)
    # Whoever teaches somewhere reads no rubric of a question that was not asked there.
    with pytest.raises(NotFound):
        page(case.iris, case.assignment, add_version("Another?"), Asked())
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    tim = principal(add_member(1, add_person("Tim"), "assistant"))
    assert page(tim, case.assignment, case.version, Asked()).left == 4
    with pytest.raises(Archived):
        give(case, "Ada")
    assert grades() == 4


def test_the_number_of_statements_is_fixed(statements: Count) -> None:
    def cost(**texts: str) -> list[int]:
        case = queue(**texts)
        seen = []
        for read in (
            lambda: look(case),
            lambda: of_assignment(case.iris, case.assignment, "all"),
            lambda: of_class(case.iris, case.class_id, None),
        ):
            with statements() as counted:
                read()
            seen.append(len(counted))
        return seen

    many = {f"Learner{number}": f"{CACHE} {number}" for number in range(12)}
    assert cost(Ada=CACHE) == cost(**many, Dan=INDEX) == [8, 5, 4]
