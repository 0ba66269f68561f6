"""A closed loop of keep-alive connections: each sends its next request when answered."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# One request as bytes; a chain of them is done in order and timed as one.
Chain = list[bytes]


@dataclass
class Round:
    """What one round came to.

    Attributes
    ----------
    seconds : float
        Length of the round.
    latencies : list of float
        Seconds of each chain.
    cpu : float
        CPU seconds that the server used meanwhile.
    failures : int
        Chains whose last answer did not have the expected status.
    """

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    cpu: float = 0.0
    failures: int = 0

    @property
    def rate(self) -> float:
        """Chains a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Server CPU seconds per chain."""
        return self.cpu / max(1, len(self.latencies))


class Connection:
    """One keep-alive connection that reads just enough of HTTP/1.1."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def status(self, request: bytes) -> int:
        """Send a request and return the status of its answer, the body read and dropped."""
        return int(self.head(request)[9:12])

    def head(self, request: bytes) -> bytes:
        """Send a request and return the head of its answer."""
        self.socket.sendall(request)
        while (end := self.buffer.find(b"\r\n\r\n")) < 0:
            self._more()
        head = self.buffer[:end]
        length = 0
        if b"content-length:" in head.lower():
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(self.buffer) < end + 4 + length:
            self._more()
        self.buffer = self.buffer[end + 4 + length :]
        return head

    def _more(self) -> None:
        received = self.socket.recv(65536)
        if not received:
            raise ConnectionError("the server closed the connection")
        self.buffer += received


def run(
    port: int,
    chains: list[Iterator[Chain]],
    expected: int,
    seconds: float,
    cpu: Callable[[], float],
) -> Round:
    """Keep one connection busy for each iterator of chains.

    Parameters
    ----------
    expected : int
        Status that the last answer of every chain should have.
    seconds : float
        How long to go on.
    cpu : callable
        Returns the CPU seconds that the server has used so far.
    """
    result = Round()
    stop = time.perf_counter() + seconds
    workers = [
        threading.Thread(target=_work, args=(port, chain, expected, stop, result))
        for chain in chains
    ]
    before, start = cpu(), time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    result.seconds = time.perf_counter() - start
    result.cpu = cpu() - before
    return result


def _work(port: int, chains: Iterator[Chain], expected: int, stop: float, result: Round) -> None:
    connection = Connection(port)
    for chain in chains:
        start = time.perf_counter()
        if start >= stop:
            return
        statuses = [connection.status(request) for request in chain]
        result.latencies.append(time.perf_counter() - start)
        result.failures += statuses[-1] != expected
