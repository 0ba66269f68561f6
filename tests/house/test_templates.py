"""What no template may hold: the content policy would drop it, or htmx would ignore it."""

import re

import pytest

from tests.support.files import named, of_kind, text_of

FORBIDDEN = {
    "an inline handler": re.compile(r"""<[^>]*\s(?:on[a-z]+|hx-on[\w:-]*|data-hx-on[\w:-]*)\s*="""),
    "an inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*="),
    "an inline script": re.compile(
        r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))", re.IGNORECASE
    ),
    "script in an attribute": re.compile(r"""=\s*["']\s*(?:js|javascript):""", re.IGNORECASE),
    "a trigger filter": re.compile(r"""hx-trigger\s*=\s*(?:"[^"]*\[|'[^']*\[)"""),
    "unescaped output": re.compile(r"\|\s*safe\b|autoescape\s+false"),
}
TEMPLATES = of_kind(".html", under="templates/")


def test_there_are_templates_to_check() -> None:
    assert TEMPLATES


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_hold_none_of(what: str) -> None:
    found = [
        f"{named(path)}: {match[0][:60]}"
        for path in TEMPLATES
        for match in FORBIDDEN[what].finditer(text_of(path))
    ]
    assert found == []


def test_every_form_that_posts_carries_a_csrf_token() -> None:
    bare = [
        f"{named(path)}: {form[:60]}"
        for path in TEMPLATES
        for form in re.findall(r"<form\b.*?</form>", text_of(path), re.DOTALL)
        if re.match(r"<form\b[^>]*method=\"post\"", form) and "csrf" not in form
    ]
    assert bare == []
