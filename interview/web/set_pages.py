"""What the pages about question sets have in common: the editor, and how a change fails."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import Response, flash, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from interview.services.sets import questions, reading
from interview.services.sets.records import Archived, Editor
from interview.web.forms.number_fields import number_in
from interview.web.forms.sets import BankForm, SlotsForm, topic_choices
from interview.web.hx import render, see_other, wants_fragment
from interview.web.principal import me

P = ParamSpec("P")

STALE = (
    "This set was changed in another window since this page was opened. It is shown as it is "
    "now; what you typed is still there. Look it over, then send it again."
)
ARCHIVED = "This set is archived and cannot be changed. Take it up again first, or copy it."
BANK_ARGS = ("q", "topic", "difficulty", "tag", "after")


def unless_archived(view: Callable[P, BaseResponse]) -> Callable[P, BaseResponse]:
    """Show an archived set as it is, with the reason, where it was to be changed."""

    @wraps(view)
    def viewing(*args: P.args, **kwargs: P.kwargs) -> BaseResponse:
        try:
            return view(*args, **kwargs)
        except Archived:
            return editor_page(int(str(kwargs["set_id"])), 409, notice=("error", ARCHIVED))

    return viewing


def editor_page(
    set_id: int,
    status: int = 200,
    typed: SlotsForm | None = None,
    notice: tuple[str, str] | None = None,
    *,
    keeps_focus: bool = False,
) -> Response:
    """Render the editor, or the slots alone where htmx asks.

    Parameters
    ----------
    typed : SlotsForm, optional
        What was typed and could not be saved.
    notice : tuple of str, optional
        Kind and text of what there is to say about the change that was asked for.
    keeps_focus : bool
        Whether what was pressed is still there; else the notice is where to go on reading.
    """
    read = reading.editor(me(), set_id)
    form = typed or SlotsForm(MultiDict())
    return render(
        "sets/editor.html",
        "sets/_slots.html",
        status,
        set=read,
        rows=form.rows(read.slots),
        touched=form.touched,
        keeps_focus=keeps_focus,
        notice=notice,
        choices=_choices(read) if wants_fragment() else (),
        bank_args=bank_args(),
        is_fragment=wants_fragment(),
        **({} if wants_fragment() or read.archived_at else _bank()),
    )


def found_page(set_id: int) -> Response:
    """Render what a search in the bank finds, for htmx."""
    read = reading.editor(me(), set_id)
    return render(
        "sets/editor.html", "sets/_found.html", set=read, bank_args=bank_args(), **_bank()
    )


def _bank() -> dict[str, Any]:
    """What the bank beside the slots shows."""
    form = BankForm(request.args)
    form.topic.choices = topic_choices(questions.topics(me().id), form.topic.data or "")
    return {
        "form": form,
        "tags": questions.tags(me().id),
        "found": questions.search(form.query(), me().id),
    }


def bank_args() -> dict[str, str]:
    """The search of the bank, for addresses that lead back to it."""
    return {name: value for name in BANK_ARGS if (value := request.args.get(name))}


def _choices(read: Editor) -> tuple[tuple[int, int | None], ...]:
    """For each version that the bank beside shows, which question of the set it is."""
    shown = [text.partition("-") for text in request.form.getlist("shown")[: questions.PAGE]]
    pairs = [(number_in(question), number_in(version)) for question, _, version in shown]
    return tuple((version, read.places.get(question)) for question, version in pairs if version)


def changed(
    set_id: int, said: str, anchor: str = "slots", *, keeps_focus: bool = True
) -> BaseResponse:
    """Go on after a change: to the editor, which htmx gets at once."""
    if wants_fragment():
        notice = ("ok", said) if said else None
        return editor_page(set_id, notice=notice, keeps_focus=keeps_focus)
    if said:
        flash(said, "ok")
    back: dict[str, Any] = {**bank_args(), "_anchor": anchor}
    return see_other(url_for("sets.editor", set_id=set_id, **back))
