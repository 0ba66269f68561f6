"""Pages and fragments: one template serves both, and the request decides."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse


def wants_fragment() -> bool:
    """Whether htmx asks for the part that it swaps, and not for a page to restore."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers


def render(page: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """Answer with a page, or with just the fragment that the page includes.

    Parameters
    ----------
    page, fragment : str
        Template names; the page includes the fragment.
    status : int
        HTTP status of the answer.
    **context
        Template variables, the same for both.
    """
    name = fragment if wants_fragment() else page
    response = make_response(render_template(name, **context), status)
    response.vary.add("HX-Request")
    return response


def see_other(location: str) -> BaseResponse:
    """Send a browser on after a write; htmx gets told to load the whole page."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": location})
    return redirect(location, code=303)
