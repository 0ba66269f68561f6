import os
import subprocess
import sys

import pytest

HEAVY = ("flask", "sqlalchemy", "numpy", "sklearn", "scipy")
GRADE = """
from interview.grading import AnswerGrader, KeyPoint, Misconception, Rubric
rubric = Rubric(
    "What does a cache do on a miss?",
    ("On a miss the cache loads the value, stores it and returns it.", "It fetches and keeps it."),
    (KeyPoint("load", "The cache loads the value.", ("it fetches it", "reads it in")),
     KeyPoint("store", "The value is stored.", ("it keeps a copy",), 2.0)),
    (Misconception("error", "A miss is an error.", ("the request fails",)),),
)
answer = "The cahce fetches the value from the db & does not fail; then it keeps a copy of it."
print(AnswerGrader.load().grade(rubric, answer).to_dict())
"""


def run(code: str, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize("code", ["import interview.grading", GRADE])
def test_grading_loads_no_heavy_package(code: str) -> None:
    loaded = run(f"{code}\nimport sys\nprint('LOADED', *sorted(sys.modules))").split("LOADED")[1]
    assert not set(HEAVY) & set(loaded.split())


def test_every_process_gives_the_same_grade() -> None:
    assert len({run(GRADE, seed) for seed in ("0", "1", "4242")}) == 1
