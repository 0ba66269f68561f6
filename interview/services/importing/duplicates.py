"""Questions that are there already: in the bank, or earlier in the same file."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.likeness import near, prompt_for
from interview.store.bank import Question, QuestionVersion
from interview.store.drawing import visible_to

NEAR = 0.85
"""Cosine of two prompts from which the person who imports one is told of the other."""

_PAGE = 1000
_RANK = {"ready": 0, "draft": 1, "retired": 2}
_MARKS = re.compile(r"\*\*|`+")
# Quotation marks and dashes differ between two copies of one text.
_SIGNS = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom the bank is searched; without a number it is the operator.

    The operator's questions are for everyone, so that only what everyone may see counts as
    the same as one of them.
    """

    user_id: int | None

    def may_see(self) -> sa.ColumnElement[bool]:
        """Whether a question counts."""
        if self.user_id is None:
            return Question.audience == "everyone"
        return visible_to(self.user_id)


def normalised(prompt: str) -> str:
    """Write a prompt so that two copies of one question are equal.

    Case, blanks, the signs of Markdown that set words off, kinds of quotation marks and
    dashes, and the punctuation at the end tell no two questions apart; signs within may be
    what is asked about.
    """
    text = unicodedata.normalize("NFKC", prompt).translate(_SIGNS)
    return " ".join(_MARKS.sub("", text).casefold().split()).rstrip(" ?.!:")


def in_bank(session: Session, prompts: Collection[str], reader: Reader) -> dict[str, int]:
    """Find questions of the bank that ask the same.

    Parameters
    ----------
    prompts : collection of str
        Normalised.

    Returns
    -------
    dict of str to int
        By normalised prompt, one question: a ready one before a draft, the oldest of several.
    """
    wanted, after = set(prompts) - {""}, 0
    found: dict[str, tuple[int, int]] = {}
    query = (
        sa.select(Question.id, prompt_for(reader.user_id), Question.status)
        .outerjoin(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(reader.may_see(), Question.id > sa.bindparam("after"))
        .order_by(Question.id)
        .limit(_PAGE)
    )
    # Read once from end to end: what is looked for are whole texts, which no index holds.
    while wanted and (rows := session.execute(query, {"after": after}).all()):
        for row in rows:
            if (key := normalised(row.prompt)) in wanted:
                found[key] = min(found.get(key, (9, 0)), (_RANK[row.status], row.id))
        after = rows[-1].id
    return {key: question_id for key, (_, question_id) in found.items()}


def nearly_same(prompt: str, reader: Reader) -> str:
    """Find the prompt of a question of the bank that asks nearly the same; empty for none."""
    for one in near(prompt, reader.user_id, most=1):
        if one.likeness >= NEAR:
            return one.prompt
    return ""
