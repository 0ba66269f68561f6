"""For machines: is the process up, is the database ready, a fresh CSRF token."""

from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import generate_csrf

from interview.services import database
from interview.web.guards import public
from interview.web.principal import viewer

pages = Blueprint("system", __name__)


@pages.get("/healthz")
@public
def healthz() -> Response:
    """Answer while the process lives."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
@public
def readyz() -> Response:
    """Answer 200 when the database can be used, 503 with the reason when it cannot."""
    trouble = database.problem()
    return Response(
        f"{trouble or 'ready'}\n", status=503 if trouble else 200, mimetype="text/plain"
    )


@pages.get("/csrf-token")
@public
def csrf_token() -> Response:
    """A token for a page whose own has expired."""
    return jsonify(token=generate_csrf(), logged_in=viewer() is not None)
