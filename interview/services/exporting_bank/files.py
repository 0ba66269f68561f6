"""Gathered questions and sets as text, in every format that can be written."""

from dataclasses import dataclass

from interview.formats import writing
from interview.services.exporting_bank.documents import Export

KINDS = tuple(writing.WRITERS)
"""What can be written, the most complete first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A format that can be written.

    Attributes
    ----------
    suffix : str
        Of the file's name, with its dot.
    """

    name: str
    label: str
    suffix: str
    mimetype: str


def kind_of(name: str) -> Kind:
    """Look a format up by its name, one of `KINDS`."""
    return Kind(name, *writing.WRITERS[name])


def text_of(export: Export, kind: str) -> str:
    """Write a file."""
    return writing.write(export.document, kind)


def lost(export: Export, kind: str) -> tuple[str, ...]:
    """Say in sentences what is not in a file of this format."""
    return (*export.left_out, *writing.losses(export.document, kind))
