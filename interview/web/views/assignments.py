"""Giving sets to learners, the page before the start, and starting."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.assignments import editing, making, opening, reminding, starting
from interview.services.assignments.making import Kept
from interview.services.assignments.preparing import Prepared
from interview.services.assignments.starting import Refused
from interview.services.assignments.stating import Impossible
from interview.services.attempts.planning import ANSWER_CHARACTERS
from interview.services.attempts.starting import AlreadyOpen
from interview.services.classes.changing import Archived
from interview.services.cursors import Cursor
from interview.web.assignment_words import moment_in
from interview.web.clock import now
from interview.web.errors import error_page
from interview.web.forms.assignments import AssignmentForm, StartForm, data_of, set_label
from interview.web.guards import logged_in, to_log_in
from interview.web.hx import see_other
from interview.web.principal import me, viewer
from interview.web.throttle import own_account, throttled

pages = Blueprint("assignments", __name__)
pages.add_app_template_filter(moment_in)

# What the page cannot know before it is tried.
_NOTICES = {"no questions": "None of its questions can be asked any more. Tell your instructor."}
_WRONG_CODE = "This is not the access code. Case and blanks do not matter; check the rest."


@pages.errorhandler(Archived)
def archived(_error: Archived) -> Response:
    """Say why nothing changes."""
    return error_page(
        409,
        "This class is archived",
        "Nothing was changed. Its assignments can be read; take the class up again in its "
        "settings to change them.",
    )


@pages.route("/classes/<int:class_id>/assignments/new", methods=["GET", "POST"])
@logged_in
def new(class_id: int) -> BaseResponse:
    """State the terms of a new assignment, and give it."""
    blank = making.blank(me(), class_id, now())
    form = AssignmentForm(data=data_of(blank.stated) | _asked_version())
    form.offer({one.version_id: set_label(one) for one in blank.sets}, blank.choices)
    if not form.validate_on_submit():
        return _form_page("new", form, 422 if form.is_submitted() else 200, blank=blank)
    try:
        kept = making.give(me(), class_id, form.stated(), now())
    except Impossible as error:
        form.tell(error.problems)
        return _form_page("new", form, 422, blank=blank)
    return _kept(kept, f"“{form.title.data}” is given.")


def _asked_version() -> dict[str, Any]:
    asked = request.args.get("version", type=int)
    return {} if asked is None else {"version_id": asked}


def _form_page(name: str, form: AssignmentForm, status: int, **context: Any) -> Response:
    page = render_template(f"assignments/{name}.html", form=form, **context)
    return Response(page, status=status)


def _kept(kept: Kept, word: str) -> BaseResponse:
    flash(word, "ok")
    for notice in kept.notices:
        flash(notice, "warn")
    return see_other(url_for(".show", assignment_id=kept.id))


@pages.route("/assignments/<int:assignment_id>/edit", methods=["GET", "POST"])
@logged_in
def edit(assignment_id: int) -> BaseResponse:
    """Change the terms of an assignment."""
    look = editing.look(me(), assignment_id)
    form = AssignmentForm(data=data_of(look.stated))
    given = {look.version.id: f"{look.version.title}, version {look.version.number}"}
    form.offer(given | {one.version_id: set_label(one) for one in look.sets}, look.choices)
    if not form.validate_on_submit():
        return _form_page("edit", form, 422 if form.is_submitted() else 200, look=look)
    try:
        reason = (form.reason.data or "").strip()
        kept = editing.change(me(), assignment_id, form.stated(), reason, now())
    except Impossible as error:
        form.tell(error.problems)
        return _form_page("edit", form, 422, look=look)
    return _kept(kept, "The assignment was changed.")


@pages.post("/assignments/<int:assignment_id>/archive")
@logged_in
def archive(assignment_id: int) -> BaseResponse:
    """Withdraw an assignment, or give it again."""
    if request.form.get("do") == "again":
        editing.give_again(me(), assignment_id, now())
        flash("It is given again.", "ok")
    else:
        editing.withdraw(me(), assignment_id, now())
        flash("It is withdrawn: nobody can start it. You can give it again at any time.", "ok")
    return see_other(url_for(".show", assignment_id=assignment_id))


@pages.post("/assignments/<int:assignment_id>/remind")
@logged_in
def remind(assignment_id: int) -> BaseResponse:
    """Remind those who have not started, by mail and in the app."""
    try:
        count = reminding.remind(me(), assignment_id, now())
    except reminding.NotNow:
        flash("Nobody was reminded: see below why.", "warn")
    else:
        mails = f"{count} {'reminder is' if count == 1 else 'reminders are'} on the way."
        flash(mails if count else "They are reminded in the app; nobody gets it by mail.", "ok")
    return see_other(url_for(".show", assignment_id=assignment_id, _anchor="not-started"))


@pages.get("/assignments/<int:assignment_id>")
@logged_in
def show(assignment_id: int) -> BaseResponse:
    """Show a learner what an assignment asks, and staff how it goes."""
    return _page(assignment_id, StartForm())


def _page(assignment_id: int, form: StartForm, status: int = 200, notice: str = "") -> Response:
    try:
        text = request.args.get("after", "")
        after = Cursor.parse(text) if text else None
    except ValueError:
        return error_page(422, "This address names no place in the list")
    found = opening.page(me(), assignment_id, after, now())
    name = "prepare" if isinstance(found, Prepared) else "overview"
    page = render_template(
        f"assignments/{name}.html",
        page=found,
        form=form,
        notice=notice,
        answer_limit=ANSWER_CHARACTERS,
    )
    return Response(page, status=status)


def _too_often(advice: str) -> BaseResponse:
    if viewer() is None:
        return to_log_in()
    number: int = (request.view_args or {})["assignment_id"]
    return _page(number, StartForm(), 429, advice)


@pages.post("/assignments/<int:assignment_id>/start")
@throttled(_too_often, account=own_account, failures_only=True)  # type: ignore[arg-type]
@logged_in
def start(assignment_id: int) -> BaseResponse:
    """Start an attempt and show its first question; an open one is gone on with."""
    form = StartForm()
    if not form.validate():
        return _page(assignment_id, form, 422)
    try:
        attempt_id = starting.start(me(), assignment_id, form.code.data or "", now())
    except AlreadyOpen as error:
        return see_other(url_for("sitting.continue_attempt", attempt_id=error.attempt_id))
    except Refused as refused:
        return _refused(assignment_id, form, refused)
    return see_other(url_for("sitting.question", attempt_id=attempt_id, position=1))


def _refused(assignment_id: int, form: StartForm, refused: Refused) -> Response:
    if refused.why != "wrong code":
        return _page(assignment_id, form, 409, _NOTICES.get(refused.why, ""))
    form.code.errors = [_WRONG_CODE]
    return _page(assignment_id, form, 422)
