"""A learner who is a script: cookies and forms over real HTTP, no browser."""

import re
from http.cookiejar import CookieJar
from typing import Self
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from lxml import html as parser

UNPROCESSABLE = 422
TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')


class Script:
    """One person's cookies at one server.

    Attributes
    ----------
    status : int
        Of the newest answer, redirects followed.
    url, html : str
        Where the newest answer came from, and what it was.
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.status, self.url, self.html, self.token = 0, base, "", ""

    def get(self, path: str) -> Self:
        """Open an address."""
        return self._open(path, None)

    def post(self, path: str, **fields: object) -> Self:
        """Send a form with the newest page's token."""
        return self._open(path, urlencode({"csrf_token": self.token, **fields}).encode())

    def words(self, selector: str) -> list[str]:
        """The texts of some elements of the newest page."""
        found = parser.fromstring(self.html).cssselect(selector)
        return [" ".join(one.text_content().split()) for one in found]

    def field(self, name: str) -> str:
        """The value of a field of the newest page."""
        (value,) = parser.fromstring(self.html).cssselect(f"[name={name}]")[:1]
        return str(value.get("value") or "")

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first such element of the newest page."""
        (found,) = parser.fromstring(self.html).cssselect(selector)[:1]
        return str(found.get(name) or "")

    def answer(self, text: str, do: str = "submit") -> Self:
        """Send the answer to the question on the page; an empty one is confirmed."""
        fields = {name: self.field(name) for name in ("base", "writer")}
        path = self.url
        self.post(path, answer=text, do=do, **fields)
        if self.status == UNPROCESSABLE and not text:
            self.post(path, answer=text, do=do, confirmed=self.field("confirmed"), **fields)
        return self

    def finish(self) -> Self:
        """Hand the attempt on the page in."""
        return self.post(f"{self.url.partition('/questions/')[0]}/finish")

    def log_in(self, email: str, password: str) -> Self:
        """Log in by the form."""
        return self.get("/log-in").post("/log-in", email=email, password=password)

    def register(self, email: str, name: str, password: str) -> Self:
        """Register by the form; without a mail server that logs in."""
        return self.get("/register").post(
            "/register", email=email, display_name=name, password=password, time_zone="UTC"
        )

    def _open(self, path: str, data: bytes | None) -> Self:
        request = Request(urljoin(self.base, path), data=data)  # noqa: S310 - the test's own server
        try:
            answer = self.opener.open(request, timeout=60)
        except HTTPError as error:
            answer = error
        with answer:
            self.status, self.url = answer.status or 0, answer.url
            self.html = answer.read().decode()
        found = TOKEN.search(self.html)
        self.token = found[1] if found else self.token
        return self
