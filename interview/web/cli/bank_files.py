"""`flask bank import` and `flask bank export`: files of other programs, in and out."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask.cli import with_appcontext

from interview.services.attempts.records import NotFound
from interview.services.exporting_bank import files, sets
from interview.services.exporting_bank.documents import Export
from interview.services.importing.records import FORMATS, Choices, Told
from interview.web.cli.bank import need_database
from interview.web.clock import now

if TYPE_CHECKING:
    from interview.services.importing.operating import Imported

_AUTHORED = "authored:"
_MOST_DIGITS = 9


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--set", "set_name", required=True, metavar="NAME", help="Slug or title of a set.")
@click.option("--format", "kind", type=click.Choice(list(FORMATS)), help="Else it is found out.")
@click.option("--topic", default="", help="Of questions without one (default: the set's name).")
@click.option("--dry-run", is_flag=True, help="Only say what would be made.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@with_appcontext
def import_file(
    file: Path, set_name: str, kind: str | None, topic: str, *, dry_run: bool, as_json: bool
) -> None:
    """Import the questions of FILE into the bank, and put them at the end of a set.

    Everything is imported, or nothing where there is an error (status 1). What is in the bank
    already is not made again. Questions that have no key points or no sample answers become
    drafts, which wait for an author.
    """
    need_database()
    if not set_name.strip():
        raise click.ClickException("--set needs a name.")
    choices = Choices(format=kind or "", topic=topic.strip())
    done = _done(file, set_name, choices, dry_run=dry_run)
    report = _report(done, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _print(report, file)
    if report["errors"]:
        sys.exit(1)


def _done(file: Path, set_name: str, choices: Choices, *, dry_run: bool) -> "Imported | Told":
    """Import a file; what cannot be read at all is told instead."""
    # The file formats stand on pydantic and YAML, which no web process should pay for.
    from interview.services.importing import operating  # noqa: PLC0415

    try:
        content = file.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror}") from error
    try:
        source = operating.Source(content, file.name)
        return operating.import_file(source, set_name.strip(), choices, now(), is_trial=dry_run)
    except operating.Unreadable as error:
        return Told("error", error.line, str(error))


def _report(done: "Imported | Told", *, dry_run: bool) -> dict[str, Any]:
    """Write what came of an import as plain data."""
    if isinstance(done, Told):
        errors = [{"line": done.line, "question": None, "message": done.message}]
        head = {"format": None, "title": "", "set": None, "dry_run": dry_run, "imported": False}
        return {**head, "questions": [], "warnings": [], "errors": errors}
    return {
        "format": done.plan.format,
        "title": done.plan.title,
        "set": done.set_slug,
        "dry_run": dry_run,
        "imported": done.is_done,
        "questions": list(_questions(done)),
        "warnings": list(_notices(done, "warning")),
        "errors": list(_notices(done, "error")),
    }


def _questions(done: "Imported") -> Iterator[dict[str, Any]]:
    for item in done.plan.items:
        points = item.record.key_points if item.record else []
        made = done.made.get(item.position)
        yield {
            "slug": done.slug_of(item),
            "line": item.line,
            "prompt": item.prompt,
            "status": made.status if made else None,
            "outcome": item.outcome,
            "key_points": len(points),
            "derived": sum(point.derived for point in points),
            "notices": [
                {"kind": one.kind, "line": one.line, "message": one.message} for one in item.notices
            ],
        }


def _notices(done: "Imported", kind: str) -> Iterator[dict[str, Any]]:
    whole = [(None, notice) for notice in done.plan.notices]
    items = done.plan.items
    each = [(done.slug_of(item), notice) for item in items for notice in item.notices]
    for slug, notice in (*whole, *each):
        if notice.kind == kind:
            yield {"line": notice.line, "question": slug, "message": notice.message}


def _print(report: dict[str, Any], file: Path) -> None:
    for kind in ("error", "warning"):
        for one in _by_line(report[f"{kind}s"]):
            place = f"{file}:{one['line']}" if one["line"] else str(file)
            click.echo(f"{place}: {kind}: {one['message']}", err=kind == "error")
    questions = report["questions"]
    if questions:
        counts = _counts(questions)
        click.echo(f"{FORMATS[report['format']]}, {_number(len(questions), 'question')}: {counts}.")
    if report["imported"]:
        click.echo(f"Imported into the set {report['set']}.")
    elif report["dry_run"] and not report["errors"]:
        click.echo(f"Nothing was written; it would go into the set {report['set']}.")
    else:
        click.echo("Nothing was imported.", err=True)


def _by_line(notices: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(notices, key=lambda one: one["line"])


def _counts(questions: list[dict[str, Any]]) -> str:
    words = {
        "ready": "ready to be asked",
        "draft": "waiting as drafts for an author",
        "duplicate": "in the bank already",
        "error": "with errors",
    }
    counted = Counter(one["outcome"] for one in questions)
    derived = sum(one["derived"] > 0 for one in questions if one["outcome"] != "duplicate")
    told = [f"{counted[one]} {words[one]}" for one in words if counted[one]]
    return ", ".join([*told, *([f"{derived} with derived key points"] if derived else [])])


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@click.command("export")
@click.argument("name", metavar="SET")
@click.option("--format", "kind", required=True, type=click.Choice(files.KINDS))
@click.option("-o", "output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_appcontext
def export_set(name: str, kind: str, output: Path | None) -> None:
    """Write the set SET to a file, or to standard output.

    SET is the slug of a set to study, or authored:NUMBER for a question set of a person. What
    the format cannot carry is told on standard error.
    """
    need_database()
    export = _gathered(name)
    text = files.text_of(export, kind)
    for sentence in files.lost(export, kind):
        click.echo(f"Not written: {sentence}", err=True)
    if output is None:
        click.echo(text.encode(), nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error


def _gathered(name: str) -> Export:
    is_authored, number = name.startswith(_AUTHORED), name.removeprefix(_AUTHORED)
    try:
        if not is_authored:
            return sets.of_study_set(name)
        if number.isdecimal() and len(number) <= _MOST_DIGITS:
            return sets.of_any_set(int(number))
    except NotFound:
        pass
    raise click.ClickException(f"There is no set {name!r}.")
