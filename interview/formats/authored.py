"""Question sets that come with questions, checked one by one."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from interview.formats.imported import Notice
from interview.formats.limits import cut
from interview.formats.native import AuthoredSetRecord, SetRecord
from interview.formats.positions import Field
from interview.formats.words import dotted, told


class SetReader:
    """Takes the sets of a file, and says what is wrong with the others.

    Parameters
    ----------
    line_of : callable
        Finds the line of a field of the file.

    Attributes
    ----------
    sets : list of dict
        As `native.AuthoredSetRecord` has them, every field given.
    notices : list of Notice
    """

    def __init__(self, line_of: Callable[[Field], int]) -> None:
        self.sets: list[Mapping[str, Any]] = []
        self.notices: list[Notice] = []
        self._line_of = line_of

    def take(self, authored: Any, shipped: Any) -> None:
        """Take both kinds of sets that a native file can hold; either may be missing."""
        for _, record in self._records("authored_sets", authored, AuthoredSetRecord):
            self.sets.append(record.model_dump(mode="json"))
        for line, record in self._records("sets", shipped, SetRecord):
            self.sets.append(_authored(record))
            self.notices.append(
                Notice(
                    "warning",
                    line,
                    f"The set “{record.title}” becomes a question set of yours; for whom it is "
                    "open to study is not carried over.",
                )
            )

    def _records(self, part: str, items: Any, kind: type[BaseModel]) -> Iterator[tuple[int, Any]]:
        if items is None:
            return
        if not isinstance(items, list):
            self._complain((part,), "must be a list")
            return
        for index, item in enumerate(cut(items)):
            try:
                record = kind.model_validate(item, context={"today": date.max})
            except ValidationError as error:
                for field, message in told(error):
                    self._complain((part, index, *field), message)
            else:
                yield self._line_of((part, index)), record

    def _complain(self, field: Field, message: str) -> None:
        self.notices.append(Notice("error", self._line_of(field), f"{dotted(field)} {message}"))


def _authored(record: SetRecord) -> Mapping[str, Any]:
    slots = [{"question": slug} for slug in record.questions]
    told = {"title": record.title, "description": record.description, "slots": slots}
    return AuthoredSetRecord.model_validate(told).model_dump(mode="json")
