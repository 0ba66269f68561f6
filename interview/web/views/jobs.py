"""The work of the workers, for administrators: what waits, what is done, what went wrong."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.jobs import listing as service
from interview.services.jobs import operating
from interview.services.jobs.listing import STATES
from interview.services.jobs.operating import NotNow
from interview.services.spots import Spot
from interview.web.clock import now
from interview.web.forms.number_fields import plain_number
from interview.web.guards import admins
from interview.web.hx import render, see_other
from interview.web.principal import me

pages = Blueprint("jobs", __name__)

KINDS = {"regrade": "Regrade", "import": "Import"}
PLACES = ("before", "after")
NOT_NOW = "This job has moved on meanwhile. It is shown as it is."


@pages.get("/jobs")
@admins
def jobs() -> Response:
    """List the jobs, the newest first, and count the mail that waits."""
    return _page()


@pages.post("/jobs/<int:job_id>/retry")
@admins
def retry(job_id: int) -> BaseResponse:
    """Have a job that failed tried again."""
    try:
        operating.retry(me(), job_id, now())
    except NotNow:
        return _page(409, NOT_NOW)
    flash("The job is tried again in a few seconds.", "ok")
    return _back()


@pages.post("/jobs/<int:job_id>/cancel")
@admins
def cancel(job_id: int) -> BaseResponse:
    """Stop a job; what it has done already stays."""
    try:
        operating.stop(me(), job_id, now())
    except NotNow:
        return _page(409, NOT_NOW)
    flash("The job is stopped. What it had done already stays.", "ok")
    return _back()


def _back() -> BaseResponse:
    return see_other(url_for(".jobs", **_kept()))


def _kept() -> dict[str, Any]:
    """The filter and the place, as the address has them."""
    return {name: text for name in ("state", *PLACES) if (text := request.args.get(name))}


def _page(status: int = 200, notice: str = "") -> Response:
    kept, found = _kept(), None
    try:
        spot = Spot(*(_number(kept.get(name)) for name in PLACES))
    except ValueError:
        status = 422
    else:
        if kept.get("state", "") in ("", *STATES):
            found = service.listing(me(), kept.get("state", ""), spot, now())
        else:
            status = 422
    return render(
        "jobs/jobs.html",
        "jobs/_jobs.html",
        status,
        overview=service.overview(me(), now()),
        listing=found,
        kept=kept,
        kinds=KINDS,
        states=STATES,
        notice=notice,
    )


def _number(text: str | None) -> int | None:
    if not text:
        return None
    number = plain_number(text)
    if number is None:
        raise ValueError("not a place in the list")
    return number
