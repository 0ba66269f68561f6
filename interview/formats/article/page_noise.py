"""What stands on a page beside its questions: menus, dates, names of sections."""

import re

_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_OF_SITES = frozenset(
    re.findall(
        r"\S+",
        """account advertisement advertisements ads back blog bookmark bookmarks cart close comment
        comments contact cookie cookies copyright courses dark dashboard email facebook follow
        forgot forum free home in instagram jobs join light linkedin log login logout menu mode
        navigation newsletter next now out password pinterest podcast policy previous prev print
        privacy profile register registration reply reddit reserved rights rss save search
        settings share shop sign signin signup sitemap skip subscribe terms toggle top tweet
        twitter us whatsapp youtube your all and of or the to use a about on content main""",
    )
)
_NEVER_ALONE = frozenset(
    re.findall(r"\w+", "all and of or the to use a about on content main in now out your us")
)
_MOST_WORDS = 8

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|{_MONTH},?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_DATE = re.compile(
    rf"(?:(?:last\s+)?(?:updated?|published|posted|modified|reviewed|written|date|on)"
    rf"(?:\s+on|\s+at)?\s*[:-]?\s*)?{_DAY}\s*\W?",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"(?:(?:section|part|chapter|level|module|unit|topic|category)\s+(?:\d{1,3}|[ivx]{1,5}|[a-z])\b"
    r"|[^.?!]{0,60}\b(?:questions|basics|fundamentals)(?:\s+(?:and|with|&)\s+answers)?\W{0,3}$)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?i)(?:table of )?contents?|toc|index|on this page|in this article")
_BACK = re.compile(
    r"(?i)^\W{0,8}(?:\[[^\[\]]{0,20}\btop\b[^\[\]]{0,20}\]\([^()]{0,80}\)|back to top)\W{0,8}$"
)
_LONGEST = 80


def is_noise(text: str) -> bool:
    """Tell whether a line is a site's own, such as “Register Login”."""
    if len(text) > _LONGEST:
        return False
    words = [word.casefold() for word in _WORDS.findall(text)]
    return (
        0 < len(words) <= _MOST_WORDS
        and all(word in _OF_SITES or word.isdecimal() for word in words)
        and not all(word in _NEVER_ALONE or word.isdecimal() for word in words)
    )


def is_date(text: str) -> bool:
    """Tell whether a line says when a page was written, and nothing else."""
    return len(text) <= _LONGEST and _DATE.fullmatch(text.strip(" *_()")) is not None


def is_section_name(text: str) -> bool:
    """Tell whether a line names a part of a list of questions, such as “Part 2: Views”."""
    text = text.strip().strip("*_: ")
    return len(text) <= _LONGEST and _SECTION.match(text) is not None


def is_contents(text: str) -> bool:
    """Tell whether a title is that of a table of contents."""
    return _CONTENTS.fullmatch(text.strip("*_:# ")) is not None


def is_back_link(text: str) -> bool:
    """Tell whether a row does nothing but lead back to the top of the page."""
    return len(text) <= _LONGEST * 2 and _BACK.search(text) is not None
