"""The gradebook of a class: a page of it, all of it as a file, and one learner's record."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request, stream_with_context, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.gradebook import learner_csv
from interview.services.gradebook.as_csv import as_csv
from interview.services.gradebook.learner import open_record, read_record
from interview.services.gradebook.learner_records import Record
from interview.services.gradebook.paging import OtherOrder
from interview.services.gradebook.reading import open_book, read_page
from interview.services.gradebook.records import Book, Order
from interview.web.clock import now
from interview.web.forms.gradebook import (
    COLUMNS,
    FILTERS,
    KEPT,
    ROWS,
    DamagedAddress,
    GradebookForm,
    order_of,
    spot_of,
    wanted_of,
)
from interview.web.guards import logged_in
from interview.web.history_filters import in_use
from interview.web.hx import render
from interview.web.principal import me

FINISH_REASONS = {
    "learner": "handed in",
    "time": "time was up",
    "abandoned": "given up",
}
COUNTS = {
    "best": "the best attempt counts",
    "last": "the last attempt counts",
    "first": "the first attempt counts",
    "mean": "the mean of all attempts counts",
}

pages = Blueprint("gradebook", __name__, url_prefix="/classes/<int:class_id>")


@pages.get("/gradebook")
@logged_in
def gradebook(class_id: int) -> Response:
    """Show a page of the book."""
    book = open_book(me(), class_id)
    form = GradebookForm(request.args, book)
    if not form.validate():
        return page_of(book, form, status=422)
    try:
        wanted = wanted_of(form, request.args)
        return page_of(read_page(book, wanted, now()), form, wanted.order)
    except (DamagedAddress, OtherOrder):
        return page_of(book, form, status=422, damaged=True)


def page_of(
    book: Book, form: GradebookForm, order: Order | None = None, **context: Any
) -> Response:
    """Render a book with the form that asked for it; without an order nothing is listed."""
    return render(
        "gradebook/gradebook.html",
        "gradebook/_gradebook.html",
        book=book,
        form=form,
        order=order,
        kept=in_use(request.args, KEPT),
        filtered=in_use(request.args, FILTERS),
        here=in_use(request.args, ROWS),
        address=_addresses(book, (*KEPT, *COLUMNS)),
        **context,
    )


def _addresses(book: Book, names: tuple[str, ...]) -> Callable[..., str]:
    """Write addresses of the book: as it is shown now, but for some changes."""
    present = in_use(request.args, names)

    def address(**changes: Any) -> str:
        query = {name: value for name, value in {**present, **changes}.items() if value}
        return url_for(".gradebook", class_id=book.class_id, **query)

    return address


@pages.get("/gradebook.csv")
@logged_in
def gradebook_csv(class_id: int) -> BaseResponse:
    """Everything that the filters fit, as a file."""
    book = open_book(me(), class_id)
    form = GradebookForm(request.args, book)
    if not form.validate():
        return page_of(book, form, status=422)
    try:
        filters, order = form.filters(request.args), order_of(request.args)
    except DamagedAddress:
        return page_of(book, form, status=422, damaged=True)
    return _file(as_csv(book, filters, order, now()), f"gradebook-{class_id}")


def _file(pieces: Iterator[str], name: str) -> BaseResponse:
    response = Response(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name}-{now():%Y-%m-%d}.csv"
    )
    return response


@pages.get("/learners/<int:user_id>")
@logged_in
def record(class_id: int, user_id: int) -> BaseResponse:
    """Show a learner's record to staff, or to that learner as far as the policy shows it."""
    opened = open_record(me(), class_id, user_id)
    try:
        spot = spot_of(request.args)
    except DamagedAddress:
        return Response(_record_page(opened, damaged=True), status=422)
    return Response(_record_page(read_record(opened, now(), older=spot.older, newer=spot.newer)))


def _record_page(shown: Record, **context: Any) -> str:
    return render_template(
        "gradebook/record.html", record=shown, reasons=FINISH_REASONS, counts=COUNTS, **context
    )


@pages.get("/learners/<int:user_id>.csv")
@logged_in
def record_csv(class_id: int, user_id: int) -> BaseResponse:
    """Give the whole record as a file."""
    opened = open_record(me(), class_id, user_id)
    return _file(learner_csv.as_csv(opened, now()), f"record-{class_id}-{user_id}")
