"""Tests that this machine cannot run: named loudly, and failures where CI is set."""

import os
from collections import Counter
from collections.abc import Iterable
from typing import NoReturn, Protocol

import pytest

NOT_RUN = "NOT RUN: "


def on_ci() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")


def cannot_run(reason: str) -> NoReturn:
    """Skip the test and have the closing notice name it; fail it instead under CI."""
    if on_ci():
        pytest.fail(f"{NOT_RUN}{reason}", pytrace=False)
    pytest.skip(f"{NOT_RUN}{reason}")


class Skipped(Protocol):
    """The report of a skipped test: its last part is the reason."""

    longrepr: object


def notice(skipped: Iterable[Skipped]) -> list[str]:
    """Say how many tests could not run, by reason; nothing when all could."""
    texts = [one.longrepr[2] for one in skipped if isinstance(one.longrepr, tuple)]
    counts = Counter(text.partition(NOT_RUN)[2] for text in texts if NOT_RUN in text)
    return [f"{n} test{'s' * (n > 1)} {NOT_RUN}{what}" for what, n in counts.items()]
