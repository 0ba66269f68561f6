import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading import Band, Flag, Grade, MisconceptionFinding, PointVerdict, Span, Verdict

shares = st.floats(0, 1)
spans = st.builds(Span, st.integers(0, 99), st.integers(100, 200))
points = st.builds(
    PointVerdict,
    id=st.text(),
    text=st.text(),
    verdict=st.sampled_from(Verdict),
    span=st.none() | spans,
    earned=shares,
    possible=shares,
    derived=st.booleans(),
)
grades = st.builds(
    Grade,
    score=shares,
    low=shares,
    high=shares,
    band=st.sampled_from(Band),
    similarity=shares,
    points=st.lists(points, max_size=3).map(tuple),
    misconceptions=st.lists(
        st.builds(MisconceptionFinding, st.text(), st.text(), st.text(), spans), max_size=2
    ).map(tuple),
    flags=st.lists(st.sampled_from(Flag), unique=True).map(tuple),
    needs_review=st.booleans(),
    grader_version=st.text(),
)


@given(grades)
def test_a_grade_survives_json(grade: Grade) -> None:
    assert Grade.from_dict(json.loads(json.dumps(grade.to_dict()))) == grade


@given(grades)
def test_a_grade_as_a_dict_holds_json_types_only(grade: Grade) -> None:
    def kinds(value: object) -> set[type]:
        if isinstance(value, dict):
            return {dict} | set().union(*map(kinds, value.values()))
        if isinstance(value, list):
            return {list}.union(*map(kinds, value))
        return {type(value)}

    assert kinds(grade.to_dict()) <= {dict, list, str, float, int, bool, type(None)}


def test_a_grade_cannot_be_changed() -> None:
    span = Span(0, 1)
    with pytest.raises(FrozenInstanceError):
        span.start = 2  # type: ignore[misc]


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (0.0, "not yet"),
        (0.2499, "not yet"),
        (0.25, "partly there"),
        (0.5, "mostly there"),
        (0.75, "strong"),
        (1.0, "strong"),
    ],
)
def test_a_band_holds_a_quarter_of_the_scale(score: float, band: str) -> None:
    assert Band.of(score) == band
