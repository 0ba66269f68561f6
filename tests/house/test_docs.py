"""What the documents say is so: files that they link, commands and settings that they name."""

import re
from pathlib import Path

import pytest
from flask import Flask

from interview.web.config import ROOT
from tests.support.files import named, of_kind, text_of

DOCUMENTS = of_kind(".md")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)\)")
MAKE = re.compile(r"`?\bmake ([a-z]+)\b(?=[ `#\n\\]|$)", re.MULTILINE)
FLASK = re.compile(r"flask (bank|grading|users) ([a-z-]+)")
SETTING = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
READ = re.compile(r"""env(?:\.get\(|, )["']([A-Z_]+)["']""")
# Words of a sentence, not targets.
PROSE = {"a", "it", "the", "people", "one", "typed"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file(document: Path) -> None:
    missing = [
        target
        for target in LINK.findall(text_of(document))
        if not (document.parent / target).exists()
    ]
    assert missing == []


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    told = {word for document in DOCUMENTS for word in MAKE.findall(text_of(document))}
    assert told - PROSE <= targets
    assert {"run", "test"} <= told


def test_every_command_that_is_named_exists(app: Flask) -> None:
    told = {found for document in DOCUMENTS for found in FLASK.findall(text_of(document))}
    assert told
    for group, command in told:
        known = app.cli.commands[group]
        assert command in known.commands, f"flask {group} {command}"  # type: ignore[attr-defined]


def test_the_table_of_settings_lists_every_variable_that_is_read() -> None:
    told = set(SETTING.findall(text_of(ROOT / "docs" / "operations.md")))
    read = set(READ.findall(text_of(ROOT / "interview" / "web" / "config.py")))
    assert told == read
