"""The locks: complete, hashed, and one a part of the other."""

import re
import tomllib
from pathlib import Path

import pytest

from interview.web.config import ROOT

REQUIREMENTS = ROOT / "requirements"
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
LOCKS = ["run.txt", "dev.txt"]


def pins(lock: str) -> set[tuple[str, str]]:
    return set(PIN.findall((REQUIREMENTS / lock).read_text(encoding="utf-8")))


def declared(*extras: str) -> set[str]:
    """Names of the project's dependencies, as locks spell them."""
    project = tomllib.loads(Path(ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    return {re.split(r"[\[<>=!~; ]", one)[0].lower() for one in wanted}


def test_development_gets_exactly_what_the_app_runs_with() -> None:
    assert pins("run.txt") <= pins("dev.txt")


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("run.txt", ("postgres", "server")), ("dev.txt", ("postgres", "server", "test", "quality"))],
)
def test_a_lock_pins_every_declared_dependency(lock: str, extras: tuple[str, ...]) -> None:
    assert declared(*extras) <= {name for name, _ in pins(lock)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (REQUIREMENTS / lock).read_text(encoding="utf-8").strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
