"""Native files, written as people write them by hand: YAML, and JSON for programs.

YAML is written here and not by PyYAML, whose writer puts text of several lines into quotes
as soon as one of them ends in a blank, and which no web process should load.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from interview.formats.documents import tidy

# Everything else YAML 1.1 takes for a line end, or allows only as an escape.
_PRINTED = "\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_NO_BLOCK = re.compile(f"[^\n\t{_PRINTED}]")
_ESCAPED = re.compile(f'[^{_PRINTED}]|["\\\\]')
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_WORDS = {"true", "false", "yes", "no", "on", "off", "null"}
# Text that would be taken for something else without quotes.
_SPECIAL = re.compile(rf"^[\W\d_]|[^{_PRINTED}]|:(?:\s|$)|\s(?:#|$)")
_PLAIN_INSIDE = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9 ._/+-]*[\w.+-])?|https?://[A-Za-z0-9._~/#%=&+-]+"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_DAYS = {"last_verified", "updated"}

# Short data that reads best on one line.
_ON_ONE_LINE = {"tags", "valid_for", "sources", "slots"}


def write_json(document: Mapping[str, Any]) -> str:
    """Write a document as JSON."""
    return json.dumps(tidy(document), ensure_ascii=False, indent=2) + "\n"


def write(document: Mapping[str, Any]) -> str:
    """Write a document as YAML: text of several lines as a block, lists of words on a line."""
    return "".join(f"{line}\n" for line in _fields(tidy(document), 0))


def losses(document: Mapping[str, Any]) -> list[str]:  # noqa: ARG001  as of the other formats
    """Say what is not carried: nothing, this is the format of the program itself."""
    return []


def _fields(content: Mapping[str, Any], indent: int) -> Iterator[str]:
    blank = " " * indent
    for name, value in content.items():
        if isinstance(value, list) and value and not _is_inline(name, value):
            yield f"{blank}{name}:"
            for item in value:
                yield from _item(item, indent + 2, inline=name in _ON_ONE_LINE)
        elif isinstance(value, str) and name in _DAYS and _DAY.fullmatch(value):
            yield f"{blank}{name}: {value}"
        else:
            first, *rest = _text(value, indent + 2)
            yield f"{blank}{name}: {first}"
            yield from rest


def _is_inline(name: str, value: list[Any]) -> bool:
    return name in _ON_ONE_LINE and not any(isinstance(item, Mapping) for item in value)


def _item(value: Any, indent: int, *, inline: bool) -> Iterator[str]:
    if isinstance(value, Mapping) and value and not inline:
        lines = _fields(value, indent + 2)
        yield f"{' ' * indent}- {next(lines)[indent + 2 :]}"
    else:
        lines = iter(_text(value, indent + 2))
        yield f"{' ' * indent}- {next(lines)}"
    yield from lines


def _text(value: Any, indent: int) -> list[str]:
    """Write a value, in a block where it is text of several lines that a block can hold."""
    if not isinstance(value, str) or not _fits_block(value):
        return [_inline(value, inside=False)]
    body = value.removesuffix("\n")
    hint, end = "2" if body[0] in " \t" else "", "-" if body == value else ""
    return [f"|{hint}{end}", *(" " * indent + line if line else "" for line in body.split("\n"))]


def _fits_block(text: str) -> bool:
    body = text.removesuffix("\n")
    whole = body[:1] not in ("", "\n") and body == body.rstrip()
    return whole and "\n" in text and not _NO_BLOCK.search(text)


def _inline(value: Any, *, inside: bool = True) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {_inline(value[name])}' for name in value)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, str):
        return value if _is_plain(value, inside=inside) else _quoted(value)
    if isinstance(value, float):
        return _number(value)
    return json.dumps(value)


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    mantissa, mark, exponent = repr(value).partition("e")
    # YAML 1.1 knows a number with an exponent by its point.
    return f"{mantissa}{'' if '.' in mantissa else '.0'}{mark}{exponent}"


def _is_plain(text: str, *, inside: bool) -> bool:
    if text.lower() in _WORDS:
        return False
    if inside:
        return _PLAIN_INSIDE.fullmatch(text) is not None
    return text != "" and not _SPECIAL.search(text)


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"
