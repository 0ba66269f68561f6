"""Reading the files of a bank: each one checked, then all of them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from interview.formats.native import FileRecord, QuestionRecord, SetRecord
from interview.formats.positions import Document, Field, Unreadable, read_json, read_yaml
from interview.formats.problems import BrokenBank, Problem
from interview.formats.words import dotted, told

_READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


@dataclass(frozen=True, slots=True)
class Bank:
    """What the files of a bank hold together.

    Attributes
    ----------
    questions : tuple of (str, QuestionRecord)
        Each with its topic.
    unknown : mapping of str to tuple of Problem
        Questions that sets name and no file has, with the places that name them: they
        may have been loaded before.
    """

    questions: tuple[tuple[str, QuestionRecord], ...]
    sets: tuple[SetRecord, ...]
    unknown: Mapping[str, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    document: Document
    record: FileRecord

    def problem(self, field: Field, message: str) -> Problem:
        return Problem(self.name, self.document.line_of(field), dotted(field), message)


def read_bank(paths: Iterable[Path], today: date) -> Bank:
    """Read and check the files of a bank.

    Parameters
    ----------
    paths : iterable of Path
        Files, or folders whose files are all read.
    today : date
        Nothing can have been verified later than this.

    Returns
    -------
    Bank
        Everything in the files, in their order.

    Raises
    ------
    BrokenBank
        With every problem that was found: unreadable files, fields that are missing,
        unknown or wrong, and what is given twice, in one file or in two.
    """
    problems: list[Problem] = []
    sources = []
    for path in paths:
        for file in _files(path, problems):
            source = _read(file, today, problems)
            if source is not None:
                sources.append(source)
    problems += _repeats(sources)
    if problems:
        raise BrokenBank(problems)
    return Bank(
        questions=tuple(
            (question.topic or source.record.topic, question)
            for source in sources
            for question in source.record.questions
        ),
        sets=tuple(one for source in sources for one in source.record.sets),
        unknown=_unknown(sources),
    )


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.iterdir() if file.suffix in _READERS)
    if not found:
        problems.append(Problem(str(path), 0, "", "holds no .yaml, .yml or .json file"))
    return found


def _read(path: Path, today: date, problems: list[Problem]) -> _Source | None:
    name = str(path)
    if path.suffix not in _READERS:
        problems.append(Problem(name, 0, "", "is neither a .yaml, .yml nor .json file"))
        return None
    try:
        document = _READERS[path.suffix](path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        problems.append(Problem(name, 0, "", error.strerror or "cannot be read"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problems.append(Problem(name, line, "", "this is not UTF-8"))
    except Unreadable as error:
        problems.append(Problem(name, error.line, dotted(error.field), str(error)))
    else:
        return _checked(name, document, today, problems)
    return None


def _checked(name: str, document: Document, today: date, problems: list[Problem]) -> _Source | None:
    try:
        record = FileRecord.model_validate(document.content, context={"today": today})
    except ValidationError as error:
        for field, message in told(error):
            problems.append(Problem(name, document.line_of(field), dotted(field), message))
        return None
    return _Source(name, document, record)


Named = tuple[_Source, Field, str]


def _repeats(sources: Sequence[_Source]) -> Iterator[Problem]:
    """Find names that are used twice where they must be unique."""
    yield from _twice(_slugs(sources, "questions"))
    yield from _twice(_slugs(sources, "sets"))
    for source in sources:
        for index, question in enumerate(source.record.questions):
            at: Field = ("questions", index)
            for part in ("key_points", "misconceptions"):
                ids = (item.id for item in getattr(question, part))
                yield from _twice(
                    (source, (*at, part, place, "id"), id_) for place, id_ in enumerate(ids)
                )
            yield from _twice(_items(source, (*at, "tags"), question.tags))
        for index, one in enumerate(source.record.sets):
            yield from _twice(_items(source, ("sets", index, "questions"), one.questions))


def _slugs(sources: Iterable[_Source], part: str) -> Iterator[Named]:
    for source in sources:
        for index, record in enumerate(getattr(source.record, part)):
            yield source, (part, index, "slug"), record.slug


def _items(source: _Source, at: Field, names: Iterable[str]) -> Iterator[Named]:
    return ((source, (*at, index), name) for index, name in enumerate(names))


def _twice(named: Iterable[Named]) -> Iterator[Problem]:
    first: dict[str, Problem] = {}
    for source, field, name in named:
        if name not in first:
            first[name] = source.problem(field, "")
            continue
        earlier = f"{first[name].file}:{first[name].line}"
        yield source.problem(field, f"{name!r} is used twice, first in {earlier}")


def _unknown(sources: Sequence[_Source]) -> dict[str, tuple[Problem, ...]]:
    known = {slug for _, _, slug in _slugs(sources, "questions")}
    missing: dict[str, tuple[Problem, ...]] = {}
    for source in sources:
        for index, one in enumerate(source.record.sets):
            for _, field, slug in _items(source, ("sets", index, "questions"), one.questions):
                if slug not in known:
                    problem = source.problem(field, f"there is no question {slug!r}")
                    missing[slug] = (*missing.get(slug, ()), problem)
    return missing
