"""What the pages about writing a question have in common: the editor, whole or in parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, render_template, request, url_for

from interview.services import likeness
from interview.services.authoring import diffing, listing, trying, typed
from interview.services.authoring.judging import Complaint
from interview.services.authoring.records import (
    AUDIENCES,
    LABELS,
    MOST_ROWS,
    STATUSES,
    Content,
    Edited,
    Standing,
)
from interview.web.clock import now
from interview.web.forms.bank import KINDS, QuestionForm
from interview.web.forms.bank_rows import NAMES, Done
from interview.web.principal import me


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between a question and its publication.

    Attributes
    ----------
    complaints : tuple of Complaint
        Why it is not to be trusted; empty where it can be published.
    differences : tuple of str
        In what it is not what is asked now.
    reason : str
        As it was typed.
    is_judged : bool
        Whether the question was looked at now; else only the typed reason is kept.
    """

    complaints: tuple[Complaint, ...]
    differences: tuple[str, ...] = ()
    reason: str = ""
    is_judged: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else saved meanwhile, beside what was typed."""

    standing: Standing
    differences: tuple[diffing.Difference, ...]


def today() -> date:
    """The day that nothing can have been verified after."""
    return now().date()


def editor_page(
    form: QuestionForm, edited: Edited | None, status: int = 200, **context: Any
) -> Response:
    """Render the editor.

    Parameters
    ----------
    edited : Edited or None
        The question as it is kept; None for one that is not saved yet.
    **context
        ``notice`` (kind and text), ``gate``, ``clash``, ``done``.
    """
    content = read(form)
    standing = edited.standing if edited else None
    version_id = standing.version_id if standing else None
    page = render_template(
        "bank/edit.html",
        **section_context(form, standing),
        scores=trying.score_samples(content, version_id),
        near=near(content["prompt"], standing),
        topics=listing.topics(me()),
        audiences=_audiences(content, standing),
        **_given(content, context),
    )
    return Response(page, status=status)


def _given(content: Content, context: Mapping[str, Any]) -> dict[str, Any]:
    usual = {
        "notice": None,
        "gate": _reason_kept(),
        "clash": None,
        "done": None,
        "tried": trying.try_answer(content, request.form.get("try_text", "")),
        "try_label": request.form.get("try_label", "good"),
        "is_unsaved": request.method == "POST",
    }
    return {**usual, **context}


def _reason_kept() -> Gate | None:
    """The place for a reason that was typed, whatever else keeps the question from being saved."""
    reason = request.form.get("reason", "")
    return Gate((), reason=reason, is_judged=False) if reason.strip() else None


def section_context(form: QuestionForm, standing: Standing | None) -> dict[str, Any]:
    """What every part of the editor needs."""
    return {
        "form": form,
        "values": form.values,
        "errors": form.errors,
        "standing": standing,
        "labels": LABELS,
        "statuses": STATUSES,
        "most": MOST_ROWS,
        "kinds": KINDS,
        "names": NAMES,
        "here": _address("bank.edit", "bank.new", standing),
        "try_url": _address("bank.parts.try_it", "bank.parts.try_new", standing),
        "try_text": request.form.get("try_text", ""),
    }


def _address(kept: str, new: str, standing: Standing | None) -> str:
    return url_for(kept, question_id=standing.id) if standing else url_for(new)


def section(form: QuestionForm, standing: Standing | None, done: Done) -> Response:
    """Render the one part of the editor in which rows have changed, for htmx."""
    name = f"bank/_{done.section}.html"
    part = Response(render_template(name, **section_context(form, standing), done=done))
    part.headers["HX-Trigger-After-Settle"] = "bank-rows"
    return part


def read(form: QuestionForm) -> Content:
    """What stands in the form, as far as it can be read."""
    return typed.read(form.values, today()).content


def near(prompt: str, standing: Standing | None) -> list[likeness.Near]:
    """Questions that ask nearly the same, as far as the reader may see them."""
    person = me()
    reader = None if person.is_admin else person.id
    return likeness.near(prompt[:LONGEST_COMPARED], reader, standing.id if standing else None)


LONGEST_COMPARED = 5_000
"""Characters of a prompt that are looked at for its likes."""


def _audiences(content: Content, standing: Standing | None) -> dict[str, str]:
    """Whom an author may choose; what is chosen already stays."""
    may_choose = me().is_admin or (standing is not None and standing.audience == "everyone")
    hidden = set() if may_choose or content["audience"] == "everyone" else {"everyone"}
    return {name: words for name, words in AUDIENCES.items() if name not in hidden}
