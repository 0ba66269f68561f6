"""Whether a line asks something: what tells a question from a title or a sentence."""

import re

LONGEST = 300
"""More characters than that are a paragraph, whatever sign they end with."""

_NUMBER = re.compile(r"(\d{1,5})(?:\\?[.):](?!\d)\s*|\s{1,3}[-–—]\s+)")
_BOLD_SIGN = r"(?:\*\*|__)"
_ASKS = re.compile(
    rf"""{_BOLD_SIGN}?
    (?:Q|Ques|Question)\s{{0,3}}\#?\s{{0,3}}
    (?:(?P<number>\d{{1,5}})\s{{0,3}}{_BOLD_SIGN}?[:.)\-–—]|{_BOLD_SIGN}?:|[.)](?=\s|\*|_))
    {_BOLD_SIGN}?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ANSWERS = re.compile(
    rf"""(?P<opened>{_BOLD_SIGN})?
    (?:A\s{{0,3}}(?:\d{{1,5}}\s{{0,3}}[:.)]|(?=:|(?:\*\*|__):))
      |Ans(?:wer)?\s{{0,3}}\d{{0,5}}\s{{0,3}}(?:[:.\-–—]|(?=\*\*|__|\s*$)))
    (?P<closed>{_BOLD_SIGN}?:?{_BOLD_SIGN}?)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,600}?)\1[:.]?")
_DRESSED = re.compile(r"[^\w?？؟.!:;,)\]}\"'”’»`*_>]+$")
_ENDS = re.compile(r"""[?？؟][”"’'»)\]*_`]{0,4}(?:\s{0,3}\([^()]{1,60}\))?$""")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_ABOUT_THE_PAGE = re.compile(
    r"(?i)(?:what|who|how|why|where|when)(?:’s|'s)?\s+(?:you|we|i|this|these|next|to expect)\b"
)
_WH = frozenset({"what", "how", "why", "when", "where", "which", "who", "whom", "whose"})
_TOLD = re.compile(
    r"(?i)(?:explain|describe|define|discuss|compare|contrast|differentiate|distinguish|outline"
    r"|state|elaborate|enumerate|summari[sz]e|illustrate)\b"
)
_TOLD_TO_DO = re.compile(
    r"(?i)(?:list|name|mention|give|write|tell|identify|justify|show|demonstrate|implement|walk"
    r"|talk|design)\b"
)
_BETWEEN = re.compile(r"(?i)(?:(?:the|main|key)\s+){0,2}differences?\s+(?:between|of|in)\b")
_VERSUS = re.compile(r"(?i)\S+\s+(?:vs\.?|versus)\s+\S")
_GOING_ON = re.compile(
    r"(?i)(?:so|but|and|or|now|well|then|ok|okay|still|sounds|right|because|also)\b"
)
_POINTS_BACK = re.compile(
    r"(?i)\b(?:is|are|was|were|do|does|did|can|could|should|would|will)\s+"
    r"(?:this|that|these|those|it|they)\b"
)
_SENTENCES = re.compile(r"(?<![.\s]\w)[.!?]\s+(?=[A-Z])")
_MOST_WORDS = 30
_FEWEST_WORDS = 2


def number_of(text: str) -> tuple[int | None, str]:
    """Part the number that a question carries from its words."""
    found = _NUMBER.match(text)
    if found is None or found.end() == len(text):
        return None, text
    return int(found[1]), text[found.end() :]


def asks(text: str) -> tuple[int | None, str] | None:
    """Give number and words of a line that begins with “Q:” or the like; None of others."""
    found = _ASKS.match(text)
    if found is None:
        return None
    number = found["number"]
    return (int(number) if number else None), unbolded(text[found.end() :].strip())


def answers(text: str) -> str | None:
    """Give what follows “A:” or the like at the beginning of a line; None of other lines."""
    found = _ANSWERS.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    opened_only = found["opened"] and found["opened"] not in found["closed"]
    return rest.removesuffix(found["opened"]) if opened_only else rest


def bold(text: str) -> str | None:
    """Give the words of a line that is bold as a whole; None of others."""
    found = _BOLD.fullmatch(text)
    if found is None or found[1] in found[2]:
        return None
    return found[2].strip()


def unbolded(text: str) -> str:
    """Take the signs for bold from around a line."""
    found = bold(text)
    if found is not None:
        return found
    return text.removesuffix("**").rstrip() if text.count("**") == 1 else text


def undressed(text: str) -> str:
    """Take from the end of a line what decorates it: arrows, pictures, closing hashes."""
    return _DRESSED.sub("", text) if len(text) <= LONGEST else text


def reads_as_question(text: str) -> bool:
    """Tell whether a line that is set apart (a heading, bold, numbered) asks something."""
    text = undressed(text.strip())
    words = _words(text)
    if not words or len(text) > LONGEST or text.endswith((":", ",", ";")):
        return False
    if _ENDS.search(text):
        return len(words) >= _FEWEST_WORDS or not text.isascii()
    if len(words) < _FEWEST_WORDS or len(words) > _MOST_WORDS or _ABOUT_THE_PAGE.match(text):
        return False
    return bool(
        words[0] in _WH
        or _TOLD.match(text)
        or _TOLD_TO_DO.match(text)
        or _BETWEEN.match(text)
        or (_VERSUS.search(text) and not text.endswith("."))
    )


def heads_an_answer(text: str) -> bool:
    """Tell whether a bare line, with nothing but blank lines around it, is a question.

    It is stricter than `reads_as_question`: a sentence of an answer may stand alone too.
    """
    text = undressed(text.strip())
    words = _words(text)
    if not words or _GOING_ON.match(text) or not reads_as_question(text):
        return False
    if _SENTENCES.search(text):
        return False
    if _ENDS.search(text):
        return len(words) > _FEWEST_WORDS or not text.isascii()
    if text.endswith("."):
        return bool(_TOLD.match(text))
    return words[0] in _WH or bool(_TOLD.match(text) or _BETWEEN.match(text))


def points_back(text: str) -> bool:
    """Tell whether a question speaks of “it” or “this”, as one inside an answer does."""
    return bool(_POINTS_BACK.search(text))


def ends_as_question(text: str) -> bool:
    """Tell whether a line ends with a question mark."""
    return bool(_ENDS.search(undressed(text.rstrip()[-2 * LONGEST :])))


def same(text: str) -> str:
    """What two spellings of one question have in common."""
    return " ".join(_words(text.casefold()))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text[: 2 * LONGEST])]
