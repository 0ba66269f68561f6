"""Days of a place, as moments."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from interview.rules.days import FIRST_DAY, LAST_DAY, end_of, start_of

ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
EPOCH = datetime(2000, 1, 2, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@given(
    moment=st.timedeltas(timedelta(), timedelta(days=38 * 365)).map(EPOCH.__add__),
    zone=ZONES,
)
def test_a_moment_lies_within_its_own_day_and_no_other(moment: datetime, zone: ZoneInfo) -> None:
    day = moment.astimezone(zone).date()
    assert start_of(day, zone) <= moment < end_of(day, zone)


@given(day=st.dates(FIRST_DAY, LAST_DAY), zone=ZONES)
def test_a_day_ends_where_the_next_one_begins(day: date, zone: ZoneInfo) -> None:
    assert end_of(day, zone) == start_of(day + timedelta(days=1), zone)
    assert start_of(day, zone) <= end_of(day, zone)


def test_the_day_on_which_clocks_are_put_forward_has_23_hours() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    day = date(2026, 3, 29)
    assert end_of(day, berlin) - start_of(day, berlin) == timedelta(hours=23)


def test_a_day_without_a_midnight_begins_at_the_change() -> None:
    santiago = ZoneInfo("America/Santiago")
    first = start_of(date(2026, 9, 6), santiago).astimezone(santiago)
    just_before = (first.astimezone(UTC) - INSTANT).astimezone(santiago)
    assert (first.hour, just_before.date()) == (1, date(2026, 9, 5))


def test_a_midnight_that_comes_twice_is_the_earlier_one() -> None:
    havana = ZoneInfo("America/Havana")
    day = date(2026, 11, 1)
    assert end_of(day, havana) - start_of(day, havana) == timedelta(hours=25)
