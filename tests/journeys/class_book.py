"""What the gradebook and the audit log of a class say, read from their pages and files."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.class_steps import TITLE

Row = dict[str, str]
STATE, ATTEMPTS, SCORE, BY_A_PERSON = (
    f"{TITLE}: {name}" for name in ("state", "attempts", "score %", "by a person")
)

# What the cells of the gradebook say to those who listen.
CELLS = """() => [...document.querySelectorAll(".gradebook-table tbody tr")].map((row) =>
  [...row.cells].map((cell) => {
    const heard = cell.cloneNode(true);
    heard.querySelectorAll("[aria-hidden=true]").forEach((silent) => silent.remove());
    return heard.textContent.replace(/\\s+/g, " ").trim();
  }))"""
ENTRIES = """(rows) => rows.map((row) =>
  [row.querySelector("strong").textContent, row.lastElementChild.textContent])"""


def file_of(page: Page) -> list[Row]:
    """The rows of the gradebook's file."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def pages_of(page: Page) -> list[list[str]]:
    """The rows of all pages of the gradebook."""
    rows: list[list[str]] = page.evaluate(CELLS)
    while page.locator("#rows-after").count():
        first = page.locator(".gradebook-table tbody th").first.inner_text()
        page.locator("#rows-after").click()
        expect(page.locator(".gradebook-table tbody th").first).not_to_have_text(first)
        rows += page.evaluate(CELLS)
    return rows


def as_shown(row: Row) -> list[str]:
    """A row of the file as the pages write it."""
    mean = f"{row['mean %']} %" if row["mean %"] else "–"
    return [f"{row['learner']} {row['group']}".strip(), mean, row["finished"], cell_of(row)]


def cell_of(row: Row) -> str:
    told = {name.removeprefix(f"{TITLE}: "): value for name, value in row.items()}
    if told["state"] != "finished":
        return told["state"]
    text = f"{told['score %']} %"
    if int(told["attempts"]) > 1:
        text += f" ×{told['attempts']} attempts"
    if (waiting := int(told["needs review"])) > 0:
        text += f", {waiting} answer{' needs' if waiting == 1 else 's need'} review"
    return text + (", graded by a person" if told["by a person"] == "yes" else "")


def audit_lines(page: Page) -> list[tuple[str, str]]:
    """What every entry of the log tells, with its reason, page after page."""
    lines = page.locator(".audit-table tbody tr")
    found = lines.evaluate_all(ENTRIES)
    while page.locator("#audit-older").count():
        newest = lines.first.get_attribute("id")
        page.locator("#audit-older").click()
        expect(page.locator(f"#{newest}")).to_have_count(0)
        found += lines.evaluate_all(ENTRIES)
    return [(what, reason) for what, reason in found]


def adas_grade_alone_has_risen(before: list[Row], after: list[Row]) -> None:
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    ((old, new),) = changed
    assert (old["learner"], new["learner"]) == ("Ada", "Ada")
    assert (old[BY_A_PERSON], new[BY_A_PERSON]) == ("no", "yes")
    assert int(new[SCORE]) > int(old[SCORE])
    assert new["mean %"] == new[SCORE]
