"""Contested key points: contesting one, one's own, and the queue of those who decide."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.appeals import contesting, deciding, listing, reading, settling
from interview.services.appeals.reading import Case
from interview.services.appeals.records import STATUSES, Known, Overtaken, Own, Undecidable
from interview.services.authoring.publishing import NotTrusted
from interview.services.authoring.records import Stale
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.cursors import Cursor
from interview.web.addresses import hiding, number_asked
from interview.web.class_pages import archived_page
from interview.web.clock import now
from interview.web.errors import error_page
from interview.web.forms.appeals import ContestForm, DecideForm, QueueForm, form_for
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.principal import me

pages = Blueprint("appeals", __name__)
pages.register_error_handler(Archived, archived_page)

_DONE = {
    "adjust": "The grade was changed, and the learner was told.",
    "decline": "Declined. The learner was told.",
}


@pages.route(
    "/attempts/<int:attempt_id>/answers/<int:position>/contest/<int:number>",
    methods=["GET", "POST"],
)
@logged_in
def contest(attempt_id: int, position: int, number: int) -> BaseResponse:
    """Say that an assigned answer names a key point."""
    about = contesting.look(me(), attempt_id, position, number, now())
    form = ContestForm(data={"point": about.point.id})
    form.offer(about.sentences)
    is_sent = form.is_submitted()
    # Graded anew, the points may have other numbers.
    is_moved = is_sent and form.point.data != about.point.id
    if about.standing is not None and not is_moved:
        return _contested_already(about, form)
    if about.refusal or is_moved:
        form.point.data = about.point.id
        return _contest_page(about, form, 409 if is_sent else 200, is_moved=is_moved)
    if not form.validate_on_submit():
        return _contest_page(about, form, 422 if is_sent else 200)
    try:
        contesting.contest(me(), about, form.sentences.data or [], form.why.data or "", now())
    except Known:
        about = contesting.look(me(), attempt_id, position, number, now())
        return _contested_already(about, form)
    flash(f"Contested: those who teach the class look at key point {number}.", "ok")
    return see_other(_answer_path(attempt_id, position, is_over=about.is_over))


def _contested_already(about: contesting.Contestable, form: ContestForm) -> BaseResponse:
    """Lead on to what stands; other words than those are given back beside it."""
    said = form.sentences.data or [], form.why.data or ""
    if about.standing is None or (form.is_submitted() and not contesting.is_same(about, *said)):
        return _contest_page(about, form, 409)
    if form.is_submitted():
        flash("You have contested this key point already. Nothing was sent twice.", "info")
    return see_other(url_for(".appeal", appeal_id=about.standing.id))


def _contest_page(
    about: contesting.Contestable, form: ContestForm, status: int, *, is_moved: bool = False
) -> Response:
    back = _answer_path(about.attempt_id, about.position, is_over=about.is_over)
    page = render_template(
        "appeals/contest.html",
        about=about,
        form=form,
        back=back,
        is_moved=is_moved,
        statuses=STATUSES,
    )
    return Response(page, status=status)


def _answer_path(attempt_id: int, position: int, *, is_over: bool) -> str:
    if is_over:
        return url_for("results.results", attempt_id=attempt_id) + f"#q{position}"
    return url_for("results.answer", attempt_id=attempt_id, position=position)


@pages.post("/appeals/<int:appeal_id>/withdraw")
@logged_in
def withdraw(appeal_id: int) -> BaseResponse:
    """Take back what one has contested."""
    try:
        own = settling.withdraw(me(), appeal_id, now())
    except Overtaken:
        return _shown(appeal_id, 409, is_late=True)
    flash("Withdrawn. You can contest the key point again while that is open.", "ok")
    return see_other(_answer_path(own.attempt_id, own.position, is_over=own.is_over))


@pages.get("/appeals")
@logged_in
def mine() -> str:
    """List what the reader has contested."""
    listed = listing.mine(me(), number_asked("after"), now())
    return render_template("appeals/mine.html", listed=listed, statuses=STATUSES)


@pages.get("/appeals/<int:appeal_id>")
@logged_in
def appeal(appeal_id: int) -> Response:
    """Show a learner what became of an appeal, and staff what they decide by."""
    return _shown(appeal_id)


def _shown(appeal_id: int, status: int = 200, **context: Any) -> Response:
    found = reading.look(me(), appeal_id, now())
    if isinstance(found, Case):
        return _case_page(found, form_for(found), status)
    back = _answer_path(found.attempt_id, found.position, is_over=found.is_over)
    page = render_template(
        "appeals/own.html", appeal=found, statuses=STATUSES, back=back, **context
    )
    return Response(page, status=status)


@pages.post("/appeals/<int:appeal_id>/decide")
@logged_in
def decide(appeal_id: int) -> BaseResponse:
    """Decide an appeal; accepting a wording leads on to the regrade."""
    case, form = _case(appeal_id)
    if case.line.status == "open" and not form.validate_on_submit():
        return _case_page(case, form, 422)
    ruling = form.ruling()
    try:
        run_id = deciding.decide(me(), appeal_id, ruling, now())
    except Undecidable as wrong:
        for name, problem in wrong.problems.items():
            form[name].errors = [*form[name].errors, problem]
        return _case_page(case, form, 422)
    except NotTrusted as error:
        return _case_page(case, form, 422, complaints=error.complaints)
    except (Overtaken, Stale, Archived) as error:
        return _overtaken(appeal_id, form, error)
    if run_id is not None:
        flash("Accepted. Before any grade changes, see here which ones would.", "ok")
        return see_other(url_for("regrades.run", run_id=run_id, **hiding()))
    flash(_DONE[ruling.choice], "ok")
    return see_other(url_for(".queue", class_id=case.place.class_id, **hiding()))


def _case(appeal_id: int) -> tuple[Case, DecideForm]:
    """Find what to decide; one's own appeal is decided by others."""
    found = reading.look(me(), appeal_id, now())
    if isinstance(found, Own):
        raise Forbidden
    return found, form_for(found)


def _overtaken(appeal_id: int, form: DecideForm, error: Exception) -> Response:
    """Show what came first, and what was typed."""
    case, _ = _case(appeal_id)
    form.base.data = str(case.answer.grade_id)
    form.offer(case)
    what = "question" if isinstance(error, Stale) else "grade"
    return _case_page(case, form, 409, overtaken=what)


def _case_page(case: Case, form: DecideForm, status: int, **context: Any) -> Response:
    page = render_template(
        "appeals/decide.html", case=case, form=form, statuses=STATUSES, kept=hiding(), **context
    )
    return Response(page, status=status)


@pages.get("/classes/<int:class_id>/appeals")
@logged_in
def queue(class_id: int) -> Response:
    """List the appeals of a class, those that wait first."""
    filters = QueueForm(request.args)
    try:
        text = request.args.get("after", "")
        after = Cursor.parse(text) if text else None
    except ValueError:
        return error_page(422, "This address names no place in the list")
    found = listing.queue(
        me(), class_id, request.args.get("status", ""), number_asked("assignment"), after
    )
    filters.offer(found.assignments)
    filters.validate()
    chosen = {name: value for name, value in filters.data.items() if value}
    page = render_template(
        "appeals/queue.html", found=found, filters=filters, chosen=chosen, statuses=STATUSES
    )
    return Response(page)
