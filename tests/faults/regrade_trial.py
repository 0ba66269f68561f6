"""Workers that are killed while a regrade compares, applies and takes back: nothing shows of it.

``python -m tests.faults.regrade_trial --answers 10000 --kills 50 --seed 1 --database sqlite``
fills a database, has one copy of it regraded by a worker that nobody disturbs and another by
workers, and by web processes that decide, which are killed outright at random moments. Both
copies have to say the same at the end of each stage.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from interview.services.regrading import making
from interview.services.regrading.records import Wish
from interview.web.clock import system_clock
from tests.faults.regrade_processes import Program
from tests.faults.regrade_side import STAGES, Side, copied, opened
from tests.support.classes import principal
from tests.support.databases import migrate
from tests.support.postgres import running_postgres
from tests.support.regrade_field import Field, fill

WORKERS = 2
PATIENCE_SECONDS = 600.0
MOMENT_SECONDS, LOOKS = 0.005, 100
HASTE = 0.4
"""Kills come in the first part of their shares of a stage: what follows takes its time too."""


@dataclass(frozen=True)
class Trial:
    """What is tried.

    Attributes
    ----------
    chunk : int
        Answers that a worker commits together; smaller ones meet more kills.
    """

    answers: int
    kills: int
    seed: int
    chunk: int


@dataclass
class Report:
    """What was done, and what the copies differ in."""

    answers: int
    changed: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    deciders: int = 0
    differences: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        killed = ", ".join(f"{count} at {stage}" for stage, count in self.killed.items())
        result = f"{len(self.differences)} differences" if self.differences else "identical"
        return (
            f"{self.answers} answers, {self.changed} grades changed and taken back; workers"
            f" killed: {killed}; deciding processes killed: {self.deciders};"
            f" {self.seconds:.0f} s: {result}"
        )


def asked(url: str, folder: Path, trial: Trial, seeded: Field) -> Side:
    """Ask for the run of one copy."""
    wish = Wish("assignment", seeded.assignment, None, None, None, "computed", "Better wordings")
    with opened(url, folder):
        run = making.make(principal(seeded.teacher), wish, system_clock())
    return Side(url, folder, trial.chunk, seeded.teacher, run)


def try_out(trial: Trial, calm: Side, rough: Side, answers: int) -> Report:
    """Go through the stages in both copies, and compare them after each."""
    begun, random = time.monotonic(), Random(trial.seed)  # noqa: S311 - moments, not secrets
    report = Report(answers)
    assert calm.run == rough.run
    for number, stage in enumerate(STAGES):
        length = undisturbed(calm, stage)
        # A stage that was over too soon leaves its kills to the next.
        kills = trial.kills * (number + 1) // len(STAGES) - sum(report.killed.values())
        report.deciders += killed_deciding(rough, stage, random)
        report.killed[stage] = disturbed(rough, stage, kills, length, random)
        expected, found = calm.traces(), rough.traces()
        report.differences += [
            f"{stage}: {name}" for name, rows in expected.items() if rows != found[name]
        ]
    report.changed = calm.applied()
    report.seconds = time.monotonic() - begun
    return report


def undisturbed(side: Side, stage: str) -> float:
    """Have a stage done by one worker, and return the seconds that it took."""
    with at_work(side, 1):
        decided(side, stage)
        begun = time.monotonic()
        wait(lambda: side.is_done(stage))
        return time.monotonic() - begun


def disturbed(side: Side, stage: str, kills: int, length: float, random: Random) -> int:
    """Have a stage done by workers, kill those that are at it, and return how many were."""
    killed = 0
    with at_work(side, WORKERS) as workers:
        decided(side, stage)
        while killed < kills and (busy := next_busy(workers, side, stage)) is not None:
            time.sleep(random.uniform(0, HASTE * length / (kills + 1)))
            busy.kill()
            killed += 1
            workers[workers.index(busy)] = side.program()
        wait(lambda: side.is_done(stage))
    return killed


def next_busy(workers: list[Program], side: Side, stage: str) -> Program | None:
    """Wait until a worker has done a part of it; None once all is done."""
    for looked in count():
        for one in workers:
            if one.has_said("step"):
                return one
        if looked % LOOKS == 0 and side.is_done(stage):
            return None
        time.sleep(MOMENT_SECONDS)
    raise AssertionError


def killed_deciding(side: Side, stage: str, random: Random) -> int:
    """Kill a process while it decides; what it decides is decided wholly, or not at all."""
    if stage == "compare":
        return 0
    decider = side.decider(stage)
    wait(lambda: decider.has_said("ready") or decider.has_ended())
    time.sleep(random.uniform(0, 0.05))
    decider.kill()
    return 1


def decided(side: Side, stage: str) -> None:
    """Decide, where it is not decided."""
    if stage != "compare":
        decider = side.decider(stage)
        wait(decider.has_ended)
        decider.kill()


@contextmanager
def at_work(side: Side, number: int) -> Iterator[list[Program]]:
    """Run workers, however often they are replaced."""
    programs = [side.program() for _ in range(number)]
    try:
        yield programs
    finally:
        for one in programs:
            one.kill()


def wait(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def prepare(url: str, folder: Path, trial: Trial) -> tuple[str, Field]:
    """Fill a migrated database, and return the address of a copy and what is in both."""
    with opened(url, folder):
        seeded = fill(trial.answers, trial.seed)
    return copied(url), seeded


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Make an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'rough.db'}"
        return
    with running_postgres() as server:
        yield server.url(server.create())


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.regrade_trial")
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--chunk", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--url", help="a migrated database without rows, in place of a new one")
    return parser.parse_args()


def main() -> int:
    """Run the trial, and say what came of it."""
    given = options()
    trial = Trial(given.answers, given.kills, given.seed, given.chunk)
    with tempfile.TemporaryDirectory(prefix="regrade-trial-") as name:
        folder = Path(name)
        if given.url:
            return report_on(given.url, folder, trial)
        with database(given.database, folder) as url:
            migrate(url, folder)
            return report_on(url, folder, trial)


def report_on(url: str, folder: Path, trial: Trial) -> int:
    """Try it on one database, and print the report; 1 where the copies differ."""
    twin, seeded = prepare(url, folder, trial)
    calm, rough = (asked(one, folder, trial, seeded) for one in (twin, url))
    report = try_out(trial, calm, rough, seeded.answers)
    lines = [f"{url.partition(':')[0]}, seed {trial.seed}: {report}", *report.differences]
    sys.stdout.write("\n".join([*lines[1:], lines[0], ""]))
    return 1 if report.differences else 0


if __name__ == "__main__":
    sys.exit(main())
