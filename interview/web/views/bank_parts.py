"""Parts of the question bank beside the editor: trying, likes, previews, history."""

from flask import Blueprint, Response, render_template, request
from flask_limiter import RequestLimit

from interview.services.authoring import history as histories
from interview.services.authoring import reading, trying
from interview.services.authoring.reading import ASKED_COUNTED, Shown
from interview.services.authoring.records import AUDIENCES, LABELS, STATUSES, Edited
from interview.web.bank_pages import editor_page, near, read
from interview.web.clock import now
from interview.web.forms.bank import QuestionForm
from interview.web.forms.number_fields import number_in
from interview.web.guards import authors
from interview.web.hx import wants_fragment
from interview.web.principal import me
from interview.web.security import limiter
from interview.web.throttle import own_account

# Part of the bank blueprint.
pages = Blueprint("parts", __name__)

TRIES = "120 per 1 minute"
"""As often as somebody who types without a pause has an answer graded, and some more."""

PREVIEWED = 20_000
TOO_OFTEN = "That was tried too often. Nothing is lost: wait a minute, then try again."


def _edited(question_id: int | None) -> Edited | None:
    return reading.edited(me(), question_id) if question_id else None


def _refuse(_limit: RequestLimit) -> Response:
    """Give back the form, with all that was typed."""
    if wants_fragment():
        return Response(status=429)
    question_id = (request.view_args or {}).get("question_id")
    form = QuestionForm.sent(request.form)
    return editor_page(form, _edited(question_id), 429, notice=("warn", TOO_OFTEN))


costly = limiter.limit(TRIES, key_func=own_account, methods=["POST"], on_breach=_refuse)


@pages.post("/try")
@authors
@costly
def try_new() -> Response:
    """Grade a typed answer by a question that was never saved."""
    return _try(None)


@pages.post("/<int:question_id>/try")
@authors
@costly
def try_it(question_id: int) -> Response:
    """Grade a typed answer by a question as it stands in its form."""
    return _try(question_id)


def _try(question_id: int | None) -> Response:
    edited, form = _edited(question_id), QuestionForm.sent(request.form)
    if wants_fragment() and request.form.get("part") == "samples":
        version = edited.standing.version_id if edited else None
        scores = trying.score_samples(read(form), version)
        return Response(render_template("bank/_scores.html", scores=scores, labels=LABELS))
    if not wants_fragment():
        return editor_page(form, edited)
    tried = trying.try_answer(read(form), request.form.get("try_text", ""))
    return Response(render_template("bank/_tried.html", tried=tried))


@pages.post("/near")
@authors
@costly
def near_ones() -> Response:
    """Tell of questions that ask nearly the same as the one that is being typed."""
    edited = _edited(number_in(request.form.get("question")) or None)
    found = near(request.form.get("prompt", ""), edited.standing if edited else None)
    return Response(render_template("bank/_near.html", near=found, statuses=STATUSES))


@pages.post("/preview")
@authors
@costly
def preview() -> Response:
    """Render one text of a form as learners would see it."""
    text = request.form.get(request.form.get("field", ""), "")[:PREVIEWED]
    return Response(render_template("bank/_preview.html", text=text))


@pages.get("/<int:question_id>/history")
@authors
def history(question_id: int) -> str:
    """List every state of a question, or show what changed between two of them."""
    first, second = request.args.get("from"), request.args.get("to")
    if first and second:
        found = histories.comparison(me(), question_id, first, second)
        return render_template("bank/compare.html", compared=found)
    listed = histories.history(me(), question_id, request.args.get("after", ""))
    return render_template("bank/history.html", listed=listed)


def question_page(shown: Shown) -> str:
    """Render a question as it can be read."""
    standing = shown.standing
    return render_template(
        "bank/question.html",
        standing=standing,
        content=shown.content,
        target=shown.target,
        uses=shown.uses,
        asked_counted=ASKED_COUNTED,
        scores=trying.score_samples(shown.content, None),
        statuses=STATUSES,
        audiences=AUDIENCES,
        labels=LABELS,
        today=now().date(),
    )
