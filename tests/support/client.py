"""A test client that checks every page it is given, and sends forms as a browser would."""

import json as json_module
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.support.page import Page, Submission
from tests.support.page_rules import problems

SEE_OTHER = 303


class CheckingClient:
    """A browser without scripts: cookies, links and forms, and a sharp eye.

    Every HTML answer must keep the rules of `tests.support.page_rules`. The CSRF token of
    the latest page goes along with whatever is sent, unless ``csrf=False``.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.flask: FlaskClient = app.test_client()
        self.token: str | None = None

    def get(self, path: str, **options: Any) -> Page:
        return self.request("GET", path, **options)

    def post(self, path: str, data: Mapping[str, object] | None = None, **options: Any) -> Page:
        return self.request("POST", path, data=data, **options)

    def put(self, path: str, **options: Any) -> Page:
        return self.request("PUT", path, **options)

    def delete(self, path: str, **options: Any) -> Page:
        return self.request("DELETE", path, **options)

    def request(
        self,
        method: str,
        path: str,
        *,
        follow: bool = False,
        htmx: bool = False,
        csrf: bool = True,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> Page:
        """Send a request; `options` are those of Flask's client (data, json, …)."""
        sent = {**({"HX-Request": "true"} if htmx else {}), **(headers or {})}
        if csrf and method != "GET":
            sent.setdefault("X-CSRFToken", self._any_token())
        response = self.flask.open(path, method=method, headers=sent, **options)
        page = self._checked(Page(response))
        # What is sent as a large file is kept in one, which the test client leaves open.
        response.request.input_stream.close()
        return self.follow(page) if follow else page

    def follow(self, page: Page) -> Page:
        """Go where an answer sends the browser, as often as it does."""
        for _ in range(10):
            if page.location is None:
                return page
            if page.response.request.method == "POST" and "Location" in page.headers:
                assert page.status == SEE_OTHER, f"{page!r} redirects a POST with {page.status}"
            page = self.get(page.location)
        raise AssertionError(f"redirected in circles at {page!r}")

    def click(self, page: Page, text: str) -> Page:
        """Follow the link with this text."""
        return self.get(page.link(text), follow=True)

    def submit(
        self, page: Page, target: str, *, follow: bool = True, htmx: bool = False, **fields: object
    ) -> Page:
        """Send a form of a page, with its own values but for the fields given here.

        Parameters
        ----------
        target
            The form's id, or the text of one of its buttons.
        follow
            Whether to go on where the answer sends the browser.
        htmx
            Send it as htmx would: to ``hx-post``, asking for a fragment.
        fields
            A list gives a field several values; None leaves it out, as an unticked box.
        """
        filled = page.submission(target, fields)
        if filled.method == "GET":
            return self.get(filled.action, query_string=filled.values, htmx=htmx, follow=follow)
        action, headers = _as_htmx(filled, page) if htmx else (filled.action, {})
        kind = "multipart/form-data" if filled.multipart else "application/x-www-form-urlencoded"
        return self.request(
            "POST",
            action,
            data=filled.values,
            content_type=kind,
            headers=headers,
            htmx=htmx,
            csrf=False,
            follow=follow,
        )

    def log_in(self, user_id: int, epoch: int = 0) -> None:
        """Be this user from now on, without the log-in form."""
        with self.flask.session_transaction() as session:
            session["_user_id"] = f"{user_id}.{epoch}"
            session["_fresh"] = True

    def _any_token(self) -> str:
        if self.token is None:
            self.get("/", follow=True)
        assert self.token is not None, "no page has held a CSRF token yet"
        return self.token

    def _checked(self, page: Page) -> Page:
        self.token = page.token or self.token
        if page.is_html and (found := problems(page, self.app)):
            listed = "\n  ".join(found)
            raise AssertionError(f"{page!r} breaks the rules of pages:\n  {listed}")
        return page


def _as_htmx(filled: Submission, page: Page) -> tuple[str, dict[str, str]]:
    form = filled.form
    headers = {"HX-Current-URL": f"http://localhost{page.path}"}
    if (target := form.get("hx-target") or "").startswith("#"):
        headers["HX-Target"] = target[1:]
    for element in page.select("body[hx-headers]"):
        headers.update(json_module.loads(element.get("hx-headers") or "{}"))
    return form.get("hx-post") or filled.action, headers
