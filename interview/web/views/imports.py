"""Questions from files: sent in, looked at, and then imported or dropped."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from interview.services.importing import accepting, as_csv, receiving, showing
from interview.services.importing.records import (
    FORMATS,
    LARGEST_BYTES,
    LARGEST_MB,
    MOST_QUESTIONS,
    MOST_UNFINISHED,
    OUTCOMES,
    NothingSent,
    NotNow,
    TooLarge,
    TooMany,
)
from interview.web.clock import now
from interview.web.errors import error_page
from interview.web.forms.imports import ImportForm
from interview.web.forms.number_fields import number_in
from interview.web.guards import authors
from interview.web.hx import render, see_other
from interview.web.principal import me, viewer
from interview.web.requests import let_in

pages = Blueprint("imports", __name__, url_prefix="/bank")

# A little too much is still read, so that the answer can say by how much; text that is pasted
# may take three characters in the request for one of its own.
READ_BYTES = 3 * LARGEST_BYTES + 1_000_000

NOTHING = "Choose a file, or paste the text of one."
TOO_MANY = (
    f"You have {MOST_UNFINISHED} imports that are not finished. Import or drop one of them first."
)
NOT_NOW = "This cannot be done with the import as it is now. It is shown as it is."


@pages.url_value_preprocessor
def read_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this route alone be sent so much; done before anything looks at the form."""
    if endpoint == "imports.upload":
        let_in(READ_BYTES)


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say how large a file can be; the form of the request was not read."""
    said = receiving.too_large(request.content_length or READ_BYTES)
    person = viewer()
    if person is None or not person.is_author:
        return error_page(413, "That file is too large", said)
    form = ImportForm(formdata=None)
    form.file.errors = [said]
    return _form_page(form, 413)


@pages.route("/import", methods=["GET", "POST"])
@authors
def upload() -> BaseResponse:
    """Take a file in for the worker to read."""
    form = ImportForm()
    if request.method == "GET":
        return _form_page(form)
    if not form.validate():
        return _form_page(form, 422)
    try:
        import_id = receiving.receive(me(), form.upload(), form.choices(), now())
    except NothingSent:
        form.file.errors = [NOTHING]
        return _form_page(form, 422)
    except TooLarge as error:
        form.file.errors = [str(error)]
        return _form_page(form, 413)
    except TooMany:
        return _form_page(form, 422, notice=TOO_MANY)
    return see_other(url_for("imports.show", import_id=import_id))


def _form_page(form: ImportForm, status: int = 200, notice: str = "") -> Response:
    limits = {"mb": LARGEST_MB, "questions": MOST_QUESTIONS}
    page = render_template("imports/upload.html", form=form, limits=limits, notice=notice)
    return make_response(page, status)


@pages.get("/imports")
@authors
def mine() -> str:
    """List the reader's imports."""
    before = number_in(request.args.get("after")) or None
    listed = showing.mine(me(), before)
    return render_template("imports/mine.html", listed=listed, formats=FORMATS)


@pages.get("/imports/<int:import_id>")
@authors
def show(import_id: int) -> Response:
    """Show how far an import is, what it would make, or what it made."""
    return _page(import_id)


@pages.post("/imports/<int:import_id>/accept")
@authors
def accept(import_id: int) -> BaseResponse:
    """Have the worker write what was shown, or read once more what failed."""
    try:
        if request.form.get("do") == "retry":
            accepting.retry(me(), import_id, now())
        else:
            copies = request.form.get("copies") == "y"
            accepting.accept(me(), import_id, now(), copies=copies)
    except NotNow:
        return _page(import_id, 409, NOT_NOW)
    return see_other(url_for("imports.show", import_id=import_id))


@pages.post("/imports/<int:import_id>/drop")
@authors
def drop(import_id: int) -> BaseResponse:
    """Forget a file; nothing of it is imported."""
    try:
        accepting.drop(me(), import_id, now())
    except NotNow:
        return _page(import_id, 409, NOT_NOW)
    flash("Dropped: nothing was imported, and the file is not kept.", "ok")
    return see_other(url_for("imports.mine"))


@pages.get("/imports/<int:import_id>/problems.csv")
@authors
def problems(import_id: int) -> Response:
    """Everything that there is to say about a file, for spreadsheet programs."""
    pieces = as_csv.problems(me(), import_id)
    response = Response(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    name = f"import-{import_id}-problems.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _page(import_id: int, status: int = 200, notice: str = "") -> Response:
    outcome = request.args.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else ""
    after = number_in(request.args.get("after"))
    found = showing.screen(me(), import_id, now(), outcome=outcome, after=after)
    return render(
        "imports/import.html",
        "imports/_import.html",
        status,
        job=found,
        outcome=outcome,
        after=after,
        formats=FORMATS,
        notice=notice,
    )
