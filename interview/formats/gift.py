"""GIFT, the text format of Moodle and others: questions parted by blank lines.

Essays and short answers become questions as they are, multiple choice with one right answer
becomes a draft; what is answered by a mark or a number alone is left out, and told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from interview.formats.delimited import shown
from interview.formats.imported import Found, Notice, Reading
from interview.formats.limits import counted
from interview.formats.markup import to_markdown
from interview.formats.naming import SLUG
from interview.formats.quizzes import CHOICE, WHOLE, Answer, category, choices, short_answers
from interview.formats.repeats import with_repeats

GAP = "_____"
"""Stands where a word is missing."""

_BLANKS = " \t\r\n"
_CATEGORY = "$CATEGORY:"
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPABLE = "~=#{}:>\\"
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]")
_SHARE = re.compile(r"[ \t]*%(-?\d{1,3}(?:[.,]\d{1,9})?)%")
_TRUTH = re.compile(r"\s*(?:T|F|TRUE|FALSE)\s*(?:#.*)?", re.IGNORECASE | re.DOTALL)
_REMARK = re.compile(r"\[(id|tag):((?:[^\]\\]|\\.){0,400})\]")
_LOOK = re.compile(r"^[ \t]*(?:::|\$CATEGORY:)|\{\s*(?:[=~#}]|T\b|F\b|TRUE|FALSE)", re.MULTILINE)


def looks_like(text: str, name: str) -> bool:
    """Tell from its name or its marks whether a file is GIFT."""
    head = text[:20_000]
    is_markup = head.lstrip("\ufeff \n")[:1] in ("<", "{")
    return name.lower().endswith(".gift") or (
        not is_markup and "\n#" not in head and len(_LOOK.findall(head)) > 1 and "}" in head
    )


@dataclass(slots=True)
class _Block:
    """The lines of one question, and what comments and categories say of it."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    category: dict[str, Any] = field(default_factory=dict)


def read(text: str, name: str) -> Reading:  # noqa: ARG001  as all readers are called
    """Read a file.

    Parameters
    ----------
    text : str
    name : str
        Of the file.

    Returns
    -------
    Reading
        A question for each that can be answered by typing, a notice for each other.

    Raises
    ------
    Unreadable
        When it has too many of them.
    """
    notices: list[Notice] = []
    blocks = counted(_blocks(text))
    questions = [one for block in blocks for one in _Reader(block, notices).questions()]
    return Reading("gift", "", with_repeats(questions), tuple(notices))


def _blocks(text: str) -> Iterator[_Block]:
    current = _Block()
    told: dict[str, Any] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        stripped = line.strip(_BLANKS)
        if stripped.startswith("//"):
            current.remarks += [(kind, _unescaped(word)) for kind, word in _REMARK.findall(line)]
            continue
        if current.lines and (not stripped or stripped.startswith(_CATEGORY)):
            yield current
            current = _Block(category=told)
        if stripped.startswith(_CATEGORY):
            told = category(stripped.removeprefix(_CATEGORY))
            current.category = told
        elif stripped:
            current.line = current.line or number
            current.lines.append(line)
    if current.lines:
        yield current


def _unescaped(raw: str) -> str:
    def plain(match: re.Match[str]) -> str:
        if match[1] == "n":
            return "\n"
        return match[1] if match[1] in _ESCAPABLE + "]" else match[0]

    return _ESCAPE.sub(plain, raw)


def _masked(text: str) -> str:
    """Blot out what is escaped, every other character at its place."""
    return _ESCAPE.sub("\0\0", text)


