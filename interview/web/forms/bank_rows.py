"""Adding and removing rows of a question's form, by a button that any browser can send."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from interview.services.authoring.records import LABELS, MOST_ROWS
from interview.web.forms.bank import BLANK_ROWS, KINDS, QuestionForm

NAMES = {
    "reference": "reference answer",
    "point": "key point",
    "idea": "misconception",
    "sample": "sample answer",
    "source": "source",
}
_FIRST_FIELDS = {"reference": "", "source": "-title"}
_DO = re.compile(r"(add|remove)-(reference|point|idea|sample|source)(?:-([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a button that changes rows.

    Attributes
    ----------
    section : str
        The part of the page that is different now.
    said : str
        For the reader.
    focus : str
        The field to go on with; empty where the focus stays.
    """

    section: str
    said: str
    focus: str = ""


def change(form: QuestionForm, do: str, typed: dict[str, str], today: date) -> Done | None:
    """Do what a button says with the rows of a form.

    Parameters
    ----------
    typed : dict
        ``text`` and ``label`` of an answer that was tried.

    Returns
    -------
    Done or None
        None where the button is none of these.
    """
    if found := _DO.fullmatch(do):
        kind = found[2]
        rows: list[Any] = form.values[KINDS[kind]]
        return _add(rows, kind) if found[1] == "add" else _remove(rows, kind, int(found[3] or 99))
    others: dict[str, Callable[[], Done]] = {
        "keep-points": lambda: _keep_points(form),
        "keep-sample": lambda: _keep_sample(form, typed),
        "verified": lambda: _verified(form, today),
    }
    return others[do]() if do in others else None


def begin(form: QuestionForm) -> QuestionForm:
    """Lay out the rows that a new question needs; what stays blank is left out again."""
    for kind in ("reference", "point", "point", "point"):
        _add(form.values[KINDS[kind]], kind)
    return form


def _field(kind: str, at: int) -> str:
    return f"{kind}-{at}{_FIRST_FIELDS.get(kind, '-text')}"


def _add(rows: list[Any], kind: str) -> Done:
    if len(rows) >= MOST_ROWS[KINDS[kind]]:
        return Done(KINDS[kind], f"There can be at most {MOST_ROWS[KINDS[kind]]} of these.")
    blank = BLANK_ROWS[kind]
    rows.append(dict(blank) if isinstance(blank, dict) else blank)
    said = f"{NAMES[kind].capitalize()} {len(rows)} is added."
    return Done(KINDS[kind], said, _field(kind, len(rows) - 1))


def _remove(rows: list[Any], kind: str, at: int) -> Done:
    if at >= len(rows):
        return Done(KINDS[kind], "It was removed before.")
    del rows[at]
    focus = _field(kind, min(at, len(rows) - 1)) if rows else f"add-{kind}"
    return Done(KINDS[kind], f"{NAMES[kind].capitalize()} {at + 1} is removed.", focus)


def _keep_points(form: QuestionForm) -> Done:
    for point in form.values["key_points"]:
        point["derived"] = ""
    return Done("key_points", "All key points are kept. Save the question to keep them for good.")


def _keep_sample(form: QuestionForm, typed: dict[str, str]) -> Done:
    samples = form.values["samples"]
    if not typed["text"].strip():
        return Done("samples", "Type an answer first.", "try_text")
    if len(samples) >= MOST_ROWS["samples"]:
        return Done("samples", f"There can be at most {MOST_ROWS['samples']} samples.")
    label = typed["label"] if typed["label"] in LABELS else "good"
    samples.append({"label": label, "text": typed["text"]})
    return Done("samples", f"Kept as sample {len(samples)}: {LABELS[label].lower()}.")


def _verified(form: QuestionForm, today: date) -> Done:
    form.values["last_verified"] = today.isoformat()
    said = "Verified today. Save the question to keep that."
    return Done("verified_day", said, "last_verified")
