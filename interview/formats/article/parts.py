"""An article parted at its questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from interview.formats.article.asking import number_of
from interview.formats.article.blocks import Block
from interview.formats.article.page_noise import is_contents
from interview.formats.article.schemes import QUESTION, SECTION, Scheme

LONGEST_TAG = 100


@dataclass(slots=True)
class Part:
    """A question with what follows it, to the next question or section.

    Attributes
    ----------
    blocks : list of Block
        Its answer, as a rule; where the question goes on before "A:", that too.
    doubtful : list of Block
        Those of them that ask something themselves.
    tags : tuple of str
        The sections that it stands in, from the outermost.
    """

    head: Block
    tags: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    doubtful: list[Block] = field(default_factory=list)

    @property
    def has_answer(self) -> bool:
        """Whether anything stands below the question."""
        return any(
            block.words
            or (block.kind != "fold" and block.mark != "answered" and block.text.strip())
            for block in self.blocks
        )


@dataclass(slots=True)
class Section:
    """A title that is no question, and the text below it that belongs to no question."""

    head: Block
    level: int
    blocks: list[Block] = field(default_factory=list)
    holds_questions: bool = False

    @property
    def name(self) -> str:
        """Its title, short enough for a tag."""
        _, name = number_of(self.head.words or self.head.text.strip())
        return name.strip("*_:# ")[:LONGEST_TAG].strip()


@dataclass(slots=True)
class Parts:
    """All of an article.

    Attributes
    ----------
    before : list of Block
        What comes before the first question and section, or below the title.
    title : Block or None
        The first section, if all the others stand below it.
    """

    title: Block | None
    before: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    questions: list[Part] = field(default_factory=list)


def parts_of(blocks: Sequence[Block], scheme: Scheme) -> Parts:
    """Part an article at its questions and sections."""
    title_at = _title_at(blocks, scheme)
    parts = Parts(None if title_at is None else blocks[title_at])
    within: list[Section] = []
    target = parts.before
    for at, block in enumerate(blocks):
        role = scheme.roles.get(at)
        if role == SECTION and at != title_at:
            section = Section(block, block.level or 1)
            while within and within[-1].level >= section.level:
                within.pop()
            within.append(section)
            parts.sections.append(section)
            target = section.blocks
        elif role == QUESTION:
            for section in within:
                section.holds_questions = True
            parts.questions.append(Part(block, _tags(within)))
            target = parts.questions[-1].blocks
        elif role is None:
            target.append(block)
            if at in scheme.doubtful:
                parts.questions[-1].doubtful.append(block)
    return parts


def _title_at(blocks: Sequence[Block], scheme: Scheme) -> int | None:
    """Find the section that is the whole article: before all, and none beside or above it."""
    sections = sorted(at for at, role in scheme.roles.items() if role == SECTION)
    if not sections or min(scheme.roles) != sections[0]:
        return None
    level = blocks[sections[0]].level
    beside = any(blocks[at].level <= level for at in sections[1:])
    return None if beside else sections[0]


def _tags(within: Sequence[Section]) -> tuple[str, ...]:
    names = (section.name for section in within)
    return tuple(name for name in names if name and not is_contents(name))
