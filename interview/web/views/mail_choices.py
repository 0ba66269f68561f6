"""What somebody wants to be told, in the app and by mail."""

from flask import Blueprint, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import mail_choices as service
from interview.services.notifying import KINDS
from interview.web.account_pages import account_page
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.principal import me

pages = Blueprint("mail_choices", __name__)


@pages.route("/profile/mail", methods=["GET", "POST"])
@logged_in
def choose() -> BaseResponse:
    """Show what the reader is told and how, and change it."""
    if me().is_guest:
        return see_other(url_for("accounts.register"))
    if request.method == "POST":
        service.choose(me(), request.form.getlist("kind"), request.form.getlist("in_app"))
        flash("Your choices are kept.", "ok")
        return see_other(url_for(".choose"))
    return account_page("mail", wanted=service.wanted(me()), kinds=KINDS)