class _Reader:
    """Reads one block; what it cannot make a question of becomes a notice."""

    def __init__(self, block: _Block, notices: list[Notice]) -> None:
        self._block = block
        self._told = notices
        self._kind = "moodle"
        self._errors: list[str] = []
        self._warnings: list[str] = []

    def questions(self) -> Iterator[Found]:
        title, text = _titled("\n".join(self._block.lines).strip(_BLANKS))
        prompt, answers = self._parted(text)
        if answers is None and not self._errors:
            self._leave_out("has no answers in { }, so it only tells something", title or text)
            return
        fields = {"prompt": prompt or title, **self._described(title)}
        told = self._answered(answers or "") if not self._errors else {"references": []}
        if isinstance(told, str):
            self._leave_out(told, title or prompt)
            return
        notices = [
            *(Notice("error", self._block.line, message) for message in self._errors),
            *(Notice("warning", self._block.line, message) for message in self._warnings),
        ]
        yield Found(self._block.line, {**fields, **told}, tuple(notices))

    def _leave_out(self, why: str, what: str) -> None:
        self._told.append(
            Notice("warning", self._block.line, f"“{shown(what)}” is left out: it {why}")
        )

    def _parted(self, text: str) -> tuple[str, str | None]:
        """Part the prompt from what stands in braces; none where there are none."""
        masked = _masked(text)
        begin, end = masked.find("{"), masked.find("}")
        if end < begin or (begin < 0 <= end):
            where = "opened" if begin < 0 or end >= 0 else "closed"
            self._errors.append(f"has a brace that is never {where}; a plain one is written \\{{")
        if begin < 0 or end < begin:
            return self._markdown(text), None
        before, after = text[:begin], text[end + 1 :].strip(_BLANKS)
        gap = f"{GAP}{text[end + 1 :]}" if after else ""
        return self._markdown(f"{before}{gap}"), text[begin + 1 : end]

    def _markdown(self, raw: str) -> str:
        marked = _FORMAT.match(raw)
        if marked:
            self._kind = marked[1]
            raw = raw[marked.end() :]
        text = to_markdown(_unescaped(raw.strip(_BLANKS)), self._kind)
        return text.lstrip("\n").rstrip()

    def _described(self, title: str) -> dict[str, Any]:
        """Give what title, comments and category say."""
        remarks = self._block.remarks
        tags = [word for kind, word in remarks if kind == "tag" and word.strip()]
        names = [title, *(word for kind, word in remarks if kind == "id")]
        told = dict(self._block.category)
        if all_tags := dict.fromkeys([*told.get("tags", ()), *tags]):
            told["tags"] = list(all_tags)
        slugs = [name for name in names if SLUG.fullmatch(name)]
        return {**told, "slug": slugs[0]} if slugs else told

    def _answered(self, raw: str) -> dict[str, Any] | str:
        """Read what stands in braces; say why it is none of what can be asked here."""
        end = _masked(raw).find("####")
        body, general = (raw[:end], raw[end + 4 :]) if end >= 0 else (raw, "")
        explained = self._markdown(general) if general else ""
        masked = _masked(body)
        if not body.strip(_BLANKS):
            return self._essay(explained)
        if explained:
            self._warnings.append("has general feedback, which is not carried over")
        if masked.lstrip(_BLANKS).startswith("#"):
            return "is answered by a number"
        if _TRUTH.fullmatch(masked):
            return "is answered by true or false"
        return self._listed([*self._answers(body, masked)], masked)

    def _essay(self, explained: str) -> dict[str, Any]:
        if explained:
            self._warnings.append("is an essay; its general feedback is taken for the answer")
        return {"references": [explained] if explained else []}

    def _listed(self, answers: Sequence[Answer], masked: str) -> dict[str, Any] | str:
        if not answers:
            return "has something in { } that is neither = nor ~"
        if "~" in masked:
            self._warnings.append(CHOICE)
            return choices(answers) or "is multiple choice without exactly one right answer"
        if len(answers) > 1 and all("->" in _masked(part) for part in masked.split("=")[1:]):
            return "asks to match things"
        return short_answers(answers, self._warnings)

    def _answers(self, body: str, masked: str) -> Iterator[Answer]:
        starts = [match.start() for match in re.finditer("[=~]", masked)]
        for start, end in pairwise([*starts, len(body)]):
            usual = WHOLE if body[start] == "=" else 0.0
            share = _SHARE.match(body, start + 1, end)
            begin = share.end() if share else start + 1
            mark = masked.find("#", begin, end)
            feedback = self._markdown(body[mark + 1 : end]) if mark >= 0 else ""
            text = self._markdown(body[begin : mark if mark >= 0 else end])
            yield Answer(text, float(share[1].replace(",", ".")) if share else usual, feedback)


def _titled(text: str) -> tuple[str, str]:
    """Part a title from the question."""
    end = _masked(text).find("::", 2) if text.startswith("::") else -1
    if end < 0:
        return "", text
    return _unescaped(text[2:end].strip(_BLANKS)), text[end + 2 :]
