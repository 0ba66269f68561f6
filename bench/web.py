"""Rows 1 to 4, 9 and 10: the step and the autosave against a small page, on one server."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.figures import Figure, percentile, spread
from bench.learner import Learner, add_learner, pages, saves, steps
from bench.load import Chain, Round, run
from bench.serving import Server, serving

CONNECTIONS = 4
WIDE = 8
ROUNDS = 5
SECONDS = 1.2
# More questions than a server can answer in all rounds together.
ATTEMPTS = 640
# Attempts that one connection can take in a round: none runs out of questions.
STINT = 6
SMALL_PAGE = "/how-grading-works"
KINDS = ("page", "step", "step by 303", "autosave")


@dataclass
class Measured:
    """All rounds of one server.

    Attributes
    ----------
    rounds : dict of str to list of Round
        By kind of request, interleaved in time.
    """

    name: str
    rounds: dict[str, list[Round]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    wide: list[Round] = field(default_factory=list)
    memory_mib: float = 0.0

    def ratios(self, kind: str) -> list[float]:
        """Rate of a kind over the small page's rate, round by round."""
        pairs = zip(self.rounds[kind], self.rounds["page"], strict=True)
        return [one.rate / page.rate for one, page in pairs]

    def cpu_note(self, kind: str) -> str:
        """CPU per request of a kind and of the page."""
        own = median(one.cpu_each for one in self.rounds[kind]) * 1e6
        page = median(one.cpu_each for one in self.rounds["page"]) * 1e6
        failed = sum(one.failures for one in self.rounds[kind])
        note = f"CPU {own:.0f} against {page:.0f} µs ({page / own:.2f})"
        return f"{note}, {failed} FAILED" if failed else note


class Work:
    """Hands out questions that nobody has answered yet.

    The page is loaded by somebody else who is logged in and has no attempt, so that it is
    as small as a page of this app can be for a learner.
    """

    def __init__(self, learner: Learner, reader: Learner) -> None:
        self.learner = learner
        self.reader = reader
        self.left = list(learner.attempts)

    def take(self, kind: str, connections: int) -> list[Iterator[Chain]]:
        """Make one iterator of chains for each connection."""
        return [self._one(kind) for _ in range(connections)]

    def _one(self, kind: str) -> Iterator[Chain]:
        if kind == "page":
            return pages(self.reader, SMALL_PAGE)
        if kind == "autosave":
            return saves(self.learner, self.left.pop())
        mine = [self.left.pop() for _ in range(STINT)]
        return steps(self.learner, mine, htmx=kind == "step")


def measure(name: str, url: str, folder: Path) -> Measured:
    """Run every round against one server on one database."""
    measured = Measured(name)
    with serving(url, folder) as server:
        work = Work(add_learner(server.app, ATTEMPTS), add_learner(server.app, 0))
        for kind in KINDS:
            _round(server, work, kind, CONNECTIONS, 0.4)
        for _ in range(ROUNDS):
            for kind in KINDS:
                measured.rounds[kind].append(_round(server, work, kind, CONNECTIONS, SECONDS))
        for _ in range(ROUNDS):
            measured.wide.append(_round(server, work, "step", WIDE, 1.0))
        measured.memory_mib = server.memory_mib()
    return measured


def _round(server: Server, work: Work, kind: str, connections: int, seconds: float) -> Round:
    return run(server.port, work.take(kind, connections), 200, seconds, server.cpu)


def figures(measured: Measured) -> list[Figure]:
    """Rows 1 to 4 and 9 of one server."""
    tail = [percentile(r.latencies, 0.99) / median(r.latencies) for r in measured.wide]
    middle = [median(r.latencies) * 1000 for r in measured.wide]
    on = f"on {measured.name}"
    rows = [
        ("1", "step", f"step in one response ÷ page, {on}", "0.25"),
        ("2", "step by 303", f"step as POST, 303, GET ÷ page, {on}", "0.15"),
        ("3", "autosave", f"autosave ÷ page, {on}", "0.5"),
    ]
    found = [
        Figure(row, name, spread(measured.ratios(kind)), f"≥ {target}", measured.cpu_note(kind))
        for row, kind, name, target in rows
    ]
    p50 = f"p50 {median(middle):.1f} ms"
    name = f"p99 ÷ p50 of the step, 8 connections, {on}"
    found.append(Figure("4", name, spread(tail), "≤ 5", p50))
    memory = f"{measured.memory_mib:.0f} MiB"
    found.append(Figure("9", f"memory of the web process, {on}", memory, "≤ 80 MiB"))
    return found


def compared(sqlite: Measured, postgres: Measured) -> Figure:
    """Row 10: the step on PostgreSQL over the step on SQLite, each against its own page."""
    pairs = zip(postgres.rounds["step"], sqlite.rounds["step"], strict=True)
    value = spread([one.rate / other.rate for one, other in pairs])
    return Figure("10", "step on PostgreSQL ÷ on SQLite", value, "≥ 0.8")
