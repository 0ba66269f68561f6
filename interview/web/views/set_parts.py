"""Parts of a question set with pages of their own: its title, a random slot, a question."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts.records import NotFound
from interview.services.sets import editing, making, questions, reading
from interview.services.sets.changing import Edit
from interview.services.sets.records import Archived, Editor, Refused, SlotCard, Stale
from interview.web.clock import now
from interview.web.forms.number_fields import number_in
from interview.web.forms.sets import RandomForm, TitleForm
from interview.web.guards import authors
from interview.web.hx import see_other
from interview.web.principal import me
from interview.web.set_pages import STALE, unless_archived

# Part of the sets blueprint.
pages = Blueprint("parts", __name__)

USUAL_COUNT = 5

GONE = (
    "This place was taken out of the set in another window. What you typed is still here: "
    "sending it again adds it at the end."
)


def _open_editor(set_id: int) -> Editor:
    read = reading.editor(me(), set_id)
    if read.archived_at:
        raise Archived
    return read


@pages.route("/<int:set_id>/title", methods=["GET", "POST"])
@authors
@unless_archived
def title(set_id: int) -> BaseResponse:
    """Change title and description."""
    read = _open_editor(set_id)
    form = TitleForm(obj=read)
    if not form.is_submitted():
        return _title_page(form, read)
    if not form.validate():
        return _title_page(form, read, 422)
    try:
        making.describe(me(), set_id, form.base(), form.texts(), now())
    except Stale:
        return _title_page(form, reading.editor(me(), set_id), 409, STALE)
    flash("Title and description are saved.", "ok")
    return see_other(url_for("sets.editor", set_id=set_id))


def _title_page(form: TitleForm, read: Editor, status: int = 200, stale: str = "") -> Response:
    if stale:
        form.revision.data = str(read.revision)
    page = render_template("sets/title.html", form=form, set=read, stale=stale)
    return Response(page, status=status)


@pages.route("/<int:set_id>/random", methods=["GET", "POST"])
@authors
@unless_archived
def new_random(set_id: int) -> BaseResponse:
    """Add questions that are drawn at the start of an attempt."""
    read = _open_editor(set_id)
    usual = {"count": min(USUAL_COUNT, max(1, read.room)), "points": 1.0}
    return _random(RandomForm(data={**usual, "revision": read.revision}), read, None)


@pages.route("/<int:set_id>/random/<int:slot_id>", methods=["GET", "POST"])
@authors
@unless_archived
def random(set_id: int, slot_id: int) -> BaseResponse:
    """Change what is drawn."""
    read = _open_editor(set_id)
    slot = next((one for one in read.slots if one.id == slot_id and one.supply), None)
    if slot:
        return _random(RandomForm(obj=slot, revision=read.revision), read, slot)
    if request.method == "GET":
        raise NotFound
    return _random_page(RandomForm(), read, None, 409, GONE)


def _random(form: RandomForm, read: Editor, slot: SlotCard | None) -> BaseResponse:
    if not form.is_submitted():
        return _random_page(form, read, slot)
    if not form.validate():
        return _random_page(form, read, slot, 422)
    edit, slot_id = Edit(form.base()), slot.id if slot else None
    try:
        editing.put_random(me(), read.id, edit, slot_id, form.pick(), now())
    except Stale:
        return _random_page(form, reading.editor(me(), read.id), slot, 409, STALE)
    except Refused as reason:
        return _random_page(form, read, slot, 422, str(reason))
    flash("Saved." if slot else "Added at the end.", "ok")
    return see_other(url_for("sets.editor", set_id=read.id, _anchor="slots"))


def _random_page(
    form: RandomForm, read: Editor, slot: SlotCard | None, status: int = 200, notice: str = ""
) -> Response:
    form.offer(questions.topics(me().id))
    is_stale = status == HTTPStatus.CONFLICT
    if is_stale:
        form.revision.data = str(read.revision)
    kept = next((one for one in read.slots if slot and one.id == slot.id), None)
    page = render_template(
        "sets/random.html",
        form=form,
        set=read,
        slot=slot,
        kept=kept if is_stale else None,
        notice=notice,
        supply=_supply(read.id, slot.id if slot else None, form),
        tags=questions.tags(me().id),
    )
    return Response(page, status=status)


def _supply(set_id: int, slot_id: int | None, form: RandomForm) -> dict[str, Any]:
    """What there is to draw from for what stands in the form now."""
    pick = form.pick()
    found = reading.preview(me(), set_id, slot_id, pick)
    return {"found": found, "count": pick.count, "set_id": set_id, "slot_id": slot_id}


@pages.get("/<int:set_id>/supply")
@authors
def supply(set_id: int) -> str:
    """Say what there would be to draw from: a fragment beside the form."""
    form = RandomForm(request.args, meta={"csrf": False})
    slot_id = number_in(request.args.get("slot")) or None
    return render_template("sets/_supply.html", supply=_supply(set_id, slot_id, form))


@pages.get("/<int:set_id>/slots/<int:slot_id>")
@authors
def question(set_id: int, slot_id: int) -> str:
    """Show what a fixed slot asks, and what it is graded by."""
    asked = reading.question(me(), set_id, slot_id)
    return render_template(
        "sets/question.html",
        set=asked.set,
        slot=asked.slot,
        question=asked.question,
        newer=asked.newer,
    )
