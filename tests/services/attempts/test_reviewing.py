"""Looking back on answers: who may see what when, and words laid over the text."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.records import (
    Band,
    Grade,
    MisconceptionFinding,
    PointVerdict,
    Span,
    Verdict,
)
from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import overview, reviewing
from interview.services.attempts.evidence import evidence_of
from interview.services.attempts.records import NotFound
from interview.services.unit import write
from interview.store.grades import Grade as GradeRow
from interview.store.grades import Submission
from tests.support.attempts import (
    ENDED_AT,
    KEY_POINT,
    REFERENCE,
    Item,
    add_attempt,
    add_person,
    add_question,
    add_set,
    grade_of,
)
from tests.support.candidate import GOOD, Candidate, start
from tests.support.clock import FakeClock
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)
LATER = ENDED_AT + timedelta(days=1)
SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).map(lambda s: Span(*s))


@pytest.fixture
def mock(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock)
    made.show(1)
    return made


def seen(candidate: Candidate, position: int) -> reviewing.AnswerScreen:
    return reviewing.answer(candidate.user_id, candidate.attempt_id, position, candidate.now())


def test_a_mock_interview_shows_nothing_before_its_end(mock: Candidate, clock: FakeClock) -> None:
    mock.submit(1)
    with pytest.raises(NotFound):
        seen(mock, 1)
    assert reviewing.results(mock.user_id, mock.attempt_id, clock()) is None
    mock.finish()
    assert seen(mock, 1).references == (REFERENCE,)


def test_practice_shows_an_answer_once_it_is_graded_and_no_other(
    database: Flask, clock: FakeClock
) -> None:
    candidate = start(clock, EACH)
    candidate.show(1)
    with pytest.raises(NotFound):
        seen(candidate, 1)
    candidate.submit(1)
    screen = seen(candidate, 1)
    assert screen.references == (REFERENCE,)
    assert screen.evidence is not None
    assert [point.text for point in screen.evidence.points] == [KEY_POINT]
    assert screen.score == screen.evidence.score
    with pytest.raises(NotFound):
        seen(candidate, 2)


@pytest.mark.parametrize("position", [0, 4, 2**31, 10**30])
def test_an_answer_out_of_range_is_not_found(mock: Candidate, position: int) -> None:
    mock.finish()
    with pytest.raises(NotFound):
        seen(mock, position)


def test_somebody_elses_results_are_not_found(mock: Candidate, clock: FakeClock) -> None:
    mock.finish()
    stranger = add_person()
    with pytest.raises(NotFound):
        reviewing.results(stranger, mock.attempt_id, clock())
    with pytest.raises(NotFound):
        reviewing.answer(stranger, mock.attempt_id, 1, clock())


def test_results_sum_up_the_attempt(mock: Candidate, clock: FakeClock) -> None:
    clock.advance(seconds=40)
    mock.submit(1)
    clock.advance(seconds=20)
    mock.act("skip", 2, "a draft")
    mock.finish()
    screen = reviewing.results(mock.user_id, mock.attempt_id, clock())
    assert screen is not None
    assert (screen.title, screen.set_slug, screen.answered) == ("Three questions", "three", 2)
    assert screen.used == timedelta(seconds=60)
    assert [answer.source for answer in screen.answers] == ["learner", "finish", ""]
    scores = [answer.score or 0.0 for answer in screen.answers]
    assert screen.score == pytest.approx(sum(scores) / 3)
    assert scores[2] == 0.0


def test_an_abandoned_attempt_keeps_what_was_graded(mock: Candidate, clock: FakeClock) -> None:
    mock.submit(1)
    overview.abandon(mock.user_id, mock.attempt_id, clock())
    screen = reviewing.results(mock.user_id, mock.attempt_id, clock())
    assert screen is not None
    assert (screen.state, screen.score) == ("abandoned", None)
    assert screen.answers[0].evidence is not None
    assert screen.answers[0].text == GOOD


@pytest.mark.usefixtures("database")
def test_tags_are_sorted_into_what_went_well_and_what_to_practise() -> None:
    user = add_person()
    items = [
        Item(version=add_question(tags=tags), score=score)
        for tags, score in ((("orm", "sql"), 0.9), (("orm",), 0.8), (("http",), 0.2), ((), 0.1))
    ]
    screen = reviewing.results(user, add_attempt(user, items=items), LATER)
    assert screen is not None
    assert (screen.strong, screen.weak) == (("sql", "orm"), ("http",))


@pytest.mark.usefixtures("database")
def test_the_newest_grade_counts() -> None:
    user = add_person()
    attempt = add_attempt(user, items=[Item(score=0.2, grades=3)])
    with write() as session:
        newest = session.execute(sa.select(GradeRow).order_by(GradeRow.id.desc())).scalars().first()
        assert newest is not None
        text = session.scalar(sa.select(Submission.text)) or ""
        newest.verdict = grade_of(0.9, text).to_dict()
    evidence = reviewing.answer(user, attempt, 1, LATER).evidence
    assert evidence is not None
    assert (evidence.score, evidence.band) == (0.9, "strong")


def test_results_are_read_in_the_same_few_statements_whatever_their_number(
    database: Flask, statements: Count
) -> None:
    user, chosen = add_person(), add_set()
    few = add_attempt(user, set_id=chosen, items=[Item()] * 2)
    many = add_attempt(user, set_id=chosen, items=[Item()] * 30)
    for attempt in (few, many):
        with statements() as counted:
            reviewing.results(user, attempt, LATER)
        assert len(counted) == 6, str(counted)


@given(text=st.text(max_size=40), spans=st.lists(SPANS, max_size=6), wrong=st.lists(SPANS))
def test_marked_pieces_put_together_are_the_answer(
    text: str, spans: list[Span], wrong: list[Span]
) -> None:
    inside = [Span(min(s.start, len(text)), min(s.end, len(text))) for s in spans]
    mistaken = [Span(min(s.start, len(text)), min(s.end, len(text))) for s in wrong]
    evidence = evidence_of(text, graded(inside, mistaken))
    assert "".join(segment.text for segment in evidence.segments) == text
    for number, span in enumerate(inside, start=1):
        marked = "".join(s.text for s in evidence.segments if number in s.numbers)
        assert marked == text[span.start : span.end]


def graded(found: list[Span], mistaken: list[Span]) -> Grade:
    points = tuple(
        PointVerdict(str(n), "Point", Verdict.FOUND, span, 1.0, 1.0) for n, span in enumerate(found)
    )
    findings = tuple(MisconceptionFinding("m", "Wrong", "Right", span) for span in mistaken)
    return Grade(0.5, 0.4, 0.6, Band.of(0.5), 0.5, points, findings, (), False, "1")


def test_the_mark_that_a_learner_most_needs_to_see_wins() -> None:
    evidence = evidence_of("all of it", graded([Span(0, 9)], [Span(4, 6)]))
    assert [(s.text, s.verdict) for s in evidence.segments] == [
        ("all ", "found"),
        ("of", "misconception"),
        (" it", "found"),
    ]


def test_evidence_counts_code_points() -> None:
    evidence = evidence_of("🐍🐍 snake", graded([Span(3, 8)], []))
    assert evidence.points[0].quote == "snake"
    assert [s.text for s in evidence.segments] == ["🐍🐍 ", "snake"]
