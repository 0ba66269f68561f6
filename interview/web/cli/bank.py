"""`flask bank …`: put questions into the database, and list them."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import AppGroup

from interview.services import bank, bank_check, database
from interview.services.bank import Tally
from interview.web.clock import now
from interview.web.config import ROOT

BANK = ROOT / "data" / "bank"

group = AppGroup("bank", help="Load and list the question bank.")


@group.command("load")
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=BANK)
def load(path: Path) -> None:
    """Load a file, or a folder of files, in the native format (default: data/bank).

    Nothing is loaded when anything in it is broken. Loading again changes nothing.
    """
    need_database()
    try:
        loaded = bank.load_bank([path], now())
    except bank.BrokenBank as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException("Nothing was loaded.") from error
    click.echo(f"Questions: {_counts(loaded.questions)} ({loaded.new_versions} new versions).")
    click.echo(f"Sets: {_counts(loaded.sets)}.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_questions(*, as_json: bool) -> None:
    """List every question of the bank."""
    need_database()
    rows = bank.list_bank()
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row.slug}  [{row.topic}, {row.difficulty}, {row.status}]  {_tags(row)}")
        click.echo(f"    {row.prompt}")


@group.command("check")
@click.argument("path", type=click.Path(exists=True, path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def check(path: Path | None, *, as_json: bool) -> None:
    """List what is stale, unsourced, overlapping or ungradable.

    Looks at the ready questions of the database, or at the files under PATH; ends with
    status 1 when it finds anything.
    """
    today = now().date()
    try:
        if path is None:
            need_database()
        found = bank_check.check_files([path], today) if path else bank_check.check_database(today)
        complaints = list(found)
    except bank.BrokenBank as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        raise click.ClickException("The files cannot be read.") from error
    if as_json:
        click.echo(json.dumps([asdict(one) for one in complaints], ensure_ascii=False, indent=1))
    for one in complaints if not as_json else ():
        click.echo(f"{one.slug}: {one.kind}: {one.message}")
    if complaints:
        sys.exit(1)
    if not as_json:
        click.echo("Nothing to be done.")


def need_database() -> None:
    """Stop with one line of advice where the database cannot be used.

    Raises
    ------
    ClickException
        Saying what to do.
    """
    trouble = database.problem()
    if trouble:
        raise click.ClickException(trouble)


def _counts(tally: Tally) -> str:
    return f"{tally.added} added, {tally.changed} changed, {tally.unchanged} unchanged"


def _tags(row: bank.BankRow) -> str:
    return " ".join(f"#{tag}" for tag in row.tags)
