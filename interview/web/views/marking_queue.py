"""The marking queue: what waits for a person's eye, answers in groups, and remarks."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.classes.changing import Archived
from interview.services.marking import deciding, groups, queue, remarks
from interview.services.marking.deciding import Outcome
from interview.services.marking.groups import GroupPage
from interview.services.marking.overriding import Unreadable
from interview.services.marking.remarks import Remarkable
from interview.web.addresses import names_hidden, number_asked
from interview.web.clock import now
from interview.web.forms.marking_queue import (
    RemarkForm,
    asked,
    form_for,
    ticked,
    what_asked,
)
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.principal import me
from interview.web.safe_next import safe_path

pages = Blueprint("marking_queue", __name__)

FLAGS = {
    "gibberish": "Hardly words",
    "question copied": "Question copied",
    "keyword list": "List of keywords",
    "negated": "Says the opposite",
    "off topic": "Off topic",
    "empty": "No words",
}
_ADDRESS = "/assignments/<int:assignment_id>/marking/<int:version_id>"
_NAMED = 5


@pages.get("/classes/<int:class_id>/marking")
@logged_in
def of_class(class_id: int) -> str:
    """List the assignments of a class in which something waits."""
    found = queue.of_class(me(), class_id, number_asked("after"))
    return render_template("marking_queue/class.html", queue=found, kept=_kept("names"))


@pages.get("/assignments/<int:assignment_id>/marking")
@logged_in
def of_assignment(assignment_id: int) -> str:
    """List the questions of an assignment with answers to look at."""
    found = queue.of_assignment(me(), assignment_id, what_asked())
    return render_template("marking_queue/assignment.html", queue=found, kept=_kept("names"))


@pages.get(_ADDRESS)
@logged_in
def group(assignment_id: int, version_id: int) -> Response:
    """Show answers that are alike, with the form of one grade for them."""
    page = groups.page(me(), assignment_id, version_id, asked())
    return _page(page, form_for(page))


@pages.post(_ADDRESS)
@logged_in
def decide(assignment_id: int, version_id: int) -> BaseResponse:
    """Grade the ticked answers, and go on to the next group."""
    page = groups.page(me(), assignment_id, version_id, asked())
    form = form_for(page)
    is_valid = form.validate_on_submit()
    if not (ticked() and is_valid):
        return _page(page, form, status=422, none_ticked=not ticked())
    try:
        outcome = deciding.decide(
            me(), assignment_id, version_id, form.decision(), now(), hidden=names_hidden()
        )
    except Archived:
        return _page(page, form, status=409)
    except Unreadable:
        return _page(page, form, status=422, unreadable=True)
    if not outcome.graded:
        page = groups.page(me(), assignment_id, version_id, asked())
        return _page(page, form, status=409, overtaken=_listed(outcome.left))
    _tell(outcome, confirmed=form.confirms)
    names = {**_kept("names", "what", "after"), "at": form.following()}
    return see_other(url_for(".group", assignment_id=assignment_id, version_id=version_id, **names))


def _page(page: GroupPage, form: Any, *, status: int = 200, **context: Any) -> Response:
    html = render_template(
        "marking_queue/group.html",
        page=page,
        form=form,
        kept=_kept("names", "what"),
        here=_kept("names", "what", "after", "at"),
        left_out=_left_out(page),
        most=groups.READ,
        flags=FLAGS,
        **context,
    )
    return Response(html, status=status)


def _left_out(page: GroupPage) -> set[int]:
    """The answers whose ticks were taken away in a form that comes back."""
    if request.method == "GET":
        return set()
    return {answer.id for answer in page.answers} - set(ticked())


def _tell(outcome: Outcome, *, confirmed: bool) -> None:
    count = f"{outcome.graded} answer{'' if outcome.graded == 1 else 's'}"
    done = "confirmed" if confirmed else "graded"
    flash(f"{count} {done}.", "ok")
    if outcome.left:
        flash(
            f"Left as they are, for somebody gave a newer grade meanwhile: "
            f"{_listed(outcome.left)}.",
            "warn",
        )


def _listed(labels: tuple[str, ...]) -> str:
    rest = len(labels) - _NAMED
    return ", ".join(labels[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _kept(*names: str) -> dict[str, str]:
    """What of the address goes along with every link."""
    return {name: value for name in names if (value := request.args.get(name))}


@pages.post("/attempts/<int:attempt_id>/read/<int:position>/remark")
@logged_in
def remark(attempt_id: int, position: int) -> BaseResponse:
    """Say something to a learner beside an answer."""
    answer, form = remarks.look(me(), attempt_id, position), RemarkForm()
    otherwise = url_for("marking.read", attempt_id=attempt_id)
    back = safe_path(form.back.data, f"{otherwise}#q{position}")
    if not form.validate_on_submit():
        return _remark_page(answer, form, back, 422)
    try:
        remarks.remark(me(), attempt_id, position, form.remark.data or "", now())
    except Archived:
        return _remark_page(answer, form, back, 409)
    flash("The remark is made, and the learner is told of it.", "ok")
    return see_other(back)


def _remark_page(answer: Remarkable, form: RemarkForm, back: str, status: int) -> Response:
    html = render_template("marking_queue/remark.html", answer=answer, form=form, back=back)
    return Response(html, status=status)
