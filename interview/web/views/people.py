"""The people of a class, and the invitations to it."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from interview.services.classes import (
    groups,
    invitations,
    places,
    placing,
    roster_text,
    rosters,
)
from interview.services.classes import people as service
from interview.services.classes.access import TEACH
from interview.services.classes.changing import Archived
from interview.services.classes.inviting import Outlook
from interview.services.classes.people import Head, People
from interview.services.classes.people_filters import PeopleFilters, Spot
from interview.services.classes.places import LastInstructor, MemberPlace
from interview.services.classes.placing import ChangedMeanwhile, ReasonMissing
from interview.web.account_pages import sends_mail
from interview.web.class_pages import archived_page
from interview.web.clock import now
from interview.web.forms.classes import (
    FILTERS,
    ROLE_NAMES,
    SPOTS,
    InviteForm,
    PeopleForm,
    PlaceForm,
    spot_of,
)
from interview.web.guards import logged_in
from interview.web.history_filters import in_use
from interview.web.hx import render, see_other
from interview.web.principal import me

pages = Blueprint("people", __name__)
pages.register_error_handler(Archived, archived_page)

LAST_INSTRUCTOR = "Nobody else teaches this class. Make somebody else an instructor first."
CHANGED = "Somebody else changed this place meanwhile. Below is how it is now; nothing was saved."


@pages.get("/classes/<int:class_id>/people")
@logged_in
def people(class_id: int) -> Response:
    """List the people of a class."""
    head = service.head(me(), class_id)
    form = PeopleForm(request.args, head.groups)
    valid = form.validate()
    try:
        spot = spot_of(request.args)
    except ValueError:
        return _list(head, form, None, 422, damaged=True)
    if not valid:
        return _list(head, form, None, 422)
    invited = request.args.get("invited", "")
    return _list(head, form, service.people(head, form.filters(), spot, invited))


def _list(
    head: Head, form: PeopleForm, listed: People | None, status: int = 200, **context: Any
) -> Response:
    invite_form = context.pop("invite_form", None) or InviteForm(formdata=None)
    invite_form.offer_groups(head.groups)
    return render(
        "people/people.html",
        "people/_people.html",
        status,
        form=form,
        place=head.place,
        teaches=head.teaches,
        listed=listed,
        invite_form=invite_form,
        kept=in_use(request.args, FILTERS),
        here=in_use(request.args, FILTERS + SPOTS),
        role_names=ROLE_NAMES,
        sends_mail=sends_mail(),
        **context,
    )


@pages.post("/classes/<int:class_id>/people/invite")
@logged_in
def invite(class_id: int) -> BaseResponse:
    """Invite one address."""
    head = service.head(me(), class_id, TEACH)
    form = InviteForm()
    form.offer_groups(head.groups)
    if not form.validate():
        plain = PeopleForm(MultiDict(), head.groups)
        listed = service.people(head, PeopleFilters(), Spot())
        return _list(head, plain, listed, 422, invite_form=form)
    flash(*_said(rosters.invite(me(), class_id, form.offer(), now())))
    return see_other(url_for(".people", class_id=class_id))


def _said(done: Outlook) -> tuple[str, str]:
    if done.members:
        return f"{done.members[0].email} is in this class already.", "info"
    if done.altered:
        return f"The invitation of {done.altered[0].after.email} was changed.", "ok"
    if done.same:
        return f"{done.same[0].email} is invited just so already.", "info"
    return f"{done.new[0].email} is invited.", "ok"


@pages.post("/classes/<int:class_id>/people/invitations/<int:invitation_id>/withdraw")
@logged_in
def withdraw(class_id: int, invitation_id: int) -> BaseResponse:
    """Take an invitation back."""
    email = invitations.withdraw(me(), class_id, invitation_id, now())
    flash(f"The invitation of {email} is withdrawn.", "ok")
    return see_other(url_for(".people", class_id=class_id))


@pages.post("/invitations/<int:invitation_id>/accept")
@logged_in
def accept(invitation_id: int) -> BaseResponse:
    """Take the place in a class that the reader is invited to."""
    class_id = invitations.accept(me(), invitation_id, now())
    flash("You are in the class now.", "ok")
    return see_other(url_for("classes.show", class_id=class_id))


@pages.post("/invitations/<int:invitation_id>/decline")
@logged_in
def decline(invitation_id: int) -> BaseResponse:
    """Turn an invitation down."""
    title = invitations.decline(me(), invitation_id, now())
    flash(f"You declined the invitation to “{title}”.", "ok")
    return see_other(url_for("classes.classes"))


@pages.route("/classes/<int:class_id>/people/<int:user_id>/place", methods=["GET", "POST"])
@logged_in
def place(class_id: int, user_id: int) -> BaseResponse:
    """Show a member's place in a class, and change it."""
    member = places.place_of(me(), class_id, user_id)
    form = PlaceForm.of(member.terms)
    form.offer_groups(groups.titles_of(class_id))
    if not form.validate_on_submit():
        return _place_page(member, form, 422 if form.is_submitted() else 200)
    if form.seen.data != str(member.terms):
        return _stale(class_id, user_id)
    try:
        placing.change_place(me(), member, form.terms(), form.reason.data or "", now())
    except ReasonMissing as error:
        form.reason.errors = [str(error)]
        return _place_page(member, form, 422)
    except LastInstructor:
        form.role.errors = [LAST_INSTRUCTOR]
        return _place_page(member, form, 422)
    except ChangedMeanwhile:
        return _stale(class_id, user_id)
    flash(f"The place of {member.name} is saved.", "ok")
    return see_other(url_for(".people", class_id=class_id))


def _stale(class_id: int, user_id: int) -> Response:
    member = places.place_of(me(), class_id, user_id)
    form = PlaceForm.of(member.terms, formdata=None)
    form.offer_groups(groups.titles_of(class_id))
    return _place_page(member, form, 409, CHANGED)


def _place_page(member: MemberPlace, form: PlaceForm, status: int, notice: str = "") -> Response:
    page = render_template(
        "people/place.html", member=member, form=form, notice=notice, role_names=ROLE_NAMES
    )
    return make_response(page, status)


@pages.post("/classes/<int:class_id>/people/<int:user_id>/remove")
@logged_in
def remove(class_id: int, user_id: int) -> BaseResponse:
    """Take somebody out of a class."""
    try:
        name = placing.remove(me(), class_id, user_id, now())
    except LastInstructor:
        member = places.place_of(me(), class_id, user_id)
        form = PlaceForm.of(member.terms, formdata=None)
        form.offer_groups(groups.titles_of(class_id))
        return _place_page(member, form, 409, LAST_INSTRUCTOR)
    if user_id == me().id:
        flash("You are not in the class any more.", "ok")
        return see_other(url_for("classes.classes"))
    flash(f"{name} is not in the class any more.", "ok")
    return see_other(url_for(".people", class_id=class_id))


@pages.get("/classes/<int:class_id>/people.csv")
@logged_in
def roster_csv(class_id: int) -> BaseResponse:
    """Everybody in a class and whoever is invited, as a file."""
    pieces = roster_text.as_csv(me(), class_id)
    response = Response(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    day = now().astimezone(ZoneInfo(me().zone)).date()
    name = f"people-of-class-{class_id}-{day.isoformat()}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
