"""Times as instructors type them, and what the clocks of a place make of them."""

import pytest

from interview.services.assignments.walls import Walls, wall_of
from tests.support.classes import at
from tests.support.given import wall

BERLIN = "Europe/Berlin"


def test_a_time_that_the_clocks_skip_is_refused_in_words() -> None:
    walls = Walls(BERLIN)
    assert walls.read("closes", wall("2026-03-29 02:30")) is None
    assert walls.problems == {
        "closes": "There is no 02:30 on 29 March 2026 in Europe/Berlin: the clocks are put "
        "forward over it. Choose an earlier or a later time."
    }


def test_a_time_that_comes_twice_is_the_first_and_said_to_be() -> None:
    walls = Walls(BERLIN)
    assert walls.read("closes", wall("2026-10-25 02:30")) == at("2026-10-25 00:30")
    (notice,) = walls.notices
    assert notice.startswith("02:30 on 25 October 2026 comes twice in Europe/Berlin")
    assert notice.endswith("The first one counts (CEST).")
    assert walls.problems == {}


def test_the_second_of_a_time_that_comes_twice_stays_where_nothing_was_changed() -> None:
    walls, second = Walls(BERLIN), at("2026-10-25 01:30")
    assert walls.read("closes", wall_of(second, BERLIN), second) == second
    assert walls.notices == []


def test_the_seconds_of_a_moment_stay_where_nothing_was_changed() -> None:
    walls, kept = Walls(BERLIN), at("2026-03-02 09:00:30")
    assert walls.read("opens", wall("2026-03-02 10:00"), kept) == kept
    assert walls.read("opens", wall("2026-03-02 10:01"), kept) == at("2026-03-02 09:01")


@pytest.mark.parametrize("year", [1, 1999, 2100, 9999])
def test_a_year_that_is_a_slip_of_the_keyboard_is_refused(year: int) -> None:
    walls = Walls(BERLIN)
    assert walls.read("due", wall(f"{year:04}-01-01")) is None
    assert walls.problems == {"due": "Choose a day from 2000 to 2099."}


def test_nothing_typed_is_no_moment() -> None:
    assert Walls(BERLIN).read("due", None) is None
