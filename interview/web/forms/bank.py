"""The form of a question: what stands in its fields, and the search of the bank."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, HiddenField, SearchField, SelectField, StringField

from interview.services.authoring.listing import DIFFICULTIES, OWNERS, BankSearch
from interview.services.authoring.records import STATUSES, Content, Problem
from interview.services.authoring.typed import Values, filled_rows
from interview.services.sets.picking import LONGEST
from interview.web.forms.number_fields import number_in, plain

KINDS = {
    "reference": "references",
    "point": "key_points",
    "idea": "misconceptions",
    "sample": "samples",
    "source": "sources",
}
"""What the fields of each list are called, and the list."""

BLANK_ROWS: dict[str, Any] = {
    "reference": "",
    "point": {
        "id": "", "text": "", "phrasings": "", "weight": "1", "required": "", "derived": "",
    },
    "idea": {"id": "", "text": "", "phrasings": "", "feedback": ""},
    "sample": {"label": "good", "text": ""},
    "source": {"title": "", "url": ""},
}  # fmt: skip

SEARCH_ARGS = ("q", "topic", "tag", "difficulty", "status", "owner", "stale")
"""What an address says of a search, but for where it goes on."""

_HEADS = (
    "prompt", "topic", "audience", "difficulty", "tags", "target_seconds", "product", "from", "to",
    "last_verified",
)  # fmt: skip
_ROW = re.compile(r"(reference|point|idea|sample|source)-([0-9]{1,2})(?:-([a-z]+))?", re.ASCII)


class QuestionForm:
    """What stands in the fields of a question.

    Parameters
    ----------
    values : mapping
        As `Values` has them.
    revision : int
        That of the question when its page was made.

    Attributes
    ----------
    errors : dict
        What is wrong, by field.
    """

    def __init__(self, values: Values, revision: int) -> None:
        self.values: dict[str, Any] = dict(values)
        self.revision = revision
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def sent(cls, data: MultiDict[str, str]) -> "QuestionForm":
        """What a browser sent, rows in their order, whatever their numbers."""
        values: dict[str, Any] = {name: data.get(name, "") for name in _HEADS}
        rows: dict[str, dict[int, Any]] = {kind: {} for kind in KINDS}
        for name, text in data.items():
            if found := _ROW.fullmatch(name):
                _put(rows[found[1]], found[1], int(found[2]), (found[3] or "", text))
        for kind, part in KINDS.items():
            values[part] = [rows[kind][at] for at in sorted(rows[kind])]
        _confirm(values["key_points"])
        return cls(values, number_in(data.get("revision")))

    @classmethod
    def of(cls, content: Content, revision: int) -> "QuestionForm":
        """What was saved."""
        return cls(fields_of(content), revision)

    def complain(self, problems: tuple[Problem, ...]) -> None:
        """Show what is wrong beside the fields."""
        for one in problems:
            self.errors.setdefault(one.place, []).append(one.message)

    def tidy(self) -> None:
        """Leave out the rows in which there is nothing."""
        self.values = filled_rows(self.values)

    @property
    def unseen(self) -> int:
        """How many key points were taken from a reference and not looked at yet."""
        return sum(bool(point["derived"]) for point in self.values["key_points"])


def _put(rows: dict[int, Any], kind: str, at: int, typed: tuple[str, str]) -> None:
    name, text = typed
    if kind == "reference":
        if not name:
            rows[at] = text
        return
    row = rows.setdefault(at, dict(BLANK_ROWS[kind]) | ({"weight": ""} if kind == "point" else {}))
    if name in row or name == "keep":
        row[name] = text


def _confirm(points: list[dict[str, str]]) -> None:
    """What an author has ticked as looked at is theirs from now on."""
    for point in points:
        if point.pop("keep", ""):
            point["derived"] = ""


def fields_of(content: Content) -> dict[str, Any]:
    """Write a content as its fields show it."""
    valid = content["valid_for"] or {}
    return {
        **{name: content[name] for name in ("prompt", "topic", "audience", "difficulty")},
        **{name: valid.get(name, "") for name in ("product", "from", "to")},
        "tags": ", ".join(content["tags"]),
        "target_seconds": str(content["target_seconds"]),
        "last_verified": content["last_verified"] or "",
        "references": list(content["references"]),
        "key_points": [_point(one) for one in content["key_points"]],
        "misconceptions": [{**one, "phrasings": _lines(one)} for one in content["misconceptions"]],
        "samples": [dict(one) for one in content["samples"]],
        "sources": [dict(one) for one in content["sources"]],
    }


def _point(point: Mapping[str, Any]) -> dict[str, str]:
    return {
        "id": point["id"],
        "text": point["text"],
        "phrasings": _lines(point),
        "weight": plain(point["weight"]),
        "required": "yes" if point["required"] else "",
        "derived": "yes" if point["derived"] else "",
    }


def _lines(item: Mapping[str, Any]) -> str:
    return "\n".join(" ".join(one.split()) for one in item["phrasings"])


class BankSearchForm(Form):
    """What is looked for in the bank, as it stands in the address."""

    q = SearchField("Words in the question, its tags or its answer", render_kw={"maxlength": 100})
    topic = StringField("Topic", render_kw={"list": "topics", "maxlength": LONGEST})
    tag = StringField("Tag", render_kw={"maxlength": LONGEST})
    difficulty = SelectField(
        "Difficulty", choices={"": "Any"} | {one: one.capitalize() for one in DIFFICULTIES}
    )
    status = SelectField("Status", choices={"": "Any"} | STATUSES)
    owner = SelectField("Whose", choices={"": "Anybody's"} | OWNERS)
    stale = BooleanField("Not verified for long")
    after = HiddenField()

    def search(self) -> BankSearch:
        """The same for the service."""
        return BankSearch(
            words=self.q.data or "",
            topic=self.topic.data or "",
            tag=self.tag.data or "",
            difficulty=self.difficulty.data or "",
            status=self.status.data or "",
            owner=self.owner.data or "",
            stale=bool(self.stale.data),
            after=number_in(self.after.data),
        )
