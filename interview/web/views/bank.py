"""The question bank of an author: the list, the editor, publishing, putting away."""

from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from interview.services.authoring import (
    copying,
    diffing,
    listing,
    publishing,
    reading,
    retiring,
    saving,
    typed,
)
from interview.services.authoring.content import blank
from interview.services.authoring.publishing import NotTrusted
from interview.services.authoring.records import Content, Edited, Stale, Unfit
from interview.web.bank_pages import Clash, Gate, editor_page, section, today
from interview.web.clock import now
from interview.web.errors import error_page
from interview.web.forms import bank_rows
from interview.web.forms.bank import SEARCH_ARGS, BankSearchForm, QuestionForm
from interview.web.guards import authors
from interview.web.hx import render, see_other, wants_fragment
from interview.web.principal import me
from interview.web.requests import let_in
from interview.web.views import bank_parts

pages = Blueprint("bank", __name__, url_prefix="/bank")
pages.register_blueprint(bank_parts.pages)

LARGEST_BYTES = 8_000_000
"""Of a whole form: a question that is as long as its limits allow, and more."""

WRONG = "Nothing was saved: something below needs a correction. What you typed is still here."
LACKS = "Nothing was published or saved yet: something below is still missing."
STALE = "Somebody saved this question since you opened it. Nothing of either text is lost."


@pages.url_value_preprocessor
def read_large_questions(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let the forms of questions be larger than others; done before anything looks at them."""
    let_in(LARGEST_BYTES)


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say how large a question can be."""
    advice = (
        "A prompt, an answer or a sample can have 20,000 characters. Go back: your browser still "
        "has what you typed. Shorten it, and save it again."
    )
    return error_page(413, "That question is too large", advice, back=request.path)


@pages.get("")
@authors
def bank() -> Response:
    """List the questions that the reader may see; htmx gets the list alone."""
    form = BankSearchForm(request.args)
    args = {name: value for name in SEARCH_ARGS if (value := request.args.get(name))}
    return render(
        "bank/bank.html",
        "bank/_lines.html",
        form=form,
        args=args,
        after=request.args.get("after"),
        found=listing.search(me(), form.search(), today()),
        topics=() if wants_fragment() else listing.topics(me()),
    )


@pages.route("/new", methods=["GET", "POST"])
@authors
def new() -> BaseResponse:
    """Write a question from nothing."""
    if request.method == "GET":
        return editor_page(bank_rows.begin(QuestionForm.of(blank(), 0)), None)
    return _answer(QuestionForm.sent(request.form), None)


@pages.get("/<int:question_id>")
@authors
def question(question_id: int) -> str:
    """Show a question, what it is graded by, and where it is asked."""
    return bank_parts.question_page(reading.shown(me(), question_id))


@pages.route("/<int:question_id>/edit", methods=["GET", "POST"])
@authors
def edit(question_id: int) -> BaseResponse:
    """Go on with a question."""
    edited = reading.edited(me(), question_id)
    if request.method == "GET":
        return editor_page(QuestionForm.of(edited.content, edited.standing.revision), edited)
    return _answer(QuestionForm.sent(request.form), edited)


def _answer(form: QuestionForm, edited: Edited | None) -> BaseResponse:
    """Do what the button says with what was typed."""
    do = request.form.get("do", "save")
    if do in ("save", "review", "publish"):
        return _write(form, edited, do)
    if do == "preview":
        return editor_page(form, edited)
    tried = {name: request.form.get(f"try_{name}", "") for name in ("text", "label")}
    done = bank_rows.change(form, do, tried, today())
    if done is None:
        raise BadRequest
    if wants_fragment():
        return section(form, edited.standing if edited else None, done)
    return editor_page(form, edited, done=done, notice=("info", done.said))


def _write(form: QuestionForm, edited: Edited | None, do: str) -> BaseResponse:
    form.tidy()
    read = typed.read(form.values, today())
    try:
        if read.problems:
            raise Unfit(read.problems)
        return _save(form, read.content, edited) if do == "save" else _out(form, read, edited, do)
    except Unfit as error:
        form.complain(error.problems)
        said = WRONG if read.problems or do == "save" else LACKS
        return editor_page(form, edited, 422, notice=("error", said))
    except Stale:
        return _stale(form, read.content)


def _save(form: QuestionForm, content: Content, edited: Edited | None) -> BaseResponse:
    if edited is None:
        question_id = saving.make(me(), content, now())
    else:
        question_id = edited.standing.id
        saving.save(me(), question_id, form.revision, content, now())
    is_asked = edited is not None and edited.standing.version
    said = "What is asked stays as it was" if is_asked else "Nobody is asked it"
    flash(f"Saved. {said} until you publish.", "ok")
    return see_other(url_for("bank.edit", question_id=question_id))


def _out(form: QuestionForm, read: typed.Typed, edited: Edited | None, do: str) -> BaseResponse:
    """Publish a question, or show what publishing it would change."""
    reason = request.form.get("reason", "")
    question_id = edited.standing.id if edited else None
    try:
        if do == "review":
            found = publishing.review(me(), question_id, read.content)
            gate = Gate(found, _changed(read.content, edited), reason)
            return editor_page(form, edited, gate=gate)
        made = publishing.publish(me(), question_id, form.revision, read.content, reason, now())
    except NotTrusted as error:
        gate = Gate(error.complaints, _changed(read.content, edited), reason)
        return editor_page(form, edited, 422, gate=gate)
    flash(_published(made), "ok")
    return see_other(url_for("bank.question", question_id=made.question_id))


def _published(made: publishing.Publication) -> str:
    if not made.is_changed:
        return f"Nothing new to publish: version {made.number} is asked already."
    again = "" if made.is_new else " again"
    return f"Published. Version {made.number} is asked{again} from now on."


def _changed(content: Content, edited: Edited | None) -> tuple[str, ...]:
    """In what a question differs from what is asked of it now."""
    if edited is None or not edited.standing.version:
        return ()
    asked = reading.asked(me(), edited.standing.id)
    return tuple(one.label for one in diffing.compare(asked, content))


def _stale(form: QuestionForm, content: Content) -> Response:
    """Show both texts; sending the form again saves over the other one, knowingly."""
    theirs = reading.edited(me(), int((request.view_args or {})["question_id"]))
    form.revision = theirs.standing.revision
    clash = Clash(theirs.standing, tuple(diffing.compare(theirs.content, content)))
    return editor_page(form, theirs, 409, clash=clash, notice=("warn", STALE))


@pages.post("/<int:question_id>/retire")
@authors
def retire(question_id: int) -> BaseResponse:
    """Put a question away, or take it up again."""
    retired = request.form.get("retired") == "yes"
    retiring.retire(me(), question_id, retired=retired, now=now())
    said = "Retired. Sets that chose it still ask it." if retired else "Taken up again."
    flash(said, "ok")
    return see_other(url_for("bank.question", question_id=question_id))


@pages.post("/<int:question_id>/copy")
@authors
def copy(question_id: int) -> BaseResponse:
    """Make a question of the reader's own from another one."""
    copied = copying.copy(me(), question_id, now())
    flash("This is your copy. Nobody is asked it until you publish it.", "ok")
    return see_other(url_for("bank.edit", question_id=copied))
