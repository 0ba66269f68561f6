"""Tables in plain text: parted by tabs or bars, or with the borders of their cells lost."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_COMPARES = re.compile(r"(?i)\b(?:differ\w*|compar\w*|versus|vs|distinguish|contrast)\b")
_FEWEST_ROWS = 3
_MOST_HEADING_WORDS = 6
# A capital after one of these does not begin a cell: the words before it are not yet a clause.
_GO_ON = frozenset(
    re.findall(
        r"\w+",
        """a an the and or but nor of in on at to from for with without by through via into onto
        like as than between is are was were be been has have had no not only also using uses use
        called named every each any all both its their this that these those than when if while
        such over under about""",
    )
)
_INSIDE = re.compile(r"(?<=[a-z)])[ \u00a0]+(?=[A-Z][a-z]*\b)")
_AFTER_STOP = re.compile(r"(?<=[a-z)][.!?])[ \u00a0]+(?=[A-Z])")


def borders(lines: Sequence[str]) -> str:
    """Find the sign that parts the cells of every line alike; empty where there is none."""
    if len(lines) < _FEWEST_ROWS - 1:
        return ""
    for sign in ("\t", "|"):
        counts = {line.strip().strip("|").count(sign) for line in lines}
        if len(counts) == 1 and counts != {0}:
            return sign
    return ""


def cells_of(line: str, sign: str) -> list[str]:
    """Part a line at its borders."""
    return [cell.strip() for cell in line.strip().strip("|").split(sign)]


def lost_heading(lines: Sequence[str], question: str) -> list[str]:
    """Find the two columns of a comparison whose table has lost its borders.

    Parameters
    ----------
    lines : sequence of str
        Lines that stand together.
    question : str
        What they answer; the columns bear the names of the things that it compares.

    Returns
    -------
    list of str
        The headings of two columns; empty where the lines are no such table.
    """
    words = lines[0].split()
    if (
        len(lines) < _FEWEST_ROWS
        or not 1 < len(words) <= _MOST_HEADING_WORDS
        or not _COMPARES.search(question)
    ):
        return []
    asked = question.casefold()
    for at in range(1, len(words)):
        left, right = " ".join(words[:at]), " ".join(words[at:])
        both = re.search(_joining(left, right), asked) or re.search(_joining(right, left), asked)
        if both:
            return [left, right]
    return []


def _joining(first: str, second: str) -> str:
    first, second = re.escape(first.casefold()), re.escape(second.casefold())
    between = r"\W{1,4}(?:and|or|vs\.?|versus|from|with|to)\W{1,4}(?:an?\s|the\s)?"
    return rf"\b{first}{between}{second}\b"


def parted(line: str, heading: Sequence[str]) -> tuple[list[str], bool]:
    """Part a line into its two cells where only one place can be the border.

    A new sentence without a full stop before it begins a cell; so does one after a full
    stop, if there is only one of them.

    Returns
    -------
    tuple of list of str and bool
        The cells, and whether the border was found; all stands in the first one if not.
    """
    names = {word.casefold() for name in heading for word in name.split()}
    inside = [at for at in _ends(_INSIDE, line) if _may_begin(line, at, names)]
    places = inside or _ends(_AFTER_STOP, line)
    if len(places) != 1:
        return [line.strip(), ""], False
    return [line[: places[0]].strip(), line[places[0] :].strip()], True


def _ends(pattern: re.Pattern[str], line: str) -> list[int]:
    return [found.end() for found in pattern.finditer(line)]


def _may_begin(line: str, at: int, names: set[str]) -> bool:
    before = _WORD.findall(line[max(0, at - 80) : at])
    after = _WORD.match(line, at)
    if not before or after is None:
        return False
    return before[-1].casefold() not in _GO_ON and after[0].casefold() not in names


def as_markdown(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table with bars."""
    width = max(len(heading), *(len(row) for row in rows), 1) if rows else len(heading)
    return [_barred(heading, width), _barred(["---"] * width, width)] + [
        _barred(row, width) for row in rows
    ]


def _barred(cells: Sequence[str], width: int) -> str:
    filled = [*cells, *[""] * (width - len(cells))]
    texts = (" ".join(cell.replace("|", "\\|").split()) for cell in filled)
    return f"| {' | '.join(texts)} |"
