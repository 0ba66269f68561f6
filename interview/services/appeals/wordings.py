"""Wordings of a key point in the content of a question."""

from typing import Any

from interview.services.appeals.records import WORDING_LIMIT, Undecidable
from interview.services.authoring.checking import graded_size, too_long
from interview.services.authoring.content import has_word
from interview.services.authoring.records import MOST_PHRASINGS, RUBRIC_LIMIT, Content


def has_point(content: Content, point_id: str) -> bool:
    """Whether a question has a key point."""
    return any(one["id"] == point_id for one in content["key_points"])


def phrasings_of(content: Content, point_id: str) -> tuple[str, ...]:
    """What counts as a key point besides its own sentence."""
    return tuple(_point(content, point_id)["phrasings"])


def wordings_of(content: Content) -> set[tuple[str, str]]:
    """Every other wording, with the key point that it is of."""
    return {(one["id"], words) for one in content["key_points"] for words in one["phrasings"]}


def with_wording(content: Content, point_id: str, wording: str) -> Content:
    """Add a wording to a key point; what has it already stays as it is."""
    points = [
        {**one, "phrasings": [*one["phrasings"], wording]}
        if one["id"] == point_id and not _counts(one, wording)
        else one
        for one in content["key_points"]
    ]
    return {**content, "key_points": points}


def check(wording: str, point_id: str, *contents: Content) -> None:
    """See that a wording can be added to a key point.

    Parameters
    ----------
    *contents : dict
        All to which it would be added; it is new where one of them has it not.

    Raises
    ------
    Undecidable
        Saying what is wrong with it.
    """
    if not has_word(wording):
        raise Undecidable({"wording": "Write the words that shall count as this key point."})
    if len(wording) > WORDING_LIMIT:
        raise Undecidable({"wording": f"A wording has at most {WORDING_LIMIT} characters."})
    points = [_point(content, point_id) for content in contents]
    if all(_counts(point, wording) for point in points):
        raise Undecidable({"wording": "These very words count as this key point already."})
    if any(len(point["phrasings"]) >= MOST_PHRASINGS for point in points):
        raise Undecidable({"wording": f"It has {MOST_PHRASINGS} other wordings: no more fit."})
    size = max(graded_size(with_wording(content, point_id, wording)) for content in contents)
    if size > RUBRIC_LIMIT:
        raise Undecidable({"wording": too_long(size)})


def _point(content: Content, point_id: str) -> dict[str, Any]:
    return next(one for one in content["key_points"] if one["id"] == point_id)


def _counts(point: dict[str, Any], wording: str) -> bool:
    return _folded(wording) in map(_folded, (point["text"], *point["phrasings"]))


def _folded(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .!?,;:")
