"""Terms of a learner's own for one assignment."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.assignments import accommodating, accommodations
from interview.services.assignments.accommodating import Impossible, Kept
from interview.services.assignments.accommodations import Card, Own
from interview.services.classes.changing import Archived
from interview.services.cursors import Cursor
from interview.web.clock import now
from interview.web.forms.accommodations import OwnForm, RemoveForm
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.pages import moment
from interview.web.principal import me

pages = Blueprint(
    "accommodations", __name__, url_prefix="/assignments/<int:assignment_id>/accommodations"
)


@pages.get("")
@logged_in
def listing(assignment_id: int) -> Response:
    """List the learners, those with terms of their own first."""
    damaged = False
    try:
        after = Cursor.parse(text) if (text := request.args.get("after")) else None
    except ValueError:
        after, damaged = None, True
    found = accommodations.listing(me(), assignment_id, after)
    page = render_template(
        "accommodations/listing.html", listing=found, damaged=damaged, is_first=after is None
    )
    return make_response(page, 422 if damaged else 200)


@pages.get("/<int:user_id>")
@logged_in
def own(assignment_id: int, user_id: int) -> Response:
    """Show what holds for a learner, and the form for what differs."""
    card = accommodations.card(me(), assignment_id, user_id)
    return _page(card, OwnForm(formdata=None, obj=card.own or Own()))


def _page(card: Card, form: OwnForm, status: int = 200, **context: Any) -> Response:
    removal = context.pop("removal", None) or RemoveForm(formdata=None, prefix="remove-")
    page = render_template(
        "accommodations/own.html", card=card, form=form, removal=removal, **context
    )
    return make_response(page, status)


@pages.post("/<int:user_id>")
@logged_in
def put(assignment_id: int, user_id: int) -> BaseResponse:
    """Keep what differs for a learner."""
    card = accommodations.card(me(), assignment_id, user_id)
    form = OwnForm()
    if not form.validate_on_submit():
        return _page(card, form, 422)
    try:
        kept = accommodating.put(me(), assignment_id, user_id, form.own(), now())
    except Impossible as error:
        form.add_problems(error.problems)
        return _page(card, form, 422)
    except Archived:
        return _page(card, form, 409)
    _tell(kept, f"The accommodation of {kept.name} is kept.")
    return see_other(url_for(".own", assignment_id=assignment_id, user_id=user_id))


@pages.post("/<int:user_id>/remove")
@logged_in
def remove(assignment_id: int, user_id: int) -> BaseResponse:
    """Let everybody's terms hold for a learner again."""
    card = accommodations.card(me(), assignment_id, user_id)
    form = OwnForm(formdata=None, obj=card.own or Own())
    removal = RemoveForm(prefix="remove-")
    if not removal.validate_on_submit():
        return _page(card, form, 422, removal=removal)
    try:
        reason = removal.reason.data or ""
        kept = accommodating.remove(me(), assignment_id, user_id, reason, now())
    except Impossible as error:
        removal.form_errors.extend(error.problems.values())
        return _page(card, form, 422, removal=removal)
    except Archived:
        return _page(card, form, 409)
    _tell(kept, f"{kept.name} has the same terms as everybody again.")
    return see_other(url_for(".listing", assignment_id=assignment_id))


def _tell(kept: Kept, words: str) -> None:
    flash(words, "ok")
    if kept.is_running:
        until = f"ends {moment(kept.deadline)} now" if kept.deadline else "has no time limit now"
        flash(f"The attempt that {kept.name} is sitting {until}.", "info")
    for notice in kept.notices:
        flash(notice, "info")
