"""Answers that people have marked, read from CSV files."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from interview.grading.text import terms_of

REQUIRED = ("dataset", "question_id", "question", "reference", "answer", "score")
OPTIONAL = "all_refs"
MAX_FILE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """An answer with the mark that a person gave it.

    Parameters
    ----------
    dataset, question_id : str
        Together they name a question; its prompt may differ from row to row.
    question, reference, answer : str
        The answer may be empty.
    score : float
        The mark, 0 to 1.
    accepted : tuple of str
        Further accepted answers.
    """

    dataset: str
    question_id: str
    question: str
    reference: str
    answer: str
    score: float
    accepted: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What names the question."""
        return self.dataset, self.question_id

    @property
    def references(self) -> tuple[str, ...]:
        """The reference and the accepted answers, each once."""
        return tuple(dict.fromkeys((self.reference, *self.accepted)))


class BadFile(Exception):
    """A file does not hold marked answers.

    Parameters
    ----------
    path : Path
    problem : str
    line : int or None
        The line of the file on which the row begins, counted from 1.
    column : str or None
    """

    def __init__(
        self, path: Path, problem: str, line: int | None = None, column: str | None = None
    ) -> None:
        self.path, self.problem, self.line, self.column = path, problem, line, column
        place = [str(path)]
        place += [f"line {line}"] if line is not None else []
        place += [f"column {column}"] if column is not None else []
        super().__init__(f"{', '.join(place)}: {problem}")


def read_rows(paths: Iterable[Path]) -> list[GradedAnswer]:
    """Read every marked answer of some CSV files (UTF-8, with or without a byte order mark).

    Each has the columns ``dataset, question_id, question, reference, answer, score`` in any
    order, and may have ``all_refs``, a JSON list of accepted answers. Others are ignored.

    Raises
    ------
    BadFile
        At the first thing that is wrong, saying where.
    """
    return [row for path in paths for row in _read_file(path)]


def by_dataset(rows: Iterable[GradedAnswer]) -> dict[str, list[GradedAnswer]]:
    """Return the rows of each data set, sets and rows in their order."""
    found: dict[str, list[GradedAnswer]] = {}
    for row in rows:
        found.setdefault(row.dataset, []).append(row)
    return found


def _read_file(path: Path) -> list[GradedAnswer]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadFile(path, f"larger than {MAX_FILE_BYTES // 1_000_000} MB")
        with _wide_fields(), path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_Table(path, lines).rows())
    except UnicodeDecodeError as error:
        raise BadFile(path, "not UTF-8", _undecodable_line(path)) from error
    except OSError as error:
        raise BadFile(path, error.strerror or "cannot be read") from error
    if not rows:
        raise BadFile(path, "no rows")
    return rows


@contextmanager
def _wide_fields() -> Iterator[None]:
    """Let a field be as large as a file; the limit is the whole process's, so put it back."""
    before = csv.field_size_limit(MAX_FILE_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _undecodable_line(path: Path) -> int:
    number = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):  # noqa: B007
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                break
    return number


class _Table:
    """A CSV file being read; knows the line on which the present row begins."""

    def __init__(self, path: Path, lines: Iterable[str]) -> None:
        self.path = path
        self.reader = csv.reader(lines, strict=True)
        self.line = 0

    def rows(self) -> Iterator[GradedAnswer]:
        records = self._records()
        header = [name.strip() for name in next(records, [])]
        if not header:
            raise BadFile(self.path, "empty")
        places = self._places(header)
        for record in records:
            if len(record) != len(header):
                self._refuse(f"{len(record)} fields where the header has {len(header)}")
            yield self._row({name: record[place] for name, place in places.items()})

    def _records(self) -> Iterator[list[str]]:
        while True:
            self.line = self.reader.line_num + 1
            try:
                record = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._refuse(f"not CSV: {error}")
            if record:
                yield record

    def _places(self, header: Sequence[str]) -> dict[str, int]:
        for name in REQUIRED:
            if name not in header:
                self._refuse("this column is missing", name)
        for name in (*REQUIRED, OPTIONAL):
            if header.count(name) > 1:
                self._refuse("this column is there more than once", name)
        return {name: header.index(name) for name in (*REQUIRED, OPTIONAL) if name in header}

    def _row(self, cells: dict[str, str]) -> GradedAnswer:
        for name in ("dataset", "question_id", "question", "reference"):
            if not cells[name].strip():
                self._refuse("nothing is here", name)
        row = GradedAnswer(
            dataset=cells["dataset"].strip(),
            question_id=cells["question_id"].strip(),
            question=cells["question"],
            reference=cells["reference"],
            answer=cells["answer"],
            score=self._score(cells["score"]),
            accepted=self._accepted(cells.get(OPTIONAL, "")),
        )
        if not any(map(_has_word, row.references)):
            self._refuse("not a word", "reference")
        return row

    def _score(self, text: str) -> float:
        try:
            score = float(text)
        except ValueError:
            score = math.nan
        if math.isnan(score):
            self._refuse(f"{text!r} is not a number", "score")
        if not 0 <= score <= 1:
            self._refuse(f"{text} is not within 0 to 1", "score")
        return score

    def _accepted(self, text: str) -> tuple[str, ...]:
        if not text.strip():
            return ()
        try:
            listed: Any = json.loads(text)
        except (ValueError, RecursionError):
            listed = None
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            self._refuse("not a JSON list of strings", OPTIONAL)
        return tuple(one for one in listed if one.strip())

    def _refuse(self, problem: str, column: str | None = None) -> NoReturn:
        raise BadFile(self.path, problem, self.line, column)


@lru_cache(maxsize=4096)
def _has_word(text: str) -> bool:
    return bool(terms_of(text))
