"""What the pages about accounts share."""

from flask import Response, current_app, make_response, render_template


def account_page(name: str, status: int = 200, **context: object) -> Response:
    """Render a page about accounts.

    Parameters
    ----------
    name : str
        Its template in templates/accounts/.
    status : int
        HTTP status of the answer.
    **context
        Template variables, besides whether this installation sends mail.
    """
    context["sends_mail"] = sends_mail()
    return make_response(render_template(f"accounts/{name}.html", **context), status)


def sends_mail() -> bool:
    """Whether this installation can send mail."""
    return current_app.extensions["settings"].mail_url is not None
