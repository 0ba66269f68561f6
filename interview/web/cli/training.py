"""`flask grading train`: the weights of the grader from marked answers."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from interview.web.cli.grading import FOLDER
from interview.web.cli.measuring import FILE, progress_bar, read
from interview.web.cli.tables import number, table
from interview.web.clock import now
from interview.web.config import ROOT

if TYPE_CHECKING:
    from interview.services.measuring import HeldOut, Trained

_SCHEMES = {
    "dataset": "Held-out data sets: trained on the others",
    "question": "Held-out questions: trained on nine tenths of the questions of all sets",
}


@click.command("train")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE.csv...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def train(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Train the weights for rubrics without key points, and their intervals.

    The files are those of `evaluate`, of two data sets or more, and weigh the same. Writes
    data/grader/coefficients.json, which makes a new grader version, and prints how well the
    training does on answers that it has not seen.
    """
    from interview.services import measuring  # noqa: PLC0415

    rows = read(files)
    try:
        with progress_bar("Training", len(rows) * measuring.PASSES) as advance:
            trained = measuring.train(rows, files, (now().date(), _revision()), advance)
    except measuring.TooFewQuestions as error:
        raise click.ClickException(str(error)) from error
    except measuring.TooFewSets as error:
        message = "Training needs two data sets or more, to hold each out in turn."
        raise click.ClickException(message) from error
    path = measuring.save(trained, FOLDER)
    if as_json:
        click.echo(json.dumps(trained.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join([*_report(trained), f"Written: {path}"]))


def _revision() -> str | None:
    """Return the revision of the code, if this is a checkout and git is there."""
    git = shutil.which("git")
    if git is None:
        return None
    asked = [git, "rev-parse", "--short=12", "HEAD"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() or None


def _report(trained: "Trained") -> list[str]:
    lines = []
    for scheme, title in _SCHEMES.items():
        held = [one for one in trained.held_out if one.scheme == scheme]
        lines += [title, *table([_HEAD, *map(_row, held)], left=2), ""]
    widths = " ".join(f"{width:.2f}" for width in trained.coefficients.derived_widths)
    return [
        *lines,
        f"Half widths of the intervals, by band: {widths}",
        f"Marks within them, on other questions: {trained.coverage:.0%}",
    ]


_HEAD = ("set", "method", "r", "[95 %]", "within", "RMSE")


def _row(held: "HeldOut") -> list[str]:
    return [
        held.dataset,
        held.method,
        number(held.pearson_r),
        f"[{number(held.low, 2)} {number(held.high, 2)}]",
        number(held.within_question_r),
        number(held.rmse),
    ]
