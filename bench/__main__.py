"""Print every figure of one run: `make bench`."""

import logging
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import gradebook, grading, history, regrading, rush, web
from bench.figures import Figure, table
from tests.support.postgres import PostgresError, running_postgres

# As an operator would run it: here an acknowledged write survives a power cut.
DURABLE = ("synchronous_commit=on", "fsync=on", "shared_buffers=128MB")


def main() -> int:
    """Run all benchmarks and print one table."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    start = time.perf_counter()
    found = grading.figures()
    _say("grading measured")
    with _folder() as folder:
        on_sqlite = web.measure("SQLite", f"sqlite:///{folder / 'web.db'}", folder)
        found += web.figures(on_sqlite)
    _say("SQLite measured")
    found += _postgres(on_sqlite)
    with _folder() as short, _folder() as long:
        urls = (f"sqlite:///{short / 'h.db'}", f"sqlite:///{long / 'h.db'}")
        found.append(history.figure("SQLite", urls, (short, long)))
    with _folder() as large, _folder() as small:
        urls = (f"sqlite:///{large / 'g.db'}", f"sqlite:///{small / 'g.db'}")
        found.append(gradebook.figure("SQLite", urls, (large, small)))
    with _folder() as folder:
        found.append(regrading.figure("SQLite", f"sqlite:///{folder / 'r.db'}", folder))
    with _folder() as folder:
        found.append(rush.figure("SQLite", f"sqlite:///{folder / 'rush.db'}", folder))
    _say("a class starting at once measured")
    print(table(sorted(found, key=_order)))
    print(f"\nOne run of {time.perf_counter() - start:.0f} s. Medians, then least and most of the")
    print("rounds; requests a second against the same server's small page, rounds interleaved.")
    return 0


def _postgres(on_sqlite: web.Measured) -> list[Figure]:
    try:
        with running_postgres(DURABLE) as server, _folder() as folder, _folder() as other:
            measured = web.measure("PostgreSQL", server.url(server.create()), folder)
            _say("PostgreSQL measured")
            urls = (server.url(server.create()), server.url(server.create()))
            grown = history.figure("PostgreSQL", urls, (folder, other))
            urls = (server.url(server.create()), server.url(server.create()))
            book = gradebook.figure("PostgreSQL", urls, (folder, other))
            regraded = regrading.figure("PostgreSQL", server.url(server.create()), folder)
    except PostgresError as error:
        print(f"!!! PostgreSQL was not measured: {error}")
        return []
    return [*web.figures(measured), grown, book, regraded, web.compared(on_sqlite, measured)]


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="interview-bench-") as name:
        yield Path(name)


def _order(figure: Figure) -> tuple[int, str]:
    digits = "".join(char for char in figure.row if char.isdecimal())
    return int(digits), figure.row


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
