"""The background process: settles expired attempts, sends mail, reminds, works on jobs.

Run as ``python -m interview.web.worker``; ``make run`` starts one beside its server. Tasks
hold no state of their own: whatever they find undone they do, so a task that is lost or runs
twice, also in several workers, harms nobody.
"""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from flask import Flask
from huey import Huey, crontab

from interview.services import mail, sweeping
from interview.services.assignments import reminding
from interview.services.jobs import running
from interview.web.app import create_app
from interview.web.config import SettingsError
from interview.web.queues import make_queue

SWEEP_SECONDS = 30
MAIL_SECONDS = 5
JOB_SECONDS = 2
REMIND_SECONDS = 60
_MINUTE = 60
_PATIENCE_SECONDS = 10
# Jobs keep at most two of them for minutes; the clocks of attempts and the mail go on.
_THREADS = 4


def task_queue(app: Flask) -> Huey:
    """Build the queue and its tasks.

    Parameters
    ----------
    app : Flask
        Gives the tasks their database, clock and settings.

    Returns
    -------
    Huey
        With the plan of a minute as its periodic task. Several workers that share a queue
        each lay the plan out; what it leads to is claimed in the database and done once.

    Raises
    ------
    SettingsError
        When the queue cannot be opened.
    """
    huey = make_queue(app.extensions["settings"])
    runs = [(huey.task()(task), every) for task, every in _tasks(app)]

    def plan_a_minute() -> None:
        # Periodic tasks know no unit below the minute, so each minute's runs are laid out here.
        for task, every in runs:
            for delay in range(0, _MINUTE, every):
                task.schedule(delay=delay)

    huey.periodic_task(crontab())(plan_a_minute)
    return huey


def _tasks(app: Flask) -> tuple[tuple[Callable[[], None], int], ...]:
    """What is to be done, and how many seconds lie between two times."""

    def sweep() -> None:
        with app.app_context():
            sweeping.sweep(app.extensions["clock"]())

    def deliver() -> None:
        with app.app_context():
            mail.deliver_due(app.extensions["clock"]())

    def remind() -> None:
        with app.app_context():
            reminding.remind_due(app.extensions["clock"]())

    def work_on_jobs() -> None:
        with app.app_context():
            running.run_due(app.extensions["clock"])

    return (
        (sweep, SWEEP_SECONDS),
        (deliver, MAIL_SECONDS),
        (remind, REMIND_SECONDS),
        (work_on_jobs, JOB_SECONDS),
    )


def main() -> int:
    """Work until a signal, or until the parent is gone."""
    options = argparse.ArgumentParser(prog="python -m interview.web.worker")
    options.add_argument("--parent", type=int, help="stop when this process is gone")
    parent = options.parse_args().parent
    if parent is not None:
        threading.Thread(target=_stop_without, args=(parent,), daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="worker: %(levelname)s %(message)s")
    try:
        queue = task_queue(create_app())
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    consumer = queue.create_consumer(
        workers=_THREADS, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=_PATIENCE_SECONDS
    )
    consumer.run()
    return 0


def _stop_without(parent: int) -> None:
    """Stop this process once it has been left to another parent; only polling is portable."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
