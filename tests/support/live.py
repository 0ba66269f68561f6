"""The app on a real port, served by the server that ships with it."""

import gc
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

HOST = "127.0.0.1"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve an app from a thread and yield its address; every request ends with the block."""
    # Its published types leave out the trigger and the map of sockets.
    server: Any = create_server(app, host=HOST, port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.effective_port}"
    finally:
        with warnings.catch_warnings():
            # A browser that left in the middle of a file leaves the server's copy of it open.
            warnings.simplefilter("ignore", ResourceWarning)
            _stop(server, thread)
            gc.collect()


def _stop(server: Any, thread: threading.Thread) -> None:
    # Sockets must be closed by the thread that polls them; the trigger wakes it for that.
    server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
    thread.join(timeout=10)
    server.task_dispatcher.shutdown()
    assert not thread.is_alive(), "the server did not stop"
