"""Which blocks of an article are its questions, and which part them into sections.

Articles set their questions apart in one way each: as headings of one level, bold, numbered,
with "Q:", as summaries that unfold, or alone between blank lines. What most questions have in
common is the scheme; the rest belongs to the answers.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from interview.formats.article.asking import points_back, reads_as_question, same
from interview.formats.article.blocks import Block
from interview.formats.article.page_noise import is_section_name

_SCHEMES = ("asked", "summary", "heading", "numbered", "bold", "bare")
"""The first of those that are equally frequent is taken."""

_LAST = "item"
"""Items of a list ask in many answers too, so they are questions only where nothing else is."""

QUESTION, SECTION = "question", "section"
Roles = dict[int, str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an article sets its questions apart.

    Attributes
    ----------
    mark : str
        As in `Block`; empty where there is no question.
    roles : dict of int to str
        By the index of a block: whether it is a question or the title of a section.
    doubtful : frozenset of int
        Blocks that ask something, and are taken for a part of an answer.
    """

    mark: str
    roles: Roles
    doubtful: frozenset[int] = frozenset()


def scheme_of(blocks: Sequence[Block]) -> Scheme:
    """Find out how an article sets its questions apart."""
    counts = Counter(block.mark for block in blocks if _asks(block))
    mark = max(_SCHEMES, key=lambda one: counts[one])
    if counts["asked"] and any(block.mark == "answered" for block in blocks):
        mark = "asked"
    if not counts[mark]:
        mark = _LAST
    if not counts[mark]:
        return Scheme("", {})
    if mark == "bare":
        return _bare(blocks)
    return Scheme(mark, (_headings if mark == "heading" else _others)(blocks, mark))


def _asks(block: Block) -> bool:
    if block.mark == "asked":
        return True
    return bool(block.mark) and block.mark != "answered" and reads_as_question(block.words)


def _bare(blocks: Sequence[Block]) -> Scheme:
    asking = [at for at, block in enumerate(blocks) if block.mark == "bare"]
    doubtful = frozenset(at for at in asking[1:] if points_back(blocks[at].words))
    roles = {at: QUESTION for at in asking if at not in doubtful}
    names = [at for at, block in enumerate(blocks) if _names_section(block)]
    # A title of a section is followed by its first question.
    roles |= {at: SECTION for at in names if at + 1 in roles and at not in roles}
    return Scheme("bare", roles, doubtful)


def _names_section(block: Block) -> bool:
    single = len(block.rows) == 1 and block.kind == "prose" and not block.tight
    return single and block.mark in ("", "numbered") and is_section_name(block.text)


def _others(blocks: Sequence[Block], mark: str) -> Roles:
    chosen = [at for at, block in enumerate(blocks) if block.mark == mark]
    asking = {at for at in chosen if _asks(blocks[at])}
    roles = _sections(blocks, asking)
    if mark == "numbered":
        names = [at for at, block in enumerate(blocks) if _names_section(block)]
        roles |= {at: SECTION for at in names if at + 1 < len(blocks)}
    like_them = _continuing(blocks, chosen, asking)
    roles |= dict.fromkeys(asking | like_them, QUESTION)
    return _in_sequence(blocks, roles) if mark == "numbered" else roles


def _sections(blocks: Sequence[Block], asking: set[int]) -> Roles:
    """Find the headings around questions that are none themselves; others are of answers."""
    levels = [blocks[at].level for at in asking]
    headings = [at for at, block in enumerate(blocks) if block.mark == "heading"]
    deepest = max(levels)
    if not deepest:
        around = [blocks[at].level for at in headings if _leads(blocks, at, asking)]
        deepest = max(around, default=1)
    return {at: SECTION for at in headings if blocks[at].level <= deepest}


def _leads(blocks: Sequence[Block], at: int, asking: set[int]) -> bool:
    """Tell whether a question stands right below a heading."""
    after = at + 1
    while after < len(blocks) and blocks[after].kind == "fold":
        after += 1
    return after in asking


def _continuing(blocks: Sequence[Block], chosen: Sequence[int], asking: set[int]) -> set[int]:
    """Find what does not read as a question, but stands in their numbering as one of them."""
    numbers = {blocks[at].number for at in asking}
    found = set()
    last: int | None = None
    for at in chosen:
        number = blocks[at].number
        if at in asking:
            last = number
        elif (
            number is not None
            and last is not None
            and number == last + 1
            and number not in numbers
            and number + 1 in numbers
        ):
            found.add(at)
            last = number
    return found


def _in_sequence(blocks: Sequence[Block], roles: Roles) -> Roles:
    """Leave out numbered questions that fall out of the numbering: lists inside answers."""
    asking = sorted(at for at, role in roles.items() if role == QUESTION)
    if 2 * len({blocks[at].number for at in asking}) < len(asking):
        # Markdown counts by itself, so that every question may be number 1.
        return roles
    places: dict[int, int] = {blocks[at].number or 0: at for at in asking}
    kept: Roles = {}
    last, seen = 0, set()
    for at in sorted(roles):
        number, words = blocks[at].number or 0, same(blocks[at].words)
        if roles[at] == SECTION:
            last = 0
        elif number > last or words in seen or (number == 1 and places.get(last + 1, -1) < at):
            # It also begins anew after a table of contents, or where the last list has ended.
            last = number
            seen.add(words)
        else:
            continue
        kept[at] = roles[at]
    return kept


def _headings(blocks: Sequence[Block], mark: str) -> Roles:
    headings = [at for at, block in enumerate(blocks) if block.mark == mark]
    asking = {at for at in headings if _asks(blocks[at])}
    counts = Counter(blocks[at].level for at in asking)
    level = max(counts, key=lambda one: (counts[one], -one))
    asking |= _continuing(blocks, [at for at in headings if blocks[at].level == level], asking)
    parents = _parents(blocks, headings, level, asking)
    roles: Roles = {}
    above: list[tuple[int, bool]] = []
    for at in headings:
        here = blocks[at].level
        while above and above[-1][0] >= here:
            above.pop()
        within = any(is_question for _, is_question in above)
        if not within:
            is_question = at in asking and at not in parents
            roles[at] = QUESTION if is_question else SECTION
            above.append((here, is_question))
    return roles


def _parents(
    blocks: Sequence[Block], headings: Sequence[int], level: int, asking: set[int]
) -> set[int]:
    """Find shallower headings with questions below them: titles, even where they ask."""
    found = set()
    below = False
    for at in reversed(headings):
        if blocks[at].level == level and at in asking:
            below = True
        elif blocks[at].level < level:
            if below:
                found.add(at)
            below = False
    return found
