"""What a question consists of, as plain data: made blank, read, and turned into a rubric."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from interview.grading.records import Rubric
from interview.services import canonical
from interview.services.authoring.records import Content
from interview.services.grading import rubric_of as graded_by
from interview.store.types import AnyRow as Row

USUAL_SECONDS = 120
NO_RUBRIC: dict[str, Any] = {"references": [], "key_points": [], "misconceptions": []}
_ID_LENGTH = 40
_NO_SLUG = re.compile("[^a-z0-9]+")
_METADATA = ("topic", "audience", "difficulty", "target_seconds", "samples", "sources", "valid_for")


def blank() -> Content:
    """A question of which nothing was written yet."""
    return {
        "prompt": "",
        "topic": "",
        "audience": "owner",
        "difficulty": "medium",
        "tags": [],
        "target_seconds": USUAL_SECONDS,
        "references": [],
        "key_points": [],
        "misconceptions": [],
        "samples": [],
        "sources": [],
        "valid_for": None,
        "last_verified": None,
    }


def of_draft(kept: Mapping[str, Any]) -> Content:
    """A saved state, whole even where it was written without some field."""
    return {**blank(), **kept, "tags": sorted(kept.get("tags", ()))}


def of_version(question: Row, tags: tuple[str, ...], prompt: str, rubric: Any) -> Content:
    """What was published: a version, and what is kept of the question beside it."""
    verified: date | None = question.last_verified
    points = [{"weight": 1.0, "required": False, **one} for one in rubric["key_points"]]
    return {
        **blank(),
        **{name: getattr(question, name) for name in _METADATA},
        "tags": sorted(tags),
        "valid_for": question.valid_for or None,
        "last_verified": verified.isoformat() if verified else None,
        "prompt": prompt,
        "references": list(rubric["references"]),
        "key_points": [{**one, "derived": False} for one in points],
        "misconceptions": [{"feedback": "", **one} for one in rubric["misconceptions"]],
    }


def kept_of(content: Content) -> dict[str, Any]:
    """The columns of a question that its content fills."""
    verified = content["last_verified"]
    return {
        **{name: content[name] for name in _METADATA},
        "prompt": content["prompt"],
        "last_verified": date.fromisoformat(verified) if verified else None,
    }


def rubric_data(content: Content) -> dict[str, Any]:
    """References, key points and misconceptions as a version keeps them.

    Key points that nobody has confirmed are left out: the grader derives its own.
    """
    points = [
        {name: value for name, value in one.items() if name != "derived"}
        for one in content["key_points"]
        if not one["derived"]
    ]
    return {
        "references": content["references"],
        "key_points": points,
        "misconceptions": content["misconceptions"],
    }


def hash_of(content: Content) -> str:
    """Name what a version freezes of a question."""
    return canonical.version_hash(content["prompt"], rubric_data(content))


def rubric_of(content: Content) -> Rubric:
    """What answers are graded by; of an unfinished question, what there is of it."""
    data = rubric_data(content)
    named = {
        part: [one for one in data[part] if has_word(one["text"])]
        for part in ("key_points", "misconceptions")
    }
    return graded_by(content["prompt"], {**data, **named})


def has_word(text: str) -> bool:
    """Whether there is anything to read in a text."""
    return any(map(str.isalnum, text))


def slug_of(text: str, most: int = _ID_LENGTH) -> str:
    """Name a text by its first words, in letters that an address can have; perhaps empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = _NO_SLUG.sub("-", plain).strip("-")
    return words if len(words) <= most else words[: most + 1].rpartition("-")[0] or words[:most]
