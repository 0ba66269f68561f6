"""Answers of people who do not know the answer but hope for a mark."""

from __future__ import annotations

import re
from random import Random

from interview.grading.derive import prose_of
from interview.grading.reading import read

SHUFFLES = 3
MASHED_ANSWERS = 3

DONT_KNOW = (
    "I don't know.",
    "No idea, sorry.",
    "idk",
    "I am not sure about this one.",
    "I have never worked with this, so I cannot say.",
)
FLUFF = (
    (
        "This is a very important topic that every professional should understand well. There "
        "are many aspects to consider, and each of them plays a key role. In practice it depends "
        "on the situation, so a good engineer always weighs advantages against disadvantages."
    ),
    (
        "It is a powerful and flexible solution which is widely used in the industry today. It "
        "makes things easier, faster and more reliable, saves time and money, and follows best "
        "practices. That is why so many companies rely on it."
    ),
    (
        "To answer this question properly we first have to look at the big picture. Basically, "
        "it is about how different parts work together to reach a goal. Once the basics are "
        "clear, everything else follows, and with some experience it becomes second nature."
    ),
    (
        "The main thing is that it helps to solve problems in an efficient way. It has certain "
        "features and properties that make it special, and it is used for various purposes in "
        "different areas. Of course there are also some limitations."
    ),
)

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = r"[`*\"]*(?P<{}>\w[\w.+#=-]*)(?:\(\))?[`*\"]*"
_PAIR = rf"{_WORD.format('left')}{{}}(?:an? |the )?{_WORD.format('right')}"
_ASKED = re.compile(
    r"\b(?:differen|distinguish|compar|contrast)\w* (?:between )?(?:an? |the )?"
    + _PAIR.format(r" (?:and|or|from|with|to|versus|vs\.?) "),
    re.IGNORECASE,
)
_AGAINST = re.compile(
    _PAIR.format(r" (?:versus|vs\.?|(?:is )?differ\w* from|compared (?:to|with)) "),
    re.IGNORECASE,
)
# A name of several words would be exchanged in part only, so none may follow.
_NAMED = re.compile(_PAIR.format(",? (?:and|or) ") + r"(?![\w.+#=-]| [A-Z])")


def mashed(random: Random) -> str:
    """Return keys hit at random, mostly one row of the keyboard at a time."""
    return " ".join(_mashed_word(random) for _ in range(random.randint(6, 12)))


def _mashed_word(random: Random) -> str:
    row = random.choice(_KEYS)
    return "".join(random.choices(row, k=random.randint(4, 9)))


def words_of(text: str) -> list[str]:
    """Return the words between the spaces of a text, without marks around them."""
    words = (word.strip("*`|,;:.!?()[]{}\"'#>-") for word in text.split())
    return [word for word in words if word]


def shuffled(text: str, random: Random) -> str:
    """Return the words of `text` in any order."""
    words = words_of(text)
    random.shuffle(words)
    return " ".join(words)


def keywords(text: str) -> list[str]:
    """Return the content words of `text` outside its code blocks, each once, in order."""
    prose = prose_of(read(text))
    found: dict[str, str] = {}
    for place in prose.content():
        word = prose.text[prose.starts[place] : prose.ends[place]]
        found.setdefault(word.casefold(), word)
    return list(found.values())


def keyword_lists(text: str) -> tuple[str, str]:
    """Return `keywords` with commas between them, and with spaces."""
    words = keywords(text)
    return ", ".join(words), " ".join(words)


def contrasted(prompt: str) -> list[tuple[str, str]]:
    """Return the pairs of names that a question sets against each other.

    They are asked to be compared, set against each other by "versus", or joined by "and"
    or "or" and written as names: with a capital or a mark inside.

    Examples
    --------
    >>> contrasted("Explain GET and POST requests.")
    [('GET', 'POST')]
    >>> contrasted("What is the difference between a list and a tuple?")
    [('list', 'tuple')]
    """
    pairs = [_sides(found) for asked in (_ASKED, _AGAINST) for found in asked.finditer(prompt)]
    joined = [_sides(found) for found in _NAMED.finditer(prompt)]
    pairs += [pair for pair in joined if all(map(_is_name, pair))]
    return [pair for pair in dict.fromkeys(pairs) if pair[0].casefold() != pair[1].casefold()]


def _sides(found: re.Match[str]) -> tuple[str, str]:
    return found["left"].rstrip("."), found["right"].rstrip(".")


def _is_name(word: str) -> bool:
    return not word.islower() and not word.isdigit()


def swapped(prompt: str, text: str) -> str | None:
    """Return `text` with the two names that the question contrasts exchanged.

    Returns
    -------
    str or None
        None where the question contrasts nothing, `text` lacks one of the names, or says
        everything of both alike ("B and C are …").
    """
    for left, right in contrasted(prompt):
        both = rf"{_one_of(left, right)} (?:and|or) {_one_of(left, right)}"
        apart = re.sub(both, "", text)
        if all(re.search(_one_of(name), text) for name in (left, right)) and re.search(
            _one_of(left, right), apart
        ):
            return _exchanged(text, left, right)
    return None


def _one_of(*names: str) -> str:
    either = "|".join(map(re.escape, names))
    # A single letter may be an article, so its case matters.
    case = "" if any(len(name) == 1 for name in names) else "i"
    return rf"(?<!\w)(?{case}:{either})(?!\w)(?!\.\w)"


def _exchanged(text: str, left: str, right: str) -> str:
    other = {left.casefold(): right, right.casefold(): left}
    return re.sub(_one_of(left, right), lambda found: other[found[0].casefold()], text)
