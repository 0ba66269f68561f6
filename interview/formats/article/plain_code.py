"""Finding code in plain text, where nothing marks it."""

import re
from collections.abc import Sequence

_STRONG = re.compile(
    r"""
    \s*(?:
      (?:from\s+[\w.]+\s+)?import\s+[\w.*]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+)*;?$
    | (?:async\s+)?def\s+\w+\s*\(
    | class\s+\w+\s*(?:\([^()]*\))?\s*[:{]
    | @[\w.]+(?:\(.*\))?$
    | (?:for|while|if|elif|else|try|except|finally|with)\b.{0,200}:$
    | (?:return|yield|raise|await)\s+[\w.\[\]('"{]+[^.]*$
    | >>>\s
    | \$\s+\S
    | </?[a-zA-Z!][^<>]*>
    | \{\s?[%{\#]
    | [\w.]+(?:\[[^\]\n]{1,80}\])*\s*(?:=|:=|\+=|-=)\s*\S
    | [\w.]+\([^()]*\)\s*[;,:{]?$
    | (?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\s+.*\b(?:FROM|INTO|SET|TABLE|INDEX)\b
    | (?:const|let|var|public|private|static|function|func|fn)\s+\w+.*[=({;]
    | \#include\b
    | [)\]}]+[;,]?$
    )""",
    re.VERBOSE,
)
_COMMAND = re.compile(
    r"\s*(?:\$\s*)?(?:sudo\s+)?(?:python3?|py|pip3?|npm|npx|yarn|git|docker|cd|mkdir|ls|curl|"
    r"django-admin(?:\.py)?|flask|node|java|javac|mvn|go|cargo|apt(?:-get)?|brew|virtualenv|"
    r"source|kubectl|make)\s+[\w./:@=~<>\[\]\"'–—-]+(?:\s+[\w./:@=~<>\[\]\"'–—-]+){0,8}$"
)
_ODD = re.compile(r"[;{}<>=\[\]|\\]|\(\)|--|–\w|\w\.\w+\(|::|->|/\w+/")
_COMMENT = re.compile(r"\s*(?:#|//|--)\s")
_ANNOUNCED = re.compile(
    r"(?i)\b(?:code|command|commands|line|syntax|example|snippet|query|follows|following|run"
    r"|type|execute|script|program|output)\b[^.!?]{0,120}:\s*$"
)
_SENTENCE = re.compile(r"[A-Z][\w'’-]*(?:\s+[\w'’,()-]+){3,}[.!?]$")
_MOST_COMMAND_WORDS = 12
_INDENTED = 4

_SIGNS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "′": "'", "″": '"'}
    | dict.fromkeys("\u00a0\u2007\u202f", " ")
    | {"—": "--"}
)
_OPTION = re.compile(r"(?<=\s)–(?=\w)")

_LANGUAGES = (
    ("html", re.compile(r"(?m)^\s*(?:</?[a-zA-Z!]|\{\s?[%{#])")),
    ("sql", re.compile(r"(?m)^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\s")),
    (
        "python",
        re.compile(
            r"(?m)^\s*(?:>>>\s|(?:from\s+[\w.]+\s+)?import\s+[\w.*]+(?:\s+as\s+\w+)?$|def\s+\w+\("
            r"|class\s+\w+.*:$|@\w|[\w.]+(?:\[[^\]\n]+\])*\s*=\s*[^={;]+$|print\()"
        ),
    ),
)


def is_announced(text: str) -> bool:
    """Tell whether a paragraph ends by announcing code: “run the following command:”."""
    return _ANNOUNCED.search(text[-200:]) is not None


def is_code(lines: Sequence[str], *, announced: bool) -> bool:
    """Tell whether lines that stand together are code.

    Parameters
    ----------
    announced : bool
        Whether the paragraph before them announces code; less is asked of them then.
    """
    written = [line for line in lines if line.strip()]
    odd = [line for line in written if _is_odd(line, announced=announced)]
    if not odd:
        return False
    deep = all(line.startswith((" " * _INDENTED, "\t")) for line in written)
    most = sum(_COMMENT.match(line) is None for line in written)
    return deep or 2 * len(odd) > most


def _is_odd(line: str, *, announced: bool) -> bool:
    line = line[:500]
    if _STRONG.match(line) and not _SENTENCE.match(line.strip()):
        return True
    words = len(line.split())
    if _COMMAND.match(line) and (announced or _ODD.search(line)):
        return words <= _MOST_COMMAND_WORDS
    short = words <= _MOST_COMMAND_WORDS and not line.rstrip().endswith((".", "?", "!"))
    return announced and short and _ODD.search(line) is not None


def language_of(code: str) -> str:
    """Guess the language of code that says nothing of it; empty where that is open."""
    return next((name for name, looks in _LANGUAGES if looks.search(code[:5000])), "")


def straight(code: str) -> str:
    """Give code the signs of a keyboard: quotes, blanks and hyphens that a page made pretty."""
    return _OPTION.sub("--", code.translate(_SIGNS)).replace("–", "-")
