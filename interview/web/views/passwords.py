"""Changing a password, and choosing one anew by a link in a mail."""

from flask import Blueprint, Response, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.accounts import entering
from interview.services.principals import Principal
from interview.web.account_pages import account_page
from interview.web.clock import now
from interview.web.entering import enter, is_remembered
from interview.web.forms.accounts import AskResetForm, ChangePasswordForm, ResetForm
from interview.web.guards import logged_in, public
from interview.web.hx import see_other
from interview.web.principal import me
from interview.web.throttle import own_account, throttled, typed_account

# Part of the accounts blueprint.
pages = Blueprint("passwords", __name__)


def _change_page(form: ChangePasswordForm, status: int, notice: str = "") -> Response:
    return account_page("change_password", status, form=form, notice=notice)


@pages.route("/profile/password", methods=["GET", "POST"])
@throttled(lambda advice: _change_page(ChangePasswordForm(), 429, advice), account=own_account)
@logged_in
def change() -> BaseResponse:
    """Change the password, which ends every other log-in."""
    if me().is_guest:
        return see_other(url_for("accounts.register"))
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _change_page(form, 422 if form.is_submitted() else 200)
    current, new = form.current_password.data or "", form.new_password.data or ""
    changed = entering.change_password(me().id, current, new)
    if changed is None:
        form.current_password.errors = ["This is not your current password."]
        return _change_page(form, 422)
    return _changed(changed, remember=is_remembered())


def _changed(person: Principal, *, remember: bool) -> BaseResponse:
    enter(person, remember=remember)
    flash("Your password was changed. Every other log-in has ended.", "ok")
    return see_other(url_for("accounts.profile"))


def _ask_page(form: AskResetForm, status: int, notice: str = "") -> Response:
    return account_page("ask_reset", status, form=form, notice=notice)


@pages.route("/reset-password", methods=["GET", "POST"])
@throttled(lambda advice: _ask_page(AskResetForm(), 429, advice), account=typed_account)
@public
def ask_reset() -> BaseResponse:
    """Ask for a link by which to choose a password anew."""
    form = AskResetForm()
    if not form.validate_on_submit():
        return _ask_page(form, 422 if form.is_submitted() else 200)
    entering.ask_reset(form.email.data or "", now())
    return see_other(url_for("accounts.check_mail", what="reset"))


@pages.route("/reset-password/<token>", methods=["GET", "POST"])
@public
def reset(token: str) -> BaseResponse:
    """Choose a password anew."""
    allowed = entering.resetting(token, now())
    if allowed is None:
        return account_page("gone", 410)
    form = ResetForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return account_page("reset_password", status, form=form, token=token, email=allowed.email)
    changed = entering.reset_password(token, form.password.data or "", now())
    return _changed(changed, remember=False) if changed else account_page("gone", 410)
