"""The examples of the documentation are read as they stand there."""

import re
from datetime import date

import pytest

from interview.formats.completing import complete
from interview.formats.reading import read_file
from interview.web.config import ROOT

BLOCK = re.compile(r"^```(yaml|csv|gift|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = dict(BLOCK.findall((ROOT / "docs" / "bank.md").read_text("utf-8")))
FORMATS = {"yaml": "native", "csv": "csv", "gift": "gift", "markdown": "article"}


@pytest.mark.parametrize("language", FORMATS)
def test_a_documented_example_makes_one_question(language: str) -> None:
    reading = read_file(EXAMPLES[language].encode(), f"example.{language}")
    assert reading.format == FORMATS[language]
    (found,) = reading.questions
    record, notices = complete(found, {"topic": "Networks"}, date(2026, 11, 22))
    assert record is not None
    assert record.prompt == "What does DNS do?"
    assert record.references
    assert not [notice for notice in notices if notice.kind == "error"]
    assert len(record.key_points) == {"yaml": 2, "csv": 2}.get(language, 0)
