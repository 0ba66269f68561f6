"""`flask grading …`: try the grader on answers, and refit it on the bank."""

import json
import re
from typing import Any

import click
from flask.cli import AppGroup

from interview.services import bank
from interview.services.attempts.records import NotFound
from interview.web.cli.bank import need_database
from interview.web.config import ROOT

FOLDER = ROOT / "data" / "grader"

_ESCAPE = re.compile(r"\\([n\\])")

group = AppGroup("grading", help="Try the grader, and refit it on the bank.")


@group.command("try")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def try_answers(slug: str, *, as_json: bool) -> None:
    r"""Grade answers from standard input, one a line, against a question of the bank.

    Within a line, \n stands for a line break and \\ for a backslash.
    """
    from interview.services.grading import grade_answer  # noqa: PLC0415

    need_database()
    try:
        version = bank.current_version(slug)
    except NotFound as error:
        raise click.ClickException(
            f"The bank has no question {slug!r} (`flask bank list` shows all)."
        ) from error
    lines = click.open_file("-", encoding="utf-8", errors="replace")
    for number, line in enumerate(lines, start=1):
        answer = _ESCAPE.sub(_unescaped, line.rstrip("\r\n"))
        grade = grade_answer(version, answer).to_dict()
        if as_json:
            click.echo(json.dumps(grade, ensure_ascii=False))
        else:
            click.echo("\n".join(_readable(number, answer, grade)))


@group.command("refit")
def refit() -> None:
    """Fit the document frequencies on the whole bank; grades get a new grader version."""
    from interview.services import refitting  # noqa: PLC0415

    need_database()
    try:
        done = refitting.refit(FOLDER)
    except refitting.EmptyBank as error:
        raise click.ClickException("The bank is empty: run `flask bank load` first.") from error
    click.echo(f"Fitted on {done.questions} questions: {FOLDER / 'idf.json'}")
    click.echo(f"Grader version: {done.grader_version}")


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def _readable(number: int, answer: str, grade: dict[str, Any]) -> list[str]:
    """Write a grade for a person: the result, then the evidence for it."""
    between = f"{grade['low']:.2f} to {grade['high']:.2f}"
    lines = [f"{number}. {grade['score']:.2f} {grade['band']} ({between})"]
    lines.append(f"   similarity {grade['similarity']:.2f}")
    if grade["flags"]:
        lines.append(f"   flags: {', '.join(grade['flags'])}")
    if grade["needs_review"]:
        lines.append("   needs review")
    return lines + [_evidence(one, answer) for one in grade["points"] + grade["misconceptions"]]


def _evidence(found: dict[str, Any], answer: str) -> str:
    """Write a key point with what it earned, or a misconception, and the words that led to it."""
    verdict = found.get("verdict", "misconception")
    worth = f"{round(found['earned'], 2):g}/{found['possible']:g}" if "earned" in found else ""
    span = found["span"]
    quote = " ".join(answer[span["start"] : span["end"]].split()) if span else ""
    return f"   {verdict:<13} {worth:>7}  {found['id']}{f': «{quote}»' if quote else ''}"
