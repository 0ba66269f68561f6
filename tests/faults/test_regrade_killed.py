"""Workers and web processes that are killed outright while answers are regraded.

The program `tests.faults.regrade_trial` does the same at length.
"""

import subprocess
import sys
from pathlib import Path

from interview.web.config import ROOT


def test_a_regrade_whose_workers_are_killed_ends_like_one_that_nobody_disturbed(
    database_url: str, tmp_path: Path
) -> None:
    arguments = ("--answers", "300", "--kills", "5", "--seed", "3", "--chunk", "40")
    program = [sys.executable, "-m", "tests.faults.regrade_trial", *arguments]
    done = subprocess.run(
        [*program, "--url", database_url],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("identical")
    (tmp_path / "twin.db").unlink(missing_ok=True)
