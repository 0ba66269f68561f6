"""The system's Chromium: found, or installed where that is this machine's business.

Run as ``python -m tests.support.chromium`` before the browser tests.
"""

import os
import shutil
import subprocess
import sys

from tests.support.needs import on_ci

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = ("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium")
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """Where the browser is; the variable CHROMIUM names it where the search would not."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def flags() -> list[str]:
    """How to start it: silent on the network, and without its sandbox as root."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def _administrator() -> list[str] | None:
    """The words before a command that installs; None where installing is not ours to do."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if on_ci() and shutil.which("sudo"):
        return ["sudo", "--non-interactive"]
    return None


def _install(administrator: list[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "--quiet"), INSTALL):
        done = subprocess.run(
            [*administrator, *command],
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n", file=sys.stderr)


def main() -> None:
    administrator = _administrator()
    if chromium() is None and administrator is not None:
        print("Installing Chromium for the browser tests …", flush=True)
        _install(administrator)
    if chromium() is None:
        print(f"No Chromium: the browser tests will NOT RUN. Get it by: sudo {' '.join(INSTALL)}")


if __name__ == "__main__":
    main()
