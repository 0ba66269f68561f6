"""Personal wordings: counting a sentence of one's own, and the list of them."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import own_wordings
from interview.services.attempts import counting, reviewing
from interview.services.attempts.counting import MOST_WORDINGS, NotCounted
from interview.web.addresses import number_asked
from interview.web.clock import now
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.outcomes import answer_page
from interview.web.principal import me

pages = Blueprint("personal", __name__)

WHY_NOT = {
    "derived": "The key points of this question were worked out from its reference answer, so "
    "no wording can be added to them. Nothing was counted.",
    "choice": "Choose one of your own sentences. Nothing was counted.",
    "many": f"You count {MOST_WORDINGS} wordings of this question already. Remove one first.",
    "unfound": "Even counted as a wording of this key point, that sentence does not make it "
    "found: there is too little in it, or it says the opposite. Nothing was kept. Choose "
    "another sentence, or say it more fully next time.",
}


@pages.post("/attempts/<int:attempt_id>/answers/<int:position>/count/<int:number>")
@logged_in
def count(attempt_id: int, position: int, number: int) -> BaseResponse:
    """Count a sentence of an answer as a key point."""
    choice = request.form.get("sentence", -1, type=int)
    try:
        counting.count(me(), attempt_id, position, number, choice, now())
    except NotCounted as refusal:
        screen = reviewing.answer(me().id, attempt_id, position, now())
        refused = {"number": number, "choice": choice, "why": WHY_NOT[refusal.why]}
        return answer_page(screen, 422, refused=refused)
    flash(f"Key point {number} of question {position} counts now, by your own wording.", "ok")
    if request.form.get("back") == "results":
        whole = url_for("results.results", attempt_id=attempt_id)
        return see_other(f"{whole}#q{position}")
    return see_other(url_for("results.answer", attempt_id=attempt_id, position=position))


@pages.get("/wordings")
@logged_in
def wordings() -> str:
    """List the reader's own wordings."""
    question, after = number_asked("question"), number_asked("after")
    spot = None if question is None or after is None else (question, after)
    listed = own_wordings.listed(me(), spot, now())
    return render_template("personal/wordings.html", listed=listed, is_later=spot is not None)


@pages.post("/wordings/<int:wording_id>/remove")
@logged_in
def remove(wording_id: int) -> BaseResponse:
    """Take a wording back."""
    changed = own_wordings.remove(me(), wording_id, now())
    answers = "answer was" if changed == 1 else "answers were"
    flash(f"Removed. {changed or 'No'} {answers} graded anew without it.", "ok")
    return see_other(url_for("personal.wordings"))
