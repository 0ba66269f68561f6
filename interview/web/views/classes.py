"""Classes: the list of one's own, making and joining one, its page and its settings."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from interview.services.assignments import listing as assignments
from interview.services.classes import codes, invitations, joining, listing, making, overview
from interview.services.classes import settings as service
from interview.services.classes.changing import Archived
from interview.services.classes.entering import GuestsCannotJoin
from interview.services.classes.joining import NoSuchCode
from interview.web.addresses import number_asked
from interview.web.class_pages import archived_page
from interview.web.clock import now
from interview.web.forms.classes import ROLE_NAMES, ClassForm, JoinForm, SettingsForm
from interview.web.guards import authors, logged_in
from interview.web.hx import see_other
from interview.web.principal import me
from interview.web.throttle import guessed, own_account, throttled

pages = Blueprint("classes", __name__)
pages.register_error_handler(Archived, archived_page)

NO_SUCH_CODE = (
    "This code lets nobody in. It may be mistyped, replaced by a newer one, or for a class that "
    "takes nobody in any more: ask whoever gave it to you."
)


def _page(name: str, status: int = 200, **context: object) -> Response:
    page = render_template(f"classes/{name}.html", role_names=ROLE_NAMES, **context)
    return make_response(page, status)


@pages.get("/classes")
@logged_in
def classes() -> Response:
    """List the classes that the reader is in, below those that they are invited to."""
    archived = request.args.get("archived") == "yes"
    mine = listing.mine(me(), number_asked("before"), archived=archived)
    return _page("classes", mine=mine, archived=archived, invitations=invitations.waiting(me()))


@pages.route("/classes/new", methods=["GET", "POST"])
@authors
def new() -> BaseResponse:
    """Make a class."""
    form = ClassForm(time_zone=me().zone)
    if not form.validate_on_submit():
        return _page("new", 422 if form.is_submitted() else 200, form=form)
    class_id = making.make(me(), form.details(), now())
    flash("The class is made. Now let people in: by its join code, or by inviting them.", "ok")
    return see_other(url_for(".show", class_id=class_id))


def _join_page(form: JoinForm, status: int = 200, notice: str = "") -> Response:
    return _page("join", status, form=form, notice=notice)


@pages.route("/classes/join", methods=["GET", "POST"])
@throttled(
    lambda advice: _join_page(JoinForm(), 429, advice), account=own_account, failures_only=True
)
@logged_in
def join_by_code() -> BaseResponse:
    """Ask for a code, and go to what it is for."""
    if me().is_guest:
        return _page("register_first", 200 if request.method == "GET" else 403)
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(form, 422 if form.is_submitted() else 200)
    code = form.code.data or ""
    try:
        joining.look(me(), code)
    except NoSuchCode:
        form.code.errors = [NO_SUCH_CODE]
        return _join_page(form, 422)
    return see_other(url_for(".join", code=codes.canonical(code)))


def _refused(advice: str) -> Response:
    return _join_page(JoinForm(formdata=None), 429, advice)


@pages.route("/classes/join/<code>", methods=["GET", "POST"])
@guessed(_refused)
@throttled(_refused, account=own_account, failures_only=True)
@logged_in
def join(code: str) -> BaseResponse:
    """Show the class that a link is for, and join it."""
    try:
        if request.method == "GET":
            return _page("joining", found=joining.look(me(), code), code=code)
        class_id, is_new = joining.join(me(), code, now())
    except GuestsCannotJoin:
        return _page("register_first", 200 if request.method == "GET" else 403)
    except NoSuchCode:
        form = JoinForm(formdata=None)
        return _join_page(form, 404 if request.method == "GET" else 422, NO_SUCH_CODE)
    flash("You are in the class now." if is_new else "You were in this class already.", "ok")
    return see_other(url_for(".show", class_id=class_id))


@pages.get("/classes/<int:class_id>")
@logged_in
def show(class_id: int) -> Response:
    """Show a class to one of its people."""
    page = overview.class_page(me(), class_id)
    lists = (
        {"given": assignments.for_staff(me(), class_id, now())}
        if page.helps
        else {"assigned": assignments.for_learner(me(), class_id, now())}
    )
    return _page("show", page=page, join_link=_join_link(page.code), **lists)


def _join_link(code: str) -> str:
    """Where a code leads, as it can be sent to people."""
    public_url: str = current_app.extensions["settings"].public_url
    return f"{public_url}{url_for('.join', code=code)}" if code else ""


@pages.route("/classes/<int:class_id>/settings", methods=["GET", "POST"])
@logged_in
def settings(class_id: int) -> BaseResponse:
    """Show the settings of a class, and change them."""
    own = service.settings_of(me(), class_id)
    form = SettingsForm(
        title=own.title, description=own.description, time_zone=own.zone, joining=own.joining
    )
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return _page("settings", status, form=form, own=own, join_link=_join_link(own.code))
    service.change_settings(me(), class_id, form.details(), now(), joining=form.joining.data)
    flash("The settings are saved.", "ok")
    return see_other(url_for(".settings", class_id=class_id))


@pages.post("/classes/<int:class_id>/new-code")
@logged_in
def new_code(class_id: int) -> BaseResponse:
    """Draw another join code."""
    service.draw_new_code(me(), class_id, now())
    flash("The class has a new join code. The one before lets nobody in any more.", "ok")
    return see_other(url_for(".settings", class_id=class_id))


@pages.post("/classes/<int:class_id>/archive")
@logged_in
def archive(class_id: int) -> BaseResponse:
    """Archive a class, or take it up again."""
    archived = request.form.get("archived") == "yes"
    service.archive(me(), class_id, now(), archived=archived)
    if archived:
        flash("The class is archived: it can be read, and nothing in it can be changed.", "ok")
    else:
        flash("The class is taken up again.", "ok")
    return see_other(url_for(".show", class_id=class_id))
