"""Records of the native bank format, strict about every field.

They are what a file may hold; `interview.formats.files` reads files into them.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

from interview.formats.releases import begins_after, in_order

# NUL and lone surrogates, which a database refuses.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise ValueError("holds a character that cannot be stored")
    return text


def _worded(text: str) -> str:
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


Storable = Annotated[str, AfterValidator(_storable)]
Text = Annotated[
    str,
    StringConstraints(max_length=20_000),
    AfterValidator(_storable),
    AfterValidator(_worded),
]
Line = Annotated[
    str,
    StringConstraints(max_length=200, pattern=r"^[^\n]+$"),
    AfterValidator(_storable),
    AfterValidator(_worded),
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
    # Taken from a reference by the program; it counts once an author has looked at it.
    derived: bool = False


class MisconceptionRecord(_Record):
    """A statement that a mistaken learner would make."""

    id: Slug
    text: Text
    phrasings: list[Text] = Field(default=[], max_length=50)
    feedback: Text


class SampleRecord(_Record):
    """An answer that the question is tried with, and what its author says it is worth."""

    label: Literal["good", "partial", "wrong", "contradictory"]
    text: Text


class SourceRecord(_Record):
    """Where an answer can be checked."""

    title: Line
    url: Url


class ValidForRecord(_Record):
    """The versions of a product that an answer is right for, both ends included."""

    product: Line
    first: Line = Field(alias="from")
    last: Line = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self, info: ValidationInfo) -> Self:
        if not in_order(self.first, self.last):
            raise ValueError(f"ends with {self.last!r}, before it begins with {self.first!r}")
        if info.context and begins_after(self.first, info.context["today"].year):
            raise ValueError(f"begins in the future, in {self.first}")
        return self


class QuestionRecord(_Record):
    """A question with all that belongs to it; only a draft may still lack its references."""

    slug: Slug
    # Only where it differs from that of the file.
    topic: Line | None = None
    prompt: Text
    status: Literal["draft", "ready", "retired"] = "ready"
    difficulty: Literal["easy", "medium", "hard"]
    tags: list[Line] = Field(default=[], max_length=20)
    target_seconds: int = Field(gt=0, le=3600)
    references: list[Text] = Field(default=[], max_length=20)
    key_points: list[KeyPointRecord] = Field(default=[], max_length=20)
    misconceptions: list[MisconceptionRecord] = Field(default=[], max_length=10)
    samples: list[SampleRecord] = Field(default=[], max_length=20)
    sources: list[SourceRecord] = Field(default=[], max_length=20)
    valid_for: ValidForRecord | None = None
    last_verified: Day | None = None

    @model_validator(mode="after")
    def _answered(self) -> Self:
        if self.status != "draft" and not self.references:
            raise ValueError("has no reference answer, so that only a draft can be made of it")
        return self

    def rubric(self) -> dict[str, Any]:
        """Give references, key points and misconceptions as plain data.

        Key points that are still only derived are left out: the grader derives its own.
        """
        rubric = self.model_dump(include={"references", "key_points", "misconceptions"})
        points = [point for point in rubric["key_points"] if not point.pop("derived")]
        return {**rubric, "key_points": points}


class SetRecord(_Record):
    """A named, ordered choice of questions."""

    slug: Slug
    title: Line
    description: Text
    study: Literal["open", "after_attempt", "closed"]
    updated: Day
    questions: list[Slug] = Field(min_length=1, max_length=200)


class PoolRecord(_Record):
    """What a random slot draws from; empty for any."""

    topic: Storable = Field(default="", max_length=200)
    tag: Storable = Field(default="", max_length=200)
    difficulty: Literal["", "easy", "medium", "hard"] = ""


class SlotRecord(_Record):
    """One place of an authored set: a question, or some that are drawn at the start."""

    question: Slug | None = None
    random: PoolRecord | None = None
    count: int = Field(default=1, ge=1, le=100)
    points: float = Field(default=1.0, gt=0, le=1000, allow_inf_nan=False)
    seconds: int | None = Field(default=None, gt=0, le=86_400)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.question is None) == (self.random is None):
            raise ValueError("needs either a question or what to draw from")
        if self.question is not None and self.count != 1:
            raise ValueError("asks one question, so that its count is 1")
        return self


class AuthoredSetRecord(_Record):
    """A question set that an instructor made, with its points and random slots."""

    title: Line
    description: Storable = Field(default="", max_length=5000)
    slots: list[SlotRecord] = Field(default=[], max_length=200)


class FileRecord(_Record):
    """One file of a bank."""

    format: Literal["mock-interview-bank"]
    version: Literal[1]
    topic: Line
    questions: list[QuestionRecord] = []
    sets: list[SetRecord] = []
    authored_sets: list[AuthoredSetRecord] = Field(default=[], max_length=100)
