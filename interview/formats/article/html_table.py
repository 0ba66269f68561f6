"""A table of HTML, while it is being read."""

from dataclasses import dataclass, field

from interview.formats.article.blocks import Row
from interview.formats.article.html_inline import Inline
from interview.formats.article.lost_tables import as_markdown


@dataclass(slots=True)
class Table:
    """Rows of cells; `cell` is the one that is open."""

    lines: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    cell: Inline | None = None

    def begin_row(self, line: int) -> None:
        """Begin a row, after the cell and row that may still be open."""
        self.end_cell()
        self.lines.append(line)
        self.cells.append([])

    def begin_cell(self, line: int) -> Inline:
        """Begin a cell, in a row that may not have been begun."""
        self.end_cell()
        if not self.cells:
            self.begin_row(line)
        self.cell = Inline()
        return self.cell

    def end_cell(self) -> None:
        """End the cell that is open, if one is."""
        if self.cell is not None:
            texts = (row.text for row in self.cell.rows())
            self.cells[-1].append(" ".join(text for text in texts if text))
            self.cell = None

    def rows(self) -> list[Row]:
        """Give the table as Markdown; one of a single column as paragraphs."""
        self.end_cell()
        known = [(line, row) for line, row in zip(self.lines, self.cells, strict=True) if any(row)]
        if max((len(row) for _, row in known), default=0) < 2:  # noqa: PLR2004
            return [
                one
                for line, row in known
                for cell in row
                for one in (Row(line, cell), Row(line, ""))
            ]
        heading, *others = known
        texts = as_markdown(heading[1], [row for _, row in others])
        numbers = [heading[0], heading[0], *(line for line, _ in others)]
        return [Row(number, text) for number, text in zip(numbers, texts, strict=True)]
