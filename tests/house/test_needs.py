"""What this machine cannot run is said loudly, and fails where CI is set."""

from types import SimpleNamespace

import pytest

from tests.support.needs import cannot_run, notice

Failed = pytest.fail.Exception
Skipped = pytest.skip.Exception


def test_a_test_that_cannot_run_fails_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Failed, match="NOT RUN: no browser"):
        cannot_run("no browser")


def test_a_test_that_cannot_run_is_skipped_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(Skipped, match="NOT RUN: no browser"):
        cannot_run("no browser")


def test_the_closing_notice_counts_by_reason_and_leaves_out_chosen_skips() -> None:
    reasons = [
        "NOT RUN: no browser",
        "NOT RUN: no browser",
        "NOT RUN: no server",
        "not on Tuesdays",
    ]
    skipped = [SimpleNamespace(longrepr=("file.py", 1, f"Skipped: {one}")) for one in reasons]
    assert notice(skipped) == [
        "2 tests NOT RUN: no browser",
        "1 test NOT RUN: no server",
    ]
