"""Trying one short interview without an account."""

from flask import Blueprint, flash, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import guests
from interview.services.principals import Principal
from interview.web.clock import now
from interview.web.entering import enter
from interview.web.guards import public
from interview.web.hx import see_other
from interview.web.principal import viewer
from interview.web.throttle import throttled

pages = Blueprint("guests", __name__)


@pages.post("/guest")
@throttled()
@public
def start() -> BaseResponse:
    """Start the short interview for a visitor."""
    person = viewer()
    if person is not None:
        return _no_visitor(person)
    guest, attempt_id = guests.start_as_guest(now())
    enter(guest, remember=True, days=guests.GUEST_DAYS)
    return see_other(url_for("sitting.question", attempt_id=attempt_id, position=1))


def _no_visitor(person: Principal) -> BaseResponse:
    """Lead an account to practice, and a guest to their one attempt or to registering."""
    if not person.is_guest:
        return see_other(url_for("practice.choose"))
    attempt = guests.attempt_of_guest(person.id)
    if attempt is not None and attempt.is_open:
        return see_other(url_for("sitting.continue_attempt", attempt_id=attempt.id))
    flash("A guest can sit one session. Register to keep its result and go on.", "info")
    return see_other(url_for("accounts.register"))
