"""Reading assigned attempts for staff, and grading their answers."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.classes.changing import Archived
from interview.services.marking import overriding, reading
from interview.services.marking.answers import AnswerToGrade
from interview.services.marking.overriding import Overtaken, Unreadable
from interview.web.clock import now
from interview.web.forms.marking import OverrideForm, base_of, form_for
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.principal import me

pages = Blueprint("marking", __name__, url_prefix="/attempts/<int:attempt_id>/read")


@pages.get("")
@logged_in
def read(attempt_id: int) -> str:
    """Show everything that was handed in, or what the learner sees of it."""
    as_learner = request.args.get("as") == "learner"
    found = reading.read(me(), attempt_id, now(), as_learner=as_learner)
    return render_template("marking/read.html", reading=found, screen=found.screen)


@pages.get("/<int:position>/override")
@logged_in
def override(attempt_id: int, position: int) -> Response:
    """Show an answer with the form of another grade."""
    answer = overriding.look(me(), attempt_id, position, now())
    return _page(answer, form_for(answer))


@pages.post("/<int:position>/override")
@logged_in
def give(attempt_id: int, position: int) -> BaseResponse:
    """Give another grade, or take the grader's again."""
    answer = overriding.look(me(), attempt_id, position, now())
    form = form_for(answer)
    if not form.validate_on_submit():
        return _page(answer, form, status=422)
    try:
        outcome = _write(attempt_id, position, form)
    except Archived:
        return _page(answer, form, status=409)
    except Unreadable:
        return _page(answer, form, status=422, unreadable=True)
    if isinstance(outcome, Overtaken):
        return _overtaken(outcome.answer, form)
    flash(f"Question {position} now has {round(outcome.grade.score * 100)} %.", "ok")
    target = url_for(".read", attempt_id=attempt_id)
    return see_other(f"{target}#q{position}")


def _write(attempt_id: int, position: int, form: OverrideForm) -> AnswerToGrade | Overtaken:
    if request.form.get("do") == "automatic":
        base, reason = base_of(form.base), form.reason.data or ""
        return overriding.take_back(me(), attempt_id, position, base, reason, now())
    return overriding.override(me(), attempt_id, position, form.decision(), now())


def _overtaken(answer: AnswerToGrade, form: OverrideForm) -> Response:
    """Show both grades; sending the form once more puts what was typed over the newer one."""
    form.base.data = str(answer.grade_id)
    return _page(answer, form, status=409, overtaken=True)


def _page(
    answer: AnswerToGrade, form: OverrideForm, *, status: int = 200, **context: Any
) -> Response:
    page = render_template("marking/override.html", answer=answer, form=form, **context)
    return Response(page, status=status)
