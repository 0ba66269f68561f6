"""Every format that can be written, as the web writes it and an import finds it out."""

import subprocess
import sys

import pytest

from interview.formats.reading import read_file
from interview.formats.writing import WRITERS, losses, write
from tests.support.bank_files import bank_file, question

FORMATS = {
    "native": "native",
    "native-json": "native",
    "csv": "csv",
    "markdown": "article",
    "gift": "gift",
    "moodle": "moodle",
}


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("named", [True, False])
def test_a_written_file_is_known_for_what_it_is(kind: str, named: bool) -> None:
    asked = question(samples=[{"label": "good", "text": "It is one thing, I think."}])
    text = write(bank_file(asked, question("two", prompt="Why is it?")), kind)
    reading = read_file(text.encode(), f"bank{WRITERS[kind][1]}" if named else "pasted")
    assert reading.format == FORMATS[kind]
    assert [found.fields["prompt"] for found in reading.questions] == ["What is it?", "Why is it?"]
    assert [found.fields["references"] for found in reading.questions] == [asked["references"]] * 2


def test_only_the_native_format_leaves_nothing_out_anywhere() -> None:
    asked = question(samples=[{"label": "good", "text": "It is."}])
    silent = [kind for kind in WRITERS if not losses(bank_file(asked), kind)]
    assert silent == ["native", "native-json"]


@pytest.mark.parametrize("kind", ["csv", "markdown", "gift"])
def test_derived_key_points_never_come_back_as_confirmed(kind: str) -> None:
    asked = question()
    asked["key_points"][0] |= {"text": "Nobody has looked at this.", "derived": True}
    text = write(bank_file(asked), kind)
    assert "Nobody has looked" not in text
    assert "Nobody has looked" in write(bank_file(asked), "native")
    assert any("Key points" in one for one in losses(bank_file(asked), kind))


def test_writing_loads_nothing_that_a_web_process_should_not_pay_for() -> None:
    costly = ("pydantic", "yaml", "markdown_it", "html.parser", "xml.parsers.expat")
    program = (
        "import sys, interview.formats.writing\n"
        f"print([name for name in {costly!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
