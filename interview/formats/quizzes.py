"""What quiz formats have in common: categories, and answers that earn a share of the points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from interview.formats import naming

WHOLE = 100.0
"""Per cent of the points that a right answer earns."""

_SLASH = re.compile(r"(?<!/)/(?!/)")
_CONTEXT = re.compile(r"\$\w+\$")
_MOST_TAGS = 10

CHOICE = (
    "was a multiple choice question. Its right answer is taken for the reference, and its wrong "
    "ones for misconceptions; look it over before it is asked, for now it is a draft"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that a quiz accepts, or offers.

    Attributes
    ----------
    share : float
        Per cent of the points that it earns.
    """

    text: str
    share: float
    feedback: str = ""


def category(path: str) -> dict[str, Any]:
    """Read the path of a category, such as ``$course$/top/Django/Models``.

    Returns
    -------
    dict
        ``topic`` (the first name that says something) and ``tags`` (those below it), where
        there are any. A slash within a name is written twice.
    """
    names = [part.replace("//", "/").strip() for part in _SLASH.split(path)]
    if names and _CONTEXT.fullmatch(names[0]):
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    names = [name for name in names if name and not name.startswith("Default for ")]
    told: dict[str, Any] = {"topic": names[0]} if names else {}
    if names[1:]:
        told["tags"] = list(dict.fromkeys(names[1:]))[:_MOST_TAGS]
    return told


def category_of(topic: str) -> str:
    """Write the path of a category for a topic."""
    blank = " " if topic.startswith("/") else ""
    return f"$course$/top/{blank}{topic.replace('/', '//')}"


def short_answers(answers: Sequence[Answer], notices: list[str]) -> dict[str, Any]:
    """Read the answers of a question that is answered by typing.

    Right ones are references; those that earn a share are samples that are partly right,
    and those that earn nothing are misconceptions where they have feedback, else wrong
    samples. A lone ``*``, which stands for any other answer, says nothing here.
    """
    told = [one for one in answers if one.text and one.text != "*"]
    if any(one.share >= WHOLE and one.feedback for one in told):
        notices.append("has feedback on a right answer, which is not carried over")
    mistakes = [(one.text, one.feedback) for one in told if one.share <= 0 and one.feedback]
    samples = [*_samples(told)]
    fields: dict[str, Any] = {"references": [one.text for one in told if one.share >= WHOLE]}
    if mistakes:
        fields["misconceptions"] = naming.misconceptions(mistakes)
    if samples:
        fields["samples"] = samples
    return fields


def _samples(answers: Sequence[Answer]) -> Iterator[dict[str, str]]:
    for one in answers:
        if 0 < one.share < WHOLE:
            yield {"label": "partial", "text": one.text}
        elif one.share <= 0 and not one.feedback:
            yield {"label": "wrong", "text": one.text}


def choices(answers: Sequence[Answer]) -> dict[str, Any] | None:
    """Read a multiple choice question with one right answer as one that is answered by typing.

    Returns
    -------
    dict or None
        None where several answers are right, or none.
    """
    told = [one for one in answers if one.text]
    right = [one for one in told if one.share >= WHOLE]
    wrong = [one for one in told if one.share <= 0]
    if len(right) != 1 or len(wrong) + 1 != len(told):
        return None
    instead = f"The right answer is: {right[0].text}"
    return {
        "status": "draft",
        "references": [right[0].text],
        "misconceptions": naming.misconceptions(
            (one.text, one.feedback or instead) for one in wrong
        ),
    }
