"""Things that happen at once, in real threads with connections of their own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

T = TypeVar("T")
PATIENCE_SECONDS = 60.0


def at_once(*jobs: Callable[[], T]) -> list[T]:
    """Run jobs in threads and return their results in order."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        return [started.result(PATIENCE_SECONDS) for started in [pool.submit(j) for j in jobs]]


@contextmanager
def meanwhile(job: Callable[[], T]) -> Iterator[Future[T]]:
    """Run a job beside the block; it has ended after it."""
    with ThreadPoolExecutor(1) as pool:
        started = pool.submit(job)
        yield started
        started.result(PATIENCE_SECONDS)


def meet_at(monkeypatch: pytest.MonkeyPatch, place: Any, name: str, count: int = 2) -> None:
    """Have threads wait for each other at their first call of a function."""
    barrier = threading.Barrier(count, timeout=PATIENCE_SECONDS)
    thread = threading.local()
    function = getattr(place, name)

    def waiting(*arguments: Any, **named: Any) -> Any:
        if not getattr(thread, "has_met", False):
            thread.has_met = True
            barrier.wait()
        return function(*arguments, **named)

    monkeypatch.setattr(place, name, waiting)


class Halt:
    """A function that stays at its end until it is let go.

    Attributes
    ----------
    reached : Event
        Set once the function has done its work.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> None:
        self.reached, self._free = threading.Event(), threading.Event()
        self._function = getattr(place, name)
        monkeypatch.setattr(place, name, self)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        result = self._function(*arguments, **named)
        self.reached.set()
        assert self._free.wait(PATIENCE_SECONDS)
        return result

    def wait(self) -> None:
        assert self.reached.wait(PATIENCE_SECONDS)

    def let_go(self) -> None:
        self._free.set()
