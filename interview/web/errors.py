"""Error pages: what happened, in the reader's words, and the next step."""

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts.records import NotFound, NotShownYet
from interview.services.classes.access import Forbidden
from interview.services.database import busy_errors
from interview.web.kept import stale_answer
from interview.web.principal import viewer

_WORDS = {
    400: ("That request could not be read", "Go back, reload the page and try once more."),
    403: ("This page is not for your account", "Ask an administrator if you think it should be."),
    404: ("There is nothing here", "The address may be mistyped, or it belongs to somebody else."),
    405: ("That cannot be done this way", "Go back and use the buttons of the page."),
    413: (
        "That is too much at once",
        "An answer may have 20,000 characters. Go back, shorten the text and send it again.",
    ),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Something went wrong on our side",
        "It was noted. Drafts that were marked as saved are safe; reload to go on.",
    ),
    503: (
        "The database is busy",
        "Nothing was lost: go back and send it once more in a few seconds.",
    ),
}
_SERVER_ERROR = 500
_SENT_IN_VAIN = {"csrf_token", "password", "new_password", "current_password"}


def install(app: Flask) -> None:
    """Register a page for every kind of error."""
    app.register_error_handler(CSRFError, _csrf_failed)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(Forbidden, _forbidden)
    app.register_error_handler(NotShownYet, _not_shown)
    for kind in busy_errors():
        app.register_error_handler(kind, _database_busy)
    app.register_error_handler(500, _http_error)


def error_page(status: int, title: str = "", advice: str = "", **context: object) -> Response:
    """Render the page for a status; title and advice replace the usual words."""
    words = _WORDS.get(status, _WORDS[status // 100 * 100])
    if not _is_reader_known(status):
        g._login_user = AnonymousUserMixin()
    page = render_template(
        "errors/page.html",
        status=status,
        title=title or words[0],
        advice=advice or words[1],
        **context,
    )
    response = make_response(page, status)
    # A fragment's place may hold typed text: an error is told beside it, never over it.
    response.headers["HX-Reswap"] = "none"
    return response


def _is_reader_known(status: int) -> bool:
    """Whether the page can name its reader, which may need the database that is broken."""
    if status >= _SERVER_ERROR:
        return "_login_user" in g
    try:
        viewer()
    except busy_errors():
        return False
    return True


def _http_error(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    page = error_page(error.code or 500)
    # A wrong method is answered with the right ones.
    page.headers.extend(pair for pair in error.get_headers() if pair[0] != "Content-Type")
    return page


def _not_found(_error: NotFound) -> Response:
    return error_page(404)


def _forbidden(_error: Forbidden) -> Response:
    return error_page(403)


def _not_shown(_error: NotShownYet) -> Response:
    return error_page(
        409,
        "This question has not been shown yet",
        "Open the session again: it goes on where you left it.",
    )


def _database_busy(_error: Exception) -> Response:
    return error_page(503)


def _csrf_failed(_error: CSRFError) -> BaseResponse:
    """Give back what was typed: the form is stale, the text is not."""
    if request.endpoint == "sitting.draft":
        return make_response(jsonify(reason="csrf"), 400)
    if request.endpoint == "sitting.act":
        return _stale_answer(**request.view_args or {})
    typed = {
        name: value
        for name, value in request.form.items()
        if name not in _SENT_IN_VAIN and len(value) > 0
    }
    return error_page(
        400,
        "This page had grown stale",
        "Nothing was changed. Open the page again and send the form once more.",
        typed=typed,
        back=request.path if request.method == "GET" else request.referrer or "/",
    )


def _stale_answer(attempt_id: int, position: int) -> BaseResponse:
    # What an error handler raises itself is handled by no other.
    try:
        return stale_answer(attempt_id, position)
    except NotFound:
        return error_page(404)
