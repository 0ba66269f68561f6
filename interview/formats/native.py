"""Records of the native bank format, strict about every field.

They are what a file may hold; `interview.formats.files` reads files into them.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)

# NUL and lone surrogates, which a database refuses.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise ValueError("holds a character that cannot be stored")
    if not any(map(str.isalnum, text)):
        raise ValueError("needs at least one word")
    # Blank lines around a block mean nothing; blanks before its first word may mean code.
    return text.lstrip("\n").rstrip()


def _from_iso(value: object) -> object:
    """JSON has no dates, so they are written as text there."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    return value


def _not_future(value: date, info: ValidationInfo) -> date:
    if info.context and value > info.context["today"]:
        raise ValueError("is in the future")
    return value


Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_storable)]
Line = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^[^\n]+$"), AfterValidator(_storable)
]
Slug = Annotated[str, StringConstraints(max_length=100, pattern=r"^[a-z0-9-]+$")]
Url = Annotated[str, StringConstraints(max_length=2000, pattern=r"^https?://[^\s<>\"]+$")]
Day = Annotated[date, BeforeValidator(_from_iso), AfterValidator(_not_future)]


class _Record(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class KeyPointRecord(_Record):
    """One thing that a complete answer says."""

    id: Slug
    text: Text
    phrasings: list[Text] = Field(default=[], max_length=50)
    weight: float = Field(default=1.0, gt=0, le=100, allow_inf_nan=False)
    required: bool = False


class MisconceptionRecord(_Record):
    """A statement that a mistaken learner would make."""

    id: Slug
    text: Text
    phrasings: list[Text] = Field(default=[], max_length=50)
    feedback: Text


class SourceRecord(_Record):
    """Where an answer can be checked."""

    title: Line
    url: Url


class ValidForRecord(_Record):
    """The versions of a product that an answer is right for, both ends included."""

    product: Line
    first: Line = Field(alias="from")
    last: Line = Field(alias="to")


class QuestionRecord(_Record):
    """A question with all that belongs to it."""

    slug: Slug
    prompt: Text
    difficulty: Literal["easy", "medium", "hard"]
    tags: list[Line] = Field(default=[], max_length=20)
    target_seconds: int = Field(gt=0, le=3600)
    references: list[Text] = Field(min_length=1, max_length=20)
    key_points: list[KeyPointRecord] = Field(min_length=3, max_length=8)
    misconceptions: list[MisconceptionRecord] = Field(min_length=1, max_length=4)
    sources: list[SourceRecord] = Field(default=[], max_length=20)
    valid_for: ValidForRecord
    last_verified: Day

    def rubric(self) -> dict[str, Any]:
        """Give references, key points and misconceptions as plain data."""
        return self.model_dump(include={"references", "key_points", "misconceptions"})


class SetRecord(_Record):
    """A named, ordered choice of questions."""

    slug: Slug
    title: Line
    description: Text
    study: Literal["open", "after_attempt", "closed"]
    updated: Day
    questions: list[Slug] = Field(min_length=1, max_length=200)


class FileRecord(_Record):
    """One file of a bank."""

    format: Literal["mock-interview-bank"]
    version: Literal[1]
    topic: Line
    questions: list[QuestionRecord] = []
    sets: list[SetRecord] = []
