from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from interview.rules.clock import GRACE, Allowance, earliest, is_over, shifted

START = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - the zone comes with the strategy
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")]),
)
limits = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(hours=6))
factors = st.floats(min_value=1, max_value=4)


def test_untimed_attempt_has_no_deadline() -> None:
    assert Allowance(None).deadline(START) is None


def test_untimed_attempt_ends_when_it_closes_whatever_the_factor() -> None:
    close = START + timedelta(days=1)
    assert Allowance(None, factor=2).deadline(START, close) == close


def test_half_as_much_time_again_stretches_limit_grace_and_close() -> None:
    allowance = Allowance(timedelta(minutes=60), factor=1.5)
    assert allowance.deadline(START) == START + timedelta(minutes=90)
    assert allowance.grace == GRACE * 1.5
    late = START + timedelta(minutes=40)
    close = START + timedelta(minutes=60)
    assert allowance.deadline(late, close) == close + timedelta(minutes=30)


def test_minutes_added_while_it_runs_move_both_ends() -> None:
    allowance = Allowance(timedelta(minutes=10), added=timedelta(minutes=5))
    assert allowance.deadline(START) == START + timedelta(minutes=15)
    close = START + timedelta(minutes=8)
    assert allowance.deadline(START, close) == close + timedelta(minutes=5)


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)
    deadline = Allowance(timedelta(hours=1)).deadline(before)
    assert deadline is not None
    assert deadline - before == timedelta(hours=1)
    assert deadline.astimezone(ZoneInfo("Europe/Berlin")).hour == 3


@given(moments, limits, factors)
def test_full_time_is_never_less_than_the_stated_limit(
    start: datetime, limit: timedelta, factor: float
) -> None:
    deadline = Allowance(limit, factor).deadline(start.astimezone(UTC))
    assert deadline is not None
    assert deadline - start >= limit


@given(moments, limits, factors, limits)
def test_more_time_never_brings_the_deadline_forward(
    start: datetime, limit: timedelta, factor: float, added: timedelta
) -> None:
    close = start + limit / 2
    plain = Allowance(limit).deadline(start, close)
    more = Allowance(limit, factor, added).deadline(start, close)
    assert plain is not None
    assert more is not None
    assert more >= plain


@given(moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=2)))
def test_a_late_request_counts_exactly_until_the_grace_has_passed(
    deadline: datetime, grace: timedelta
) -> None:
    tick = timedelta(microseconds=1)
    assert not is_over(deadline, deadline, grace)
    assert not is_over(deadline + grace, deadline, grace)
    assert is_over(deadline + grace + tick, deadline, grace)


def test_nothing_is_over_without_a_deadline() -> None:
    assert not is_over(START, None, GRACE)


def test_the_earliest_deadline_rules() -> None:
    later = START + timedelta(minutes=1)
    assert earliest(later, None, START) == START
    assert earliest(None, None) is None


def test_a_pause_moves_a_deadline_by_its_length() -> None:
    assert shifted(START, timedelta(minutes=3)) == START + timedelta(minutes=3)
    assert shifted(None, timedelta(minutes=3)) is None
