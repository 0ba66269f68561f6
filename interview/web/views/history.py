"""Looking back: ended attempts and progress, deleting one, taking everything along."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, flash, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import deleting, export_text
from interview.services import history as service
from interview.services.history import Choices, Listing
from interview.services.progress import progress
from interview.web import charts
from interview.web.clock import now
from interview.web.guards import logged_in
from interview.web.history_filters import NAMES, PRESET_NAMES, SPOTS, FilterForm, in_use, spot_of
from interview.web.hx import render, see_other, wants_fragment
from interview.web.principal import me

pages = Blueprint("history", __name__)


@pages.get("/history")
@logged_in
def history() -> BaseResponse:
    """List what the reader has sat, newest first, below what it adds up to."""
    service.settle_overdue(me().id, now())
    choices = service.choices(me().id)
    form = FilterForm(request.args, choices)
    valid = form.validate()
    try:
        spot = spot_of(request.args)
    except ValueError:
        return _page(form, choices, status=422, damaged=True)
    if not valid:
        return _page(form, choices, status=422)
    return _page(form, choices, service.listing(me().id, form.filters(me().zone), spot, now()))


def _page(
    form: FilterForm, choices: Choices, listing: Listing | None = None, **context: Any
) -> Response:
    return render(
        "history/history.html",
        "history/_history.html",
        form=form,
        choices=choices,
        listing=listing,
        progress=None if wants_fragment() or choices.is_new else progress(me().id, now()),
        charts=charts,
        preset_names=PRESET_NAMES,
        kept=in_use(request.args),
        here=in_use(request.args, NAMES + SPOTS),
        **context,
    )


@pages.get("/attempts/<int:attempt_id>/delete")
@logged_in
def confirm_delete(attempt_id: int) -> BaseResponse:
    """Ask before an attempt is deleted."""
    return _delete_page(deleting.look(me().id, attempt_id, now()))


@pages.post("/attempts/<int:attempt_id>/delete")
@logged_in
def delete(attempt_id: int) -> BaseResponse:
    """Delete an ended attempt and go back to where it was listed."""
    doomed = deleting.delete(me().id, attempt_id, now())
    if doomed.stays:
        return _delete_page(doomed)
    flash(f"“{doomed.title}” and everything in it is deleted.", "ok")
    return see_other(url_for("history.history", **in_use(request.args, NAMES + SPOTS)))


def _delete_page(doomed: deleting.Doomed) -> Response:
    page = render_template(
        "history/delete.html", attempt=doomed, here=in_use(request.args, NAMES + SPOTS)
    )
    return Response(page, status=409 if doomed.stays else 200)


@pages.get("/history/export.json")
@logged_in
def export_json() -> BaseResponse:
    """Everything of the reader, for keeping."""
    return _download(export_text.as_json(me().id, now()), "json", "application/json")


@pages.get("/history/export.csv")
@logged_in
def export_csv() -> BaseResponse:
    """Every answer of the reader as a row, for spreadsheet programs."""
    return _download(export_text.as_csv(me().id, now()), "csv", "text/csv; charset=utf-8")


def _download(pieces: Iterator[str], kind: str, content_type: str) -> Response:
    day = now().astimezone(ZoneInfo(me().zone)).date()
    response = Response(stream_with_context(pieces), content_type=content_type)
    name = f"mock-interview-{day.isoformat()}.{kind}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
