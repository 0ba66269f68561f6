"""Workers and web processes that can be killed, forked from one that has everything loaded."""

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask

from interview.services import grading
from interview.services.jobs import ending, heart, queue, running
from interview.services.regrading import applying, deciding, telling, undoing, walking
from interview.services.regrading.records import Overtaken
from interview.web.app import create_app
from interview.web.clock import system_clock
from interview.web.config import Settings
from tests.support.classes import principal
from tests.support.databases import SECRET

STALE, SOON = timedelta(seconds=0.4), timedelta(seconds=0.1)

_forking = multiprocessing.get_context("fork")


@lru_cache(maxsize=8)
def app_on(url: str, folder: Path) -> Flask:
    """The app on a database; a forked process makes connections of its own."""
    return create_app(Settings(database_url=url, secret_key=SECRET, instance=folder))


class Program:
    """A process, whose words can be waited for."""

    def __init__(self, target: Callable[..., None], url: str, folder: Path, *more: Any) -> None:
        app_on(url, folder)
        grading.grader()
        self._words, theirs = _forking.Pipe(duplex=False)
        arguments = (theirs, url, folder, *more)
        self._process = _forking.Process(target=target, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def has_said(self, word: str) -> bool:
        """Whether it has said this since it was last asked."""
        heard = False
        with suppress(EOFError):
            while self._words.poll():
                heard = self._words.recv() == word or heard
        return heard

    def has_ended(self) -> bool:
        return self._process.exitcode is not None

    def kill(self) -> None:
        """End it outright, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._words.close()


def work(words: Connection, url: str, folder: Path, chunk: int) -> None:
    """Work as the worker does, but for its pauses; say when a part is done."""
    # Who is killed again and again is given up after some tries; here nobody gives up.
    for module, name, value in (
        (ending, "BUSY_PAUSE", SOON),
        (ending, "PAUSES", (SOON,)),
        (ending, "MOST_TRIES", 10**6),
        (running, "MOST_TRIES", 10**6),
        (queue, "STALE", STALE),
        (telling, "LONG", timedelta(0)),
        *((one, "CHUNK", chunk) for one in (walking, applying, undoing)),
    ):
        setattr(module, name, value)
    step = heart.Heart.step

    def told_step(*arguments: Any) -> None:
        step(*arguments)
        words.send("step")

    setattr(heart.Heart, "step", told_step)  # noqa: B010 - mypy allows no other way
    while True:
        with app_on(url, folder).app_context():
            running.run_due(system_clock)
        time.sleep(0.02)


def decide(words: Connection, url: str, folder: Path, what: tuple[str, int, int]) -> None:
    """Decide about a run as the web does, unless it is decided."""
    stage, person, run = what
    with app_on(url, folder).app_context():
        words.send("ready")
        with suppress(Overtaken):
            if stage == "accept":
                deciding.accept(principal(person), run, "computed", system_clock())
            else:
                deciding.undo(principal(person), run, "It was wrong", system_clock())
