"""What follows from an accepted wording, once the worker has graded anew."""

from interview.services.jobs.running import run_due
from interview.services.regrading import deciding as regrading
from tests.support.appealed import NUMBER, SAID, Appealed, accept, appealed, decide, told
from tests.support.authored import an_author
from tests.support.clock import START, FakeClock
from tests.support.marking import newest

SECOND = "Only the one who turned the key can turn it back."


def follow(case: Appealed, appeal_id: int, wording: str) -> None:
    """Accept a wording, and let the worker do the rest."""
    run = decide(case.iris, appeal_id, accept(wording=wording))
    assert run is not None
    run_due(FakeClock())
    regrading.accept(case.iris, run, "computed", START)
    run_due(FakeClock())


def test_who_said_it_gets_the_point_and_a_second_wording_keeps_the_first() -> None:
    case = appealed(owner=an_author("Otto"))
    said = case.sit(case.ben, f"{SAID} {SECOND}")
    contested = case.contest(case.ben, said, number=3)
    follow(case, case.contest(), SAID)
    follow(case, contested, SECOND)
    assert newest(case.attempt).points[NUMBER - 1].verdict == "found"
    assert [point.verdict.value for point in newest(said).points[1:]] == ["found", "found"]
    assert told(case.ada.id)[-1] == ("regraded", "answer", case.attempt)
