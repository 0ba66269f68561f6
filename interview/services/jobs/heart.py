"""How a worker says that it is at a job, how far it is, and that a part of it is done."""

from time import monotonic

from sqlalchemy.orm import Session

from interview.services.jobs import queue
from interview.services.jobs.records import BEAT_SECONDS, Clock, Job
from interview.services.unit import write


class Heart:
    """Keeps one job this worker's, and finds out when it no longer is."""

    def __init__(self, job: Job, clock: Clock) -> None:
        self._job = job
        self._clock = clock
        self._next = 0.0

    def beat(self, progress: int, total: int) -> None:
        """Note the progress, where the last beat is a second old; not within a `write`.

        Raises
        ------
        Lost
            When the job is no longer this worker's.
        """
        if monotonic() < self._next:
            return
        self._next = monotonic() + BEAT_SECONDS
        beat = self._clock()
        with write() as session:
            queue.move(session, self._job, progress=progress, total=total, heartbeat_at=beat)

    def step(self, session: Session, progress: int, total: int) -> None:
        """Have what the transaction writes count as done, if it is committed.

        The row of the job is held until then. Whoever would cancel or take over the job waits,
        and finds it moved on; a worker that lost the job cannot commit its part.

        Parameters
        ----------
        session : Session
            The one that `write` gave the caller.

        Raises
        ------
        Lost
            When the job is no longer this worker's; what the transaction wrote is to be
            rolled back, which `write` does when this goes through it.
        """
        values = {"progress": progress, "total": total, "tries": 0}
        queue.move(session, self._job, heartbeat_at=self._clock(), **values)
