"""The words of one paragraph of HTML, put together as Markdown."""

import re

from interview.formats.article.blocks import Row

_SPECIAL = re.compile(r"[\\`*]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!])|\[(?=[^\[\]]{0,200}\]\()")
_LIKE_A_BLOCK = re.compile(r"#{1,6}(?:\s|$)|>|[-+]\s|~{3}|={3,}$|-{3,}$|\|")
CODE = "`"


class Inline:
    """Collects text with its bold, slanted and code parts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._starts: list[int] = [0]
        self._opened: list[tuple[str, int]] = []
        self._depth: dict[str, int] = {}
        self._code = False

    def add(self, data: str, line: int) -> None:
        """Add text that begins on a line of the file."""
        if not self._starts[-1] and data.strip():
            blank = len(data) - len(data.lstrip())
            self._starts[-1] = line + data.count("\n", 0, blank)
        if not self._code:
            data = _SPECIAL.sub(r"\\\g<0>", data)
        if data:
            before = " " if data[0].isspace() else ""
            after = " " if data[-1].isspace() else ""
            self._parts.append(f"{before}{' '.join(data.split())}{after}")

    @property
    def has_words(self) -> bool:
        """Whether there are words in the row that is being collected."""
        return self._starts[-1] > 0

    def line_break(self) -> None:
        """Begin a new row."""
        self._parts.append("\n")
        self._starts.append(0)

    def open(self, sign: str) -> None:
        """Begin a part that stands between two signs; inside code, signs mean themselves."""
        self._depth[sign] = self._depth.get(sign, 0) + 1
        if self._depth[sign] == 1 and not self._code:
            self._opened.append((sign, len(self._parts)))
            self._code = sign == CODE

    def close(self, sign: str) -> None:
        """End such a part, and those that were begun within it."""
        self._depth[sign] = max(0, self._depth.get(sign, 0) - 1)
        if not self._depth[sign] and any(sign == opened for opened, _ in self._opened):
            while self._close_last() != sign:
                pass

    def _close_last(self) -> str:
        sign, at = self._opened.pop()
        content = "".join(self._parts[at:])
        words = content.strip()
        if words:
            blank = len(content) - len(content.lstrip())
            after = content[len(content.rstrip()) :]
            dressed = _code_span(words) if sign == CODE else f"{sign}{words}{sign}"
            content = f"{content[:blank]}{dressed}{after}"
        self._parts[at:] = [content]
        if sign == CODE:
            self._code = False
        return sign

    def rows(self) -> list[Row]:
        """Give the rows that were collected."""
        while self._opened:
            self._close_last()
        texts = "".join(self._parts).split("\n")
        rows = [
            Row(start, " ".join(text.split()))
            for start, text in zip(self._starts, texts, strict=True)
        ]
        worded = [at for at, row in enumerate(rows) if row.text]
        return rows[worded[0] : worded[-1] + 1] if worded else []


def _code_span(code: str) -> str:
    code = " ".join(code.split())
    if CODE not in code:
        return f"`{code}`"
    longest = max(len(run) for run in re.findall("`+", code))
    fence = CODE * (longest + 1)
    return f"{fence} {code} {fence}"


def escaped(text: str) -> str:
    """Keep a paragraph from being read as a heading, a list, a quotation or a table."""
    return f"\\{text}" if _LIKE_A_BLOCK.match(text) else text
