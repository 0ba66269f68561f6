"""Accepting a wording: whose question gains it, what is graded by it, and what is refused."""

import pytest
import sqlalchemy as sa

from interview.grading import Grade
from interview.services.appeals import contesting, reading
from interview.services.appeals.access import appeal_for
from interview.services.appeals.reading import Case
from interview.services.appeals.records import Undecidable
from interview.services.appeals.widening import Widening, widening_of
from interview.services.appeals.wordings import with_wording
from interview.services.authoring import publishing, retiring, saving
from interview.services.authoring import reading as authoring
from interview.services.authoring.publishing import NotTrusted
from interview.services.authoring.records import Stale
from interview.services.classes.access import TEACH, Forbidden
from interview.services.grading import grade_answer
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.drawing import Pool, draw_from
from interview.store.regrades import RegradeRun
from tests.support.appealed import (
    POINT,
    SAID,
    TEXT,
    Appealed,
    accept,
    appeal_row,
    appealed,
    decide,
    decline,
    give_question,
    told,
)
from tests.support.audit import noted
from tests.support.authored import an_author, chance, version_of
from tests.support.authoring import GOOD, REFERENCE, WRONG, a_content
from tests.support.clock import START


def case_of(case: Appealed, made: int) -> Case:
    found = reading.look(case.iris, made, START)
    assert isinstance(found, Case)
    return found


def widening(case: Appealed, made: int) -> Widening:
    found = case_of(case, made).widening
    assert found is not None
    return found


def verdict(grade: Grade) -> str:
    return next(point.verdict.value for point in grade.points if point.id == POINT)


def run_of(run_id: int | None) -> RegradeRun:
    run = db.session.get(RegradeRun, run_id)
    assert run is not None
    return run


def phrasings(version: int) -> list[str]:
    query = sa.select(QuestionVersion.rubric).where(QuestionVersion.id == version)
    rubric = db.session.execute(query).scalar_one()
    return next(one["phrasings"] for one in rubric["key_points"] if one["id"] == POINT)


def test_an_owners_question_gains_the_wording_for_everybody() -> None:
    case = appealed()
    made = case.contest()
    assert widening(case, made).for_everybody
    run_id = decide(case.iris, made, accept(reply="Yes."))
    row, run = appeal_row(made), run_of(run_id)
    current = version_of(case.question)
    assert (row.status, row.wording, row.made_version_id) == ("accepted", SAID, current)
    assert (row.decided_by, row.reply) == (case.iris.id, "Yes.")
    assert current != case.version
    assert phrasings(current)[-1] == SAID
    assert (run.scope, run.assignment_id, run.question_id) == (
        "assignment", case.assignment, case.question,
    )  # fmt: skip
    assert (run.version_id, run.appeal_id, run.state) == (current, made, "waiting")
    assert told(case.ada.id) == [("appeal_decided", "answer", case.attempt)]
    kinds = [one.kind for one in noted()]
    assert kinds[-2:] == ["appeal.decided", "question.published"]
    edited = authoring.edited(case.iris, case.question)
    assert (edited.standing.revision, edited.standing.is_changed) == (2, False)


def test_who_said_it_has_the_point_by_the_new_version_and_who_is_wrong_has_not() -> None:
    case = appealed()
    assert verdict(grade_answer(case.version, TEXT)) == "not found"
    decide(case.iris, case.contest(), accept())
    current = version_of(case.question)
    assert verdict(grade_answer(current, TEXT)) == "found"
    assert verdict(grade_answer(current, "So the rest queue up at the door, I think.")) == "found"
    assert verdict(grade_answer(current, WRONG)) == "not found"
    assert grade_answer(current, WRONG).score == grade_answer(case.version, WRONG).score


def test_somebody_elses_question_stays_as_it_is_and_the_assignment_has_its_own_version() -> None:
    otto = an_author("Otto")
    case = appealed(owner=otto)
    made = case.contest()
    assert not widening(case, made).for_everybody
    run = run_of(decide(case.iris, made, accept()))
    assert version_of(case.question) == case.version
    assert run.version_id == appeal_row(made).made_version_id != case.version
    assert phrasings(run.version_id or 0)[-1] == SAID
    assert told(otto.id) == [("wording_accepted", "question", case.question)]
    assert authoring.edited(otto, case.question).standing.revision == 1
    # A set that was published before the next version draws the one before it, and not this.
    content = a_content(references=[REFERENCE, GOOD])
    publishing.publish(otto, case.question, 1, content, "", START)
    pool = Pool(bound=run.version_id, reader_id=otto.id)
    (drawn,) = draw_from(db.session(), pool, 1, chance())
    assert drawn.version_id == case.version


