import subprocess
import sys


def loaded_by(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_measuring_knows_neither_framework_nor_database_nor_scikit_learn() -> None:
    loaded = loaded_by("interview.grading.evaluation.attack, interview.grading.evaluation.evaluate")
    assert "numpy" in loaded
    assert not loaded & {"flask", "sqlalchemy", "sklearn", "scipy"}


def test_grading_and_its_commands_do_not_load_what_measures_it() -> None:
    for module in ("interview.grading", "interview.services.grading", "interview.web.cli"):
        loaded = loaded_by(module)
        assert not {name for name in loaded if name.startswith("interview.grading.evaluation")}
        assert "numpy" not in loaded
