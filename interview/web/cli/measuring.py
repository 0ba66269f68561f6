"""`flask grading evaluate` and `flask grading attack`: how well the grader does."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from interview.web.cli.bank import need_database
from interview.web.cli.tables import cut, number, share, signed, table

if TYPE_CHECKING:
    from interview.services.measuring import (
        AttackFigure,
        AttackReport,
        DatasetReport,
        Evaluation,
        Figures,
        GradedAnswer,
        Target,
    )

NAME_WIDTH = 18
QUESTION_WIDTH = 36

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("evaluate")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE.csv...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def evaluate(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Compare grades with the marks that people gave, set by set.

    Each file has the columns dataset, question_id, question, reference, answer and score
    (0 to 1), and may have all_refs, a JSON list of accepted answers. Nothing is trained on
    it. Every figure is given for the shipped idf, and for that idf with the prompts and
    references of the file counted in.
    """
    from interview.services import measuring  # noqa: PLC0415

    rows = read(files)
    with progress_bar("Grading", len(rows) * measuring.SETTINGS) as advance:
        evaluation = measuring.evaluate(rows, advance)
    if as_json:
        click.echo(json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_evaluation(evaluation)))


@click.command("attack")
@click.argument("files", nargs=-1, type=FILE, metavar="[FILE.csv...]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
def attack(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Show what answers earn that deserve nothing, and what a reference earns.

    Without a file the questions of the bank are attacked; files are those of `evaluate`.

    Mean is over questions; worst is the question whose own mean is the highest or, of the
    last attacks, which deserve marks, the lowest single score.
    """
    from interview.services import measuring  # noqa: PLC0415

    targets = measuring.targets_of(read(files)) if files else _bank_targets()
    with progress_bar("Attacking", len(targets)) as advance:
        reports = measuring.attack(targets, advance)
    if as_json:
        body = {"sources": [report.to_dict() for report in reports]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join("\n".join(_attacks(report)) for report in reports))


def read(files: Sequence[Path]) -> "list[GradedAnswer]":
    """Read marked answers; a bad file ends the command with what is wrong with it."""
    from interview.services import measuring  # noqa: PLC0415

    try:
        return measuring.read_rows(files)
    except measuring.BadFile as error:
        raise click.ClickException(str(error)) from error


def _bank_targets() -> "Sequence[Target]":
    from interview.services import measuring  # noqa: PLC0415

    need_database()
    try:
        return measuring.bank_targets()
    except measuring.EmptyBank as error:
        raise click.ClickException("The bank is empty: run `flask bank load` first.") from error


@contextmanager
def progress_bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar to a person who waits at a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield bar.update


def _evaluation(evaluation: "Evaluation") -> list[str]:
    reports = list(evaluation.datasets)
    if len(reports) > 1:
        reports.append(evaluation.mean)
    lines = [(report, *setting) for report in reports for setting in _settings(report)]
    return [
        f"Grader version: {evaluation.grader_version}",
        "",
        "Agreement with human marks (brackets: 95 % of r when other questions are drawn)",
        *table([_AGREEMENT, *(_agreement(*line) for line in lines)], left=1),
        "",
        "Intervals, answers left to review, time; mean of score - mark by quarter of length;",
        "change of the score when about every tenth word is misspelt",
        *table([_CONDUCT, *(_conduct(*line) for line in lines)], left=2),
        "",
        "Baselines: TF-IDF cosine alone, and coverage of the reference's idf alone",
        *table([_BASELINES, *(_baselines(*line) for line in lines)], left=2),
    ]


def _settings(report: "DatasetReport") -> "list[tuple[str, Figures]]":
    return [("shipped", report.shipped), ("shipped + file", report.extended)]


_AGREEMENT = (
    *("set", "answers", "questions", "idf", "r", "[95 %]", "rho", "within", "QWK"),
    *("RMSE", "raw RMSE", "MAE"),
)


def _agreement(report: "DatasetReport", idf: str, figures: "Figures") -> list[str]:
    score = figures.score
    return [
        cut(report.dataset, NAME_WIDTH),
        f"{report.answers:,}",
        f"{report.questions:,}",
        idf,
        number(score.pearson_r),
        f"[{number(score.pearson_low, 2)} {number(score.pearson_high, 2)}]",
        number(score.spearman_rho),
        number(score.within_question_r),
        number(score.qwk),
        number(score.rmse),
        number(figures.conduct.raw_rmse),
        number(score.mae),
    ]


_CONDUCT = (
    *("set", "idf", "coverage", "width", "review", "rest r", "RMSE"),
    *("1st", "2nd", "3rd", "4th", "misspelt", "µs"),
)


def _conduct(report: "DatasetReport", idf: str, figures: "Figures") -> list[str]:
    conduct = figures.conduct
    return [
        cut(report.dataset, NAME_WIDTH),
        idf,
        share(conduct.interval_coverage),
        number(conduct.interval_width, 2),
        share(conduct.abstained),
        number(conduct.rest_pearson_r),
        number(conduct.rest_rmse),
        signed(conduct.error_shortest, 2),
        signed(conduct.error_short, 2),
        signed(conduct.error_long, 2),
        signed(conduct.error_longest, 2),
        signed(conduct.misspelt_change),
        number(conduct.us_per_answer, 0),
    ]


_BASELINES = (
    *("set", "idf", "cosine r", "[95 %]", "within", "RMSE"),
    *("coverage r", "[95 %]", "within", "RMSE"),
)


def _baselines(report: "DatasetReport", idf: str, figures: "Figures") -> list[str]:
    cells = [cut(report.dataset, NAME_WIDTH), idf]
    for alone in (figures.cosine, figures.idf_coverage):
        cells += [
            number(alone.pearson_r),
            f"[{number(alone.pearson_low, 2)} {number(alone.pearson_high, 2)}]",
            number(alone.within_question_r),
            number(alone.rmse),
        ]
    return cells


_ATTACK = ("attack", "worst question", "worst", "questions", "flagged", "mean", "limit", "")


def _attacks(report: "AttackReport") -> list[str]:
    grouped = f", {report.grouped} more left out as copies of them" if report.grouped else ""
    return [
        f"{report.source}: {report.questions} questions{grouped} (grader {report.grader_version})",
        *table([_ATTACK, *(_attack(figure) for figure in report.figures)], left=2),
    ]


def _attack(figure: "AttackFigure") -> list[str]:
    alike = figure.extreme == figure.mean
    sign, beyond = ("≥", "BELOW") if figure.floor else ("≤", "ABOVE")
    return [
        figure.attack,
        "" if alike else cut(figure.question, QUESTION_WIDTH),
        number(figure.extreme),
        f"{figure.questions:,}",
        share(figure.flagged) if figure.flagged is not None else "",
        number(figure.mean),
        "" if figure.limit is None else f"{sign} {figure.limit:.2f}",
        beyond if figure.within is False else "",
    ]
