"""Registering, logging in and out, and looking after one's account."""

from flask import Blueprint, Response, flash, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.accounts import entering, registering
from interview.services.accounts import profile as profiles
from interview.services.guests import GUEST_DAYS
from interview.services.principals import Principal
from interview.web.account_pages import account_page, sends_mail
from interview.web.clock import now
from interview.web.entering import enter, leave
from interview.web.forms.accounts import LogInForm, ProfileForm, RegisterForm
from interview.web.guards import logged_in, public
from interview.web.hx import see_other
from interview.web.principal import me, viewer
from interview.web.safe_next import safe_path
from interview.web.throttle import throttled, typed_account
from interview.web.typed_answers import Typed, rescue
from interview.web.views import passwords

__all__ = ["Typed", "log_in_page", "pages"]

pages = Blueprint("accounts", __name__)
pages.register_blueprint(passwords.pages)

NO_MATCH = "This address and password do not belong together. Check both and try again."
ONWARD = "onward"
TAKEN = "There is an account with this address already: log in instead."


def log_in_page(
    form: LogInForm | None = None, typed: Typed | None = None, status: int = 200, notice: str = ""
) -> Response:
    """Render the log-in form.

    Parameters
    ----------
    form : LogInForm, optional
        One that was filled in; an empty one is made when not given.
    typed : Typed, optional
        An answer that arrived after the log-in had ended: shown beside the new form,
        carried through it, and saved after it.
    status : int
        HTTP status of the answer.
    notice : str
        What stood against logging in.
    """
    if form is None:
        form = LogInForm(formdata=None, data=_carried(typed) if typed else {})
    return account_page("log_in", status, form=form, notice=notice, guest_days=GUEST_DAYS)


def _carried(typed: Typed) -> dict[str, str]:
    return {
        "next": typed.path,
        "typed_path": typed.path,
        "typed_text": typed.text,
        "typed_base": str(typed.base),
        "typed_writer": typed.writer,
    }


@pages.route("/log-in", methods=["GET", "POST"])
@throttled(
    lambda advice: log_in_page(LogInForm(), status=429, notice=advice),
    account=typed_account,
    failures_only=True,
)
@public
def log_in() -> BaseResponse:
    """Log in, and go on where the log-in was asked for."""
    form = LogInForm(next=request.args.get("next"))
    if request.method == "GET":
        person = viewer()
        return _onward(form) if person and not person.is_guest else log_in_page(form)
    if not form.validate():
        return log_in_page(form, status=422)
    found = entering.log_in(form.email.data or "", form.password.data or "")
    if found is None:
        return log_in_page(form, status=422, notice=NO_MATCH)
    enter(found, remember=form.remember.data)
    return _after_log_in(found, form)


def _after_log_in(person: Principal, form: LogInForm) -> BaseResponse:
    typed = form.typed()
    if typed is None:
        return _onward(form)
    outcome = rescue(person.id, typed, now())
    if outcome.problem:
        return account_page("typed_answer", 409, text=typed.text, outcome=outcome)
    flash("Your answer was kept: it was saved when you logged in.", "ok")
    return see_other(outcome.question)


def _onward(form: LogInForm) -> BaseResponse:
    return see_other(safe_path(form.next.data, url_for("home.home")))


@pages.post("/log-out")
@public
def log_out() -> BaseResponse:
    """Log out."""
    leave()
    flash("You are logged out.", "ok")
    return see_other(url_for("home.home"))


def _register_page(form: RegisterForm, status: int, notice: str = "") -> Response:
    person = viewer()
    if status == 200:  # noqa: PLR2004  # later pages keep the zone that was chosen
        form.time_zone.render_kw = {"data-detects-zone": ""}
    return account_page(
        "register",
        status,
        form=form,
        notice=notice,
        guest=person is not None and person.is_guest,
        guest_days=GUEST_DAYS,
        onward=session.get(ONWARD),
    )


@pages.route("/register", methods=["GET", "POST"])
@throttled(lambda advice: _register_page(RegisterForm(), 429, advice), account=typed_account)
@public
def register() -> BaseResponse:
    """Make an account, or ask for one where addresses are confirmed by mail."""
    person = viewer()
    if person and not person.is_guest:
        return see_other(url_for("home.home"))
    form = RegisterForm()
    if request.method == "GET":
        # Kept by the browser: a confirmation by mail leads on as well.
        session[ONWARD] = request.args.get("next")
        return _register_page(form, 200)
    if not form.validate():
        return _register_page(form, 422)
    guest_id = person.id if person else None
    if sends_mail():
        registering.ask_to_register(form.details(), guest_id, now())
        return see_other(url_for(".check_mail", what="registration"))
    return _register_at_once(form, guest_id)


def _register_at_once(form: RegisterForm, guest_id: int | None) -> BaseResponse:
    try:
        made = registering.register(form.details(), guest_id, now())
    except registering.AddressTakenError:
        form.email.errors = [TAKEN]
        return _register_page(form, 422)
    return _welcome(made)


def _welcome(person: Principal) -> BaseResponse:
    # Logging in empties the browser's session.
    onward = safe_path(session.get(ONWARD), url_for("home.home"))
    enter(person, remember=False)
    flash(f"Welcome, {person.name}. Your account is ready.", "ok")
    return see_other(onward)


@pages.get("/check-mail/<any(registration, reset):what>")
@public
def check_mail(what: str) -> Response:
    """Say that a mail is on its way, if there is a reason to send one."""
    return account_page("check_mail", what=what)


@pages.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> BaseResponse:
    """Confirm an address. A button does it, since programs that scan mail follow links."""
    if request.method == "GET":
        waiting = registering.waiting(token, now())
        if waiting is None:
            return account_page("gone", 410)
        return account_page("confirm", waiting=waiting, token=token)
    made = registering.confirm(token, now())
    return _welcome(made) if made else account_page("gone", 410)


@pages.route("/profile", methods=["GET", "POST"])
@logged_in
def profile() -> BaseResponse:
    """Show the profile, and change it."""
    if me().is_guest:
        return see_other(url_for(".register"))
    own = profiles.profile_of(me().id)
    form = ProfileForm(display_name=own.name, time_zone=own.zone)
    if not form.validate_on_submit():
        return account_page("profile", 422 if form.is_submitted() else 200, form=form, own=own)
    profiles.change_profile(me().id, form.display_name.data or "", form.time_zone.data or "")
    flash("Your profile was changed.", "ok")
    return see_other(url_for(".profile"))
