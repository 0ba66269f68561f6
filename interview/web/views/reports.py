"""Reported problems: telling of one, what came of one's own, and the queue of authors."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.reporting import answering, telling
from interview.services.reporting.records import KINDS, STATUSES, Known, Overtaken, Report, TooMany
from interview.web.addresses import number_asked
from interview.web.clock import now
from interview.web.forms.reports import AnswerForm, QueueForm, TellForm
from interview.web.guards import authors, logged_in
from interview.web.hx import render, see_other
from interview.web.principal import me

pages = Blueprint("reports", __name__)

TOO_MANY = (
    "Twenty of your reports wait for an answer already. Nothing was sent; "
    "your words are still here, and can be sent when some of those are answered."
)
OVERTAKEN = (
    "Somebody else answered this meanwhile. Their answer is shown above yours; "
    "send yours once more to put it in its place."
)


@pages.route("/attempts/<int:attempt_id>/answers/<int:position>/report", methods=["GET", "POST"])
@logged_in
def tell(attempt_id: int, position: int) -> BaseResponse:
    """Tell of a problem with a question that was asked."""
    about, form = telling.look(me(), attempt_id, position), TellForm()
    problem = ""
    if about.waiting is None and form.validate_on_submit():
        try:
            telling.tell(me(), about, form.kind.data, form.told.data or "", now())
        except Known:
            about = telling.look(me(), attempt_id, position)
        except TooMany:
            problem = TOO_MANY
        else:
            flash("Thank you. Whoever looks after the question reads it; the answer is here.", "ok")
            return see_other(url_for("reports.mine"))
    status = 422 if form.is_submitted() else 200
    page = render_template(
        "reports/tell.html", about=about, form=form, problem=problem, kinds=KINDS
    )
    return Response(page, status=409 if form.is_submitted() and about.waiting else status)


@pages.get("/reports")
@logged_in
def mine() -> str:
    """List what the reader has reported."""
    listed = telling.mine(me(), number_asked("after"))
    return render_template("reports/mine.html", listed=listed, kinds=KINDS, statuses=STATUSES)


@pages.get("/bank/reports")
@authors
def queue() -> Response:
    """List the reports that the reader answers."""
    return _queue()


@pages.post("/bank/reports/<int:report_id>")
@authors
def answer(report_id: int) -> BaseResponse:
    """Answer a report."""
    known, form = answering.report(me(), report_id), AnswerForm()
    form.offer(known)
    if not form.validate_on_submit():
        return _queue(422, known, form)
    try:
        answering.answer(me(), report_id, form.answer(), now())
    except Overtaken:
        known = answering.report(me(), report_id)
        form.seen.data = known.handled
        form.offer(known)
        return _queue(409, known, form, OVERTAKEN)
    flash("Answered. The reporter sees it among their reports.", "ok")
    return see_other(url_for("reports.queue", **_kept()))


def _queue(
    status: int = 200, typed: Report | None = None, form: AnswerForm | None = None, notice: str = ""
) -> Response:
    """Render the queue; the report that an answer could not be saved for comes first."""
    filters = QueueForm(request.args)
    filters.validate()
    listed = answering.queue(
        me(), filters.status.data or "", number_asked("question"), number_asked("after")
    )
    others = [(one, _form_of(one)) for one in listed.reports if typed is None or one.id != typed.id]
    return render(
        "reports/queue.html",
        "reports/_queue.html",
        status,
        filters=filters,
        rows=[(typed, form), *others] if typed else others,
        typed=typed,
        notice=notice,
        next_after=listed.next_after,
        kept=_kept(),
        kinds=KINDS,
        statuses=STATUSES,
    )


def _form_of(report: Report) -> AnswerForm:
    form = AnswerForm(
        formdata=None,
        data={"seen": report.handled, "status": report.status, "reply": report.reply},
    )
    form.offer(report)
    return form


def _kept() -> dict[str, Any]:
    """The filters, for addresses that lead back to the list."""
    return {name: value for name in ("status", "question") if (value := request.args.get(name))}
