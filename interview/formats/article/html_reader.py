"""Following the elements of a page, and writing what they hold as Markdown."""

from html.parser import HTMLParser

from interview.formats.article.asking import reads_as_question
from interview.formats.article.html_elements import (
    BREAKS,
    CONTENT,
    ENDS_WITHIN,
    HEADINGS,
    LANGUAGE,
    NO_LANGUAGE,
    OF_PAGES,
    SIGNS,
    SPILLS,
    UNSEEN,
)
from interview.formats.article.html_inline import Inline
from interview.formats.article.html_rows import Rows
from interview.formats.article.html_table import Table

Attributes = list[tuple[str, str | None]]


class Reader(HTMLParser):
    """Reads a page from its beginning to its end.

    Parameters
    ----------
    whole : bool
        Whether to read menus, headers, footers and forms too.
    """

    def __init__(self, *, whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.out = Rows()
        self.title = ""
        self.pictures: list[int] = []
        self._left_out = UNSEEN if whole else UNSEEN | OF_PAGES
        self._skipped, self._skipped_depth = "", 0
        self._content = 0
        self._within = ""
        self._tables: list[Table | None] = []
        self._language = ""

    @property
    def _cell(self) -> Inline | None:
        table = self._tables[-1] if self._tables else None
        return table.cell if table else None

    @property
    def _inline(self) -> Inline:
        return self._cell or self.out.inline

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin an element."""
        if self._is_skipped(tag):
            return
        if tag in CONTENT:
            self._content += 1
        if tag in SPILLS and self._cell is not None:
            self._spill()
        if self._cannot_hold(tag):
            self._end_within()
        if tag in SIGNS and not self.out.is_code():
            self._inline.open(SIGNS[tag])
        elif tag in ("pre", "code", "div", "figure"):
            self._begin_code(tag, attrs)
        elif not self._begin_block(tag, attrs):
            self._begin_part(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """End an element, or pass over an end without a beginning."""
        if self._skipped:
            if tag == self._skipped:
                self._skipped_depth -= 1
                self._skipped = self._skipped if self._skipped_depth else ""
            return
        if tag in CONTENT:
            self._content = max(0, self._content - 1)
        if tag in SIGNS and not self.out.is_code():
            self._inline.close(SIGNS[tag])
        elif tag == "pre":
            self.out.end_code(self._language)
            self._language = ""
        else:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._skipped:
            pass
        elif self._within == "title":
            self.title += data[:500]
        elif self.out.is_code():
            self.out.add_code(data)
        else:
            self._inline.add(data, self.getpos()[0])

    def finish(self) -> None:
        """Write what is still open at the end."""
        self.out.end_code(self._language)
        while self._tables:
            self._end_table()
        self._end_within()
        self.out.flush()

    def _cannot_hold(self, tag: str) -> bool:
        """Tell whether the heading or the like that is open has lost its end."""
        if self._within in ("summary", "dt") and tag in HEADINGS:
            return False
        return tag in ENDS_WITHIN or (tag == "p" and self.out.inline.has_words)

    def _is_skipped(self, tag: str) -> bool:
        """Follow elements that are left out; one that is never closed ends at the content."""
        if self._skipped and tag in CONTENT:
            self._skipped, self._skipped_depth = "", 0
        if self._skipped:
            self._skipped_depth += tag == self._skipped
            return True
        if tag in self._left_out and not (tag == "header" and self._content):
            self.out.flush()
            self._skipped, self._skipped_depth = tag, 1
        return bool(self._skipped)

    def _begin_code(self, tag: str, attrs: Attributes) -> None:
        told = " ".join(value or "" for name, value in attrs if name in ("class", "data-lang"))
        found = LANGUAGE.search(told[:500].casefold())
        if found and found[1] not in NO_LANGUAGE:
            self._language = found[1]
        if tag == "pre":
            self.out.begin_code(self.getpos()[0])
        elif tag in BREAKS:
            self._break()

    def _begin_block(self, tag: str, attrs: Attributes) -> bool:
        """Begin what changes how the following is written; say whether it was such a thing."""
        if tag in ("ul", "ol") and self._cell is None:
            start = dict(attrs).get("start") or ""
            number = int(start) if start.isdecimal() and len(start) < 6 else 1  # noqa: PLR2004
            self.out.begin_list(ordered=tag == "ol", start=number)
        elif tag == "li" and self._cell is None:
            self.out.begin_item()
        elif tag == "table":
            self.out.flush()
            self._tables.append(Table())
        elif tag == "details":
            self.out.write_alone("<details>", self.getpos()[0])
        elif tag == "blockquote":
            self.out.flush()
            self.out.quotes += 1
        elif tag in HEADINGS or tag in ("summary", "dt", "title", "button", "label"):
            self._begin_within(tag)
        else:
            return False
        return True

    def _begin_part(self, tag: str, attrs: Attributes) -> None:
        table = self._tables[-1] if self._tables else None
        if tag == "br":
            self._break_line()
        elif tag == "hr":
            self.out.flush()
        elif tag == "img":
            self._picture(attrs)
        elif table and tag == "tr":
            table.begin_row(self.getpos()[0])
        elif table and tag in ("td", "th"):
            table.begin_cell(self.getpos()[0])
        elif tag in BREAKS or tag == "li":
            self._break()

    def _break_line(self) -> None:
        if self.out.is_code():
            self.out.add_code("\n")
        elif self._within or self._cell is not None:
            self._break()
        else:
            self.out.inline.line_break()

    def _picture(self, attrs: Attributes) -> None:
        self.pictures.append(self.getpos()[0])
        self._inline.add(dict(attrs).get("alt") or "", self.getpos()[0])

    def _end_block(self, tag: str) -> None:
        table = self._tables[-1] if self._tables else None
        if tag in ("ul", "ol") and self._cell is None:
            self.out.end_list()
        elif tag == "details":
            self._end_within()
            self.out.write_alone("</details>", self.getpos()[0])
            self.out.blank()
        elif tag == "blockquote":
            self.out.flush()
            self.out.quotes = max(0, self.out.quotes - 1)
        elif tag == self._within or (tag in HEADINGS and self._within in HEADINGS):
            self._end_within()
        elif table and tag in ("td", "th"):
            table.end_cell()
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in BREAKS or tag == "li":
            self._break()

    def _break(self) -> None:
        """End a paragraph; within a cell or a heading it is a blank."""
        if self._cell is not None or self._within:
            self._inline.add(" ", self.getpos()[0])
        elif not self.out.is_code():
            self.out.flush()

    def _begin_within(self, tag: str) -> None:
        """Begin a heading or the like, unless it stands in another: buttons do."""
        if self._within:
            return
        self.out.flush()
        self._within = tag

    def _end_within(self) -> None:
        within, self._within = self._within, ""
        if within in HEADINGS:
            self.out.flush(f"{HEADINGS[within]} ")
        elif within == "summary":
            self.out.flush("<summary>", "</summary>")
        elif within:
            rows, self.out.inline = self.out.inline.rows(), Inline()
            words = " ".join(row.text for row in rows).replace("**", "").strip()
            if words and (within == "dt" or reads_as_question(words)):
                self.out.write_alone(f"**{words}**", rows[0].number)
                self.out.blank()

    def _spill(self) -> None:
        """Take the table that is open for a layout: write its cells as paragraphs."""
        table = self._tables[-1]
        if table is None:
            return
        self._tables[-1] = None
        for row in table.rows():
            self.out.inline.add(row.text, row.number)
            self.out.flush()

    def _end_table(self) -> None:
        table = self._tables.pop()
        if table is not None:
            rows = table.rows()
            self.out.flush()
            self.out.blank()
            self.out.rows += rows
            self.out.blank()
