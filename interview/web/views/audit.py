"""Reading the audit log: of a class for those who teach it, of everything for administrators."""

from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import audit_reading as service
from interview.services.audit_reading import Listing, Log
from interview.web.clock import now
from interview.web.forms.audit import NAMES, AuditForm, spot_of
from interview.web.guards import logged_in
from interview.web.history_filters import in_use
from interview.web.hx import render
from interview.web.principal import me

pages = Blueprint("audit", __name__)


@pages.get("/classes/<int:class_id>/audit")
@logged_in
def class_log(class_id: int) -> Response:
    """Show what was changed in a class."""
    return _show(service.log_for(me(), class_id))


@pages.get("/audit")
@logged_in
def all_log() -> Response:
    """Show what was changed in this installation."""
    return _show(service.log_for(me(), None))


@pages.get("/classes/<int:class_id>/audit.csv")
@logged_in
def class_csv(class_id: int) -> BaseResponse:
    """Everything in a class that the filters fit, as a file."""
    return _download(service.log_for(me(), class_id), f"audit-class-{class_id}")


@pages.get("/audit.csv")
@logged_in
def all_csv() -> BaseResponse:
    """Everything that the filters fit, as a file."""
    return _download(service.log_for(me(), None), "audit")


def _show(log: Log) -> Response:
    form = AuditForm(request.args, log)
    valid = form.validate()
    try:
        spot = spot_of(request.args)
    except ValueError:
        return _page(log, form, status=422, damaged=True)
    if not valid:
        return _page(log, form, status=422)
    return _page(log, form, service.listing(log, form.filters(me().zone), spot))


def _page(log: Log, form: AuditForm, listing: Listing | None = None, **context: Any) -> Response:
    kept = in_use(request.args, NAMES)
    return render(
        "audit/audit.html",
        "audit/_audit.html",
        log=log,
        form=form,
        listing=listing,
        kept=kept,
        address=lambda **query: _address(log, "log", query),
        file=_address(log, "csv", kept),
        **context,
    )


def _address(log: Log, kind: str, query: dict[str, Any]) -> str:
    if log.class_id is None:
        return url_for(f".all_{kind}", **query)
    return url_for(f".class_{kind}", class_id=log.class_id, **query)


def _download(log: Log, name: str) -> BaseResponse:
    form = AuditForm(request.args, log)
    if not form.validate():
        return _page(log, form, status=422)
    pieces = stream_with_context(service.as_csv(log, form.filters(me().zone)))
    response = Response(pieces, content_type="text/csv; charset=utf-8")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name}-{now():%Y-%m-%d}.csv"
    )
    return response
