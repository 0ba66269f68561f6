"""What results say: of an assignment, and of a class over its assignments."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.analytics import as_csv
from interview.services.analytics.assignment import assignment_figures, open_assignment
from interview.services.analytics.class_ import class_figures, open_class
from interview.services.analytics.figures import ENOUGH_PAIRS, ENOUGH_VALUES
from interview.services.analytics.records import ENOUGH_FOR_A_LINE, Opened
from interview.web import analytics_charts, charts
from interview.web.clock import now
from interview.web.forms.analytics import FILTERS, KEPT, GroupForm, ordered
from interview.web.guards import logged_in
from interview.web.history_filters import in_use
from interview.web.hx import render
from interview.web.principal import me

MOST_POINTS = 12
"""Key points on a page; the file has all of them."""

pages = Blueprint("analytics", __name__)


@pages.get("/assignments/<int:assignment_id>/analytics")
@logged_in
def assignment(assignment_id: int) -> Response:
    """Show the figures of an assignment."""
    row, opened = open_assignment(me(), assignment_id)
    form = GroupForm(request.args, opened.groups)
    if not form.validate():
        return _assignment(row, opened, form, status=422)
    figures = assignment_figures(row, form.group_id)
    sort = request.args.get("sort") or "place"
    try:
        questions = ordered(figures.questions, sort)
    except KeyError:
        return _assignment(row, opened, form, status=422, damaged=True)
    return _assignment(row, opened, form, figures=figures, questions=questions, sort=sort)


@pages.get("/assignments/<int:assignment_id>/analytics.csv")
@logged_in
def assignment_csv(assignment_id: int) -> BaseResponse:
    """One table of an assignment, as a file."""
    row, opened = open_assignment(me(), assignment_id)
    form = GroupForm(request.args, opened.groups)
    table = request.args.get("table", "questions")
    if not form.validate() or table not in as_csv.ASSIGNMENT_TABLES:
        return _assignment(row, opened, form, status=422, damaged=not form.errors)
    figures = assignment_figures(row, form.group_id)
    return _file(as_csv.of_assignment(table, figures), f"assignment-{row.id}-{table}")


@pages.get("/classes/<int:class_id>/analytics")
@logged_in
def of_class(class_id: int) -> Response:
    """Show the figures of a class."""
    opened = open_class(me(), class_id)
    form = GroupForm(request.args, opened.groups)
    if not form.validate():
        return _class(opened, form, status=422)
    return _class(opened, form, figures=class_figures(class_id, form.group_id, now()))


@pages.get("/classes/<int:class_id>/analytics.csv")
@logged_in
def of_class_csv(class_id: int) -> BaseResponse:
    """One table of a class, as a file."""
    opened = open_class(me(), class_id)
    form = GroupForm(request.args, opened.groups)
    table = request.args.get("table", "assignments")
    if not form.validate() or table not in as_csv.CLASS_TABLES:
        return _class(opened, form, status=422, damaged=not form.errors)
    figures = class_figures(class_id, form.group_id, now())
    return _file(as_csv.of_class(table, figures), f"class-{class_id}-{table}")


def _assignment(row: Any, opened: Opened, form: GroupForm, **context: Any) -> Response:
    home = partial(url_for, ".assignment", assignment_id=row.id)
    return _page("assignment", opened, form, home, assignment=row, **context)


def _class(opened: Opened, form: GroupForm, **context: Any) -> Response:
    home = partial(url_for, ".of_class", class_id=opened.place.class_id)
    return _page("class", opened, form, home, **context)


def _page(
    name: str, opened: Opened, form: GroupForm, home: partial[str], **context: Any
) -> Response:
    """Render a page; without figures nothing but the form is shown."""
    return render(
        f"analytics/{name}.html",
        f"analytics/_{name}.html",
        opened=opened,
        form=form,
        marks=analytics_charts,
        charts=charts,
        most_points=MOST_POINTS,
        enough={"values": ENOUGH_VALUES, "pairs": ENOUGH_PAIRS, "line": ENOUGH_FOR_A_LINE},
        home=home(),
        kept=in_use(request.args, FILTERS),
        address=_addresses(home),
        **context,
    )


def _addresses(home: partial[str]) -> Callable[..., str]:
    """Write addresses of a page as it is shown now but for some changes, and of its files."""
    present = in_use(request.args, KEPT)

    def address(table: str = "", **changes: str) -> str:
        if table:
            group = in_use(request.args, FILTERS)
            return url_for(f"{home.args[0]}_csv", **home.keywords, table=table, **group)
        query = {name: value for name, value in {**present, **changes}.items() if value}
        return home(**query)

    return address


def _file(text: str, name: str) -> BaseResponse:
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{name}-{now():%Y-%m-%d}.csv"
    )
    return response