def test_what_belongs_to_the_installation_is_widened_by_those_who_write_questions() -> None:
    case = appealed()
    made = case.contest()
    give_question(case.question, None)
    assert widening(case, made).for_everybody
    # Who teaches a class may be somebody who writes none.
    row = appeal_row(made)
    found, _ = appeal_for(case.iris, row.id, TEACH)
    alone = widening_of(case.tim, found)
    assert alone is not None
    assert not alone.for_everybody


def test_another_prompt_by_now_leaves_the_question_alone() -> None:
    case = appealed()
    made = case.contest()
    publishing.publish(case.iris, case.question, 1, a_content(prompt="Why a mutex?"), "x", START)
    assert not widening(case, made).for_everybody


def test_an_open_editor_is_told_and_an_unpublished_draft_gains_the_wording() -> None:
    case = appealed()
    draft = a_content(prompt="What is a mutex for?")
    saving.save(case.iris, case.question, 1, draft, START)
    decide(case.iris, case.contest(), accept())
    edited = authoring.edited(case.iris, case.question)
    assert edited.content == with_wording(draft, POINT, SAID)
    assert (edited.standing.revision, edited.standing.is_changed) == (4, True)
    assert authoring.asked(case.iris, case.question) == with_wording(a_content(), POINT, SAID)
    names = db.session.execute(sa.select(Question.prompt, Question.status)).one()
    assert tuple(names) == ("What is a mutex for?", "ready")
    with pytest.raises(Stale):
        saving.save(case.iris, case.question, 2, draft, START)


def test_a_retired_question_is_widened_and_stays_retired() -> None:
    case = appealed()
    retiring.retire(case.iris, case.question, retired=True, now=START)
    decide(case.iris, case.contest(), accept())
    assert db.session.scalar(sa.select(Question.status)) == "retired"


@pytest.mark.parametrize(
    ("wording", "why"),
    [
        (" \n ", "Write the words"),
        ("…!", "Write the words"),
        ("Everybody else has to wait  until it is FREE.", "count as this key point already"),
        ("x" * 501, "at most 500"),
    ],
)
def test_a_wording_that_says_nothing_new_is_refused(wording: str, why: str) -> None:
    case = appealed()
    made = case.contest()
    with pytest.raises(Undecidable, match=why):
        decide(case.iris, made, accept(wording=wording))
    assert appeal_row(made).status == "open"


def test_the_gate_is_heard_and_a_reason_opens_it() -> None:
    case = appealed(samples=[])
    made = case.contest()
    with pytest.raises(NotTrusted):
        decide(case.iris, made, accept())
    assert (appeal_row(made).status, version_of(case.question)) == ("open", case.version)
    decide(case.iris, made, accept(reason="Samples follow."))
    version = version_of(case.question)
    kept = sa.select(QuestionVersion.reason).where(QuestionVersion.id == version)
    assert db.session.scalar(kept) == "Samples follow."


def test_accepting_is_for_those_who_teach() -> None:
    case = appealed()
    with pytest.raises(Forbidden):
        decide(case.tim, case.contest(), accept())


def test_a_point_that_was_only_derived_gets_no_wording() -> None:
    points = [{**one, "derived": True} for one in a_content()["key_points"]]
    case = appealed(key_points=points)
    numbers = [
        number
        for number in (1, 2, 3)
        if contesting.look(case.ada, case.attempt, 1, number, START).refusal == ""
    ]
    made = case.contest(number=numbers[0])
    found = case_of(case, made)
    assert (found.widening, found.may_accept) == (None, False)
    with pytest.raises(Undecidable):
        decide(case.iris, made, accept())
    decide(case.iris, made, decline())
    assert appeal_row(made).status == "declined"


@pytest.mark.parametrize("is_own", [True, False])
def test_a_second_wording_keeps_the_first(is_own: bool) -> None:
    otto = an_author("Otto")
    case = appealed(owner=otto)
    decide(case.iris, case.contest(), accept())
    if is_own:
        # What served the assignment alone is not lost when its owner widens the question.
        give_question(case.question, case.iris.id)
    second = case.contest(case.ben, case.sit(case.ben))
    run = run_of(decide(case.iris, second, accept(wording="Others stand in line.")))
    assert phrasings(run.version_id or 0)[-2:] == [SAID, "Others stand in line."]
    others = phrasings(version_of(case.question))
    assert (others[-1] == "Others stand in line.", SAID in others) == (is_own, False)
    found = case_of(case, second)
    assert [one.wording for one in found.alike] == [SAID]
