"""Question sets of an instructor: the list, the editor, publishing."""

import re

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as BaseResponse

from interview.services.sets import editing, listing, making, publishing
from interview.services.sets.changing import Edit, save
from interview.services.sets.editing import DOWN, UP
from interview.services.sets.records import Refused, Stale
from interview.web.clock import now
from interview.web.forms.sets import SlotsForm, TitleForm
from interview.web.guards import authors
from interview.web.hx import see_other, wants_fragment
from interview.web.principal import me
from interview.web.set_pages import STALE, changed, editor_page, found_page, unless_archived
from interview.web.views import set_parts

pages = Blueprint("sets", __name__, url_prefix="/sets")
pages.register_blueprint(set_parts.pages)

_DO = re.compile("([a-z]+)((?:-[0-9]{1,9}){0,2})", re.ASCII)


@pages.get("")
@authors
def my_sets() -> str:
    """List the reader's sets, those that were archived apart."""
    archived = request.args.get("show") == "archived"
    listed = listing.my_sets(me(), request.args.get("after", ""), archived=archived)
    return render_template("sets/my_sets.html", listed=listed, archived=archived)


@pages.route("/new", methods=["GET", "POST"])
@authors
def new() -> BaseResponse:
    """Make a set."""
    form = TitleForm()
    if form.is_submitted() and form.validate():
        set_id = making.make(me(), *form.texts(), now())
        flash("The set is made. Now add its questions.", "ok")
        return see_other(url_for("sets.editor", set_id=set_id))
    page = render_template("sets/new.html", form=form)
    return Response(page, status=422 if form.is_submitted() else 200)


@pages.get("/<int:set_id>")
@authors
def editor(set_id: int) -> BaseResponse:
    """Show a set with the bank beside it; htmx gets what a search in the bank finds."""
    return found_page(set_id) if wants_fragment() else editor_page(set_id)


@pages.post("/<int:set_id>/slots")
@authors
@unless_archived
def change(set_id: int) -> BaseResponse:
    """Save what was typed, and do what the button says."""
    typed = SlotsForm(request.form)
    if not typed.validate():
        return _wrong(set_id, typed)
    try:
        return _done(set_id, typed.edit())
    except Stale:
        return editor_page(set_id, 409, typed, ("warn", STALE))
    except Refused as reason:
        return editor_page(set_id, 422, typed, ("error", str(reason)))


def _wrong(set_id: int, typed: SlotsForm) -> Response:
    said = "Nothing was saved: a field below needs a correction."
    return editor_page(set_id, 422, typed, ("error", said))


def _done(set_id: int, edit: Edit) -> BaseResponse:
    asked = _DO.fullmatch(request.form.get("do", "save"))
    if asked is None:
        raise BadRequest
    match asked[1], [int(number) for number in asked[2].split("-")[1:]]:
        case "save", []:
            save(me(), set_id, edit, now())
            return changed(set_id, "Points and times are saved.")
        case ("up" | "down") as way, [slot]:
            editing.move(me(), set_id, edit, slot, UP if way == "up" else DOWN, now())
            return changed(set_id, "", f"slot-{slot}")
        case "remove", [slot]:
            editing.remove(me(), set_id, edit, slot, now())
            return changed(set_id, "Taken out of the set.", keeps_focus=False)
        case "random", []:
            save(me(), set_id, edit, now())
            return see_other(url_for("sets.parts.new_random", set_id=set_id))
        case "add", [version]:
            editing.add_question(me(), set_id, edit, version, now())
            return changed(set_id, "Added at the end.", "bank")
        case "newer", [slot, version]:
            editing.take_newer(me(), set_id, edit, slot, version, now())
            said = "The newer version is asked from now on."
            return changed(set_id, said, f"slot-{slot}", keeps_focus=False)
    raise BadRequest


@pages.post("/<int:set_id>/publish")
@authors
@unless_archived
def publish(set_id: int) -> BaseResponse:
    """Save what was typed, and freeze the set as a version."""
    typed = SlotsForm(request.form)
    if not typed.validate():
        return _wrong(set_id, typed)
    try:
        made = publishing.publish(me(), set_id, typed.edit(), now())
    except Stale:
        return editor_page(set_id, 409, typed, ("warn", STALE))
    except Refused as reason:
        return editor_page(set_id, 422, typed, ("error", str(reason)))
    said = f"Published as version {made.number}. It can be assigned now."
    same = f"Nothing new to publish: this is version {made.number} already."
    return changed(set_id, said if made.is_new else same)


@pages.post("/<int:set_id>/copy")
@authors
def copy(set_id: int) -> BaseResponse:
    """Make a set of the reader's own that asks the same."""
    copied = making.copy(me(), set_id, now())
    flash("This is the copy. Its title can be changed.", "ok")
    return see_other(url_for("sets.editor", set_id=copied))


@pages.post("/<int:set_id>/archive")
@authors
def archive(set_id: int) -> BaseResponse:
    """Put a set away, or take it up again."""
    archived = request.form.get("archived") == "yes"
    making.archive(me(), set_id, archived=archived, now=now())
    said = "Archived. Assignments that use it stay as they are." if archived else "Taken up again."
    flash(said, "ok")
    return see_other(url_for("sets.editor", set_id=set_id))


@pages.get("/<int:set_id>/versions/<int:number>")
@authors
def version(set_id: int, number: int) -> str:
    """Show what was published."""
    return render_template("sets/version.html", version=publishing.version(me(), set_id, number))
