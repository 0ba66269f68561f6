"""An answer of the app as a test sees it: its status, and its parsed HTML."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import html
from lxml.cssselect import CSSSelector
from lxml.html import FormElement, HtmlElement
from werkzeug.test import TestResponse

_FIRST_LINE_END = re.compile(r"\A\r?\n")


# Every page is asked the same: reading the selectors anew would take a tenth of the time.
@lru_cache(maxsize=1024)
def _selecting(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


@dataclass(frozen=True)
class Submission:
    """What a browser would send for a form."""

    form: FormElement
    method: str
    action: str
    values: dict[str, list[object]]
    multipart: bool


class Page:
    """An answer; the HTML of a page or fragment can be searched by CSS selectors."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.path = response.request.full_path.rstrip("?")
        self.html = response.get_data(as_text=True)
        # Nobody reads the few words that come with a redirect.
        read = "Location" not in self.headers
        self.is_html = response.mimetype == "text/html" and bool(self.html.strip()) and read
        self.is_full = self.is_html and "<html" in self.html[:500].lower()
        self.root = _parsed(self.html) if self.is_html else None

    def __repr__(self) -> str:
        return f"<Page {self.path} {self.status}>"

    @property
    def location(self) -> str | None:
        """Where the answer sends the browser on to."""
        return self.headers.get("HX-Redirect") or self.headers.get("Location")

    @property
    def text(self) -> str:
        """The words that a reader sees, single-spaced."""
        return words(self.select("body")[0]) if self.root is not None else self.html

    @property
    def json(self) -> object:
        return self.response.get_json()

    @property
    def token(self) -> str | None:
        """The CSRF token that the page holds, in a form or for htmx."""
        for field in self.select("input[name=csrf_token]"):
            return field.get("value")
        for element in self.select("[hx-headers]"):
            token = json.loads(element.get("hx-headers") or "{}").get("X-CSRFToken")
            return str(token) if token else None
        return None

    def select(self, selector: str) -> list[HtmlElement]:
        return _selecting(selector)(self.root) if self.root is not None else []

    def one(self, selector: str) -> HtmlElement:
        found = self.select(selector)
        assert len(found) == 1, f"{len(found)} × {selector!r} on {self!r}"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        return [words(element) for element in self.select(selector)]

    def link(self, text: str) -> str:
        """The address behind the link with this text."""
        found = {a.get("href") for a in self.select("a[href]") if name_of(a) == text}
        assert len(found) == 1, f"{len(found)} links {text!r} on {self!r}"
        return str(found.pop())

    def submission(self, target: str, fields: dict[str, object]) -> Submission:
        """Fill in a form, named by its id or by the text of one of its buttons."""
        form, button = self._form(target)
        values: dict[str, list[object]] = {}
        for name, value in form.form_values():
            values.setdefault(name, []).append(value)
        known = set(form.inputs.keys())
        for name, given in fields.items():
            assert name in known, f"the form {target!r} has no field {name!r}, but {sorted(known)}"
            values[name] = given if isinstance(given, list) else [given]
        origin = button if button is not None else form
        if button is not None and button.get("name"):
            values[button.get("name", "")] = [button.get("value", "")]
        action = origin.get("formaction") or form.get("action") or self.path
        method = origin.get("formmethod") or form.get("method") or "get"
        given_values = {name: [v for v in all_ if v is not None] for name, all_ in values.items()}
        multipart = form.get("enctype") == "multipart/form-data"
        return Submission(form, method.upper(), action, given_values, multipart)

    def _form(self, target: str) -> tuple[FormElement, HtmlElement | None]:
        forms = [form for form in self.select("form[id]") if form.get("id") == target]
        if forms:
            return _as_form(forms[0]), None
        buttons = [b for b in self.select("button, input[type=submit]") if name_of(b) == target]
        assert len(buttons) == 1, f"{len(buttons)} forms or buttons {target!r} on {self!r}"
        outside = buttons[0].get("form")
        form = self.one(f"form#{outside}") if outside else _enclosing_form(buttons[0])
        return _as_form(form), buttons[0]


def _parsed(text: str) -> HtmlElement:
    root = html.document_fromstring(text)
    for area in root.iter("textarea"):
        # A browser drops the line end that stands before a field's text; lxml does not.
        area.text = _FIRST_LINE_END.sub("", area.text or "")
    return root


def words(element: HtmlElement) -> str:
    """An element's text, single-spaced."""
    return " ".join(element.text_content().split())


def name_of(element: HtmlElement) -> str:
    """The name that assistive software reads for a link or button, in short."""
    return element.get("aria-label") or words(element) or element.get("value") or ""


def _enclosing_form(button: HtmlElement) -> HtmlElement:
    form = next(iter(button.iterancestors("form")), None)
    assert form is not None, f"the button {name_of(button)!r} is outside every form"
    return form


def _as_form(element: HtmlElement) -> FormElement:
    assert isinstance(element, FormElement)
    return element
