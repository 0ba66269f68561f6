"""Study: the sets, their reading articles, and search."""

from flask import Blueprint, Response, make_response, render_template, request

from interview.services import study
from interview.services.study_records import Closed
from interview.web.clock import now
from interview.web.guards import public
from interview.web.hx import render
from interview.web.principal import viewer

pages = Blueprint("study", __name__, url_prefix="/study")

_MOST_DIGITS = 9


@pages.get("")
@public
def sets() -> str:
    """List the sets that there are to read and to practise."""
    return render_template("study/sets.html", page=study.page_of_sets(_reader(), _after()))


@pages.get("/search")
@public
def search() -> Response:
    """Search all that the reader may read."""
    found = study.search(request.args.get("q", ""), _reader(), now(), _after())
    return render("study/search.html", "study/_results.html", found=found)


@pages.get("/<slug>")
@public
def article(slug: str) -> Response:
    """Read a set, or the part of it that a search finds."""
    try:
        read = study.article(slug, _reader(), now(), request.args.get("q", ""))
    except Closed as closed:
        return make_response(render_template("study/closed.html", set=closed.card), 403)
    return render("study/article.html", "study/_questions.html", article=read)


def _reader() -> int | None:
    person = viewer()
    return person.id if person else None


def _after() -> int:
    text = request.args.get("after", "")
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else 0
