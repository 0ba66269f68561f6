"""What must hold on every page, whatever it shows."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.support.page import Page, name_of, words

UNLABELLED = ("hidden", "submit", "button", "reset", "image")
# Attributes that name another element of the page by its id.
REFERENCES = ("for", "form", "list", "aria-labelledby", "aria-describedby", "aria-controls")
HX_REFERENCES = ("hx-target", "hx-select", "hx-include", "hx-indicator")
POINTING = ", ".join(f"[{name}]" for name in REFERENCES + HX_REFERENCES)
HX_METHODS = ("get", "post", "put", "patch", "delete")
# With allowEval:false htmx ignores a filter in square brackets and fires all the same.
EVALUATED = re.compile(r"^\s*(?:js|javascript):", re.IGNORECASE)


def problems(page: Page, app: Flask) -> list[str]:
    """List what is wrong with an HTML answer."""
    rules = [_ids, _forms, _labels, _names, _images, _handlers, _own_anchors]
    if page.is_full:
        rules += [_outline, _references, _pinned]
    found = [problem for rule in rules for problem in rule(page)]
    return found + list(_links(page, app))


def _outline(page: Page) -> Iterator[str]:
    if (count := len(page.select("h1"))) != 1:
        yield f"{count} h1 elements"
    if (count := len(page.select("main"))) != 1:
        yield f"{count} main elements"
    if not any(page.texts("title")):
        yield "no title"
    if not page.one("html").get("lang"):
        yield "html has no lang"


def _ids(page: Page) -> Iterator[str]:
    ids = [element.get("id") for element in page.select("[id]")]
    for repeated in sorted({str(one) for one in ids if ids.count(one) > 1}):
        yield f"the id {repeated!r} is there twice"


def _forms(page: Page) -> Iterator[str]:
    for form in page.select("form"):
        name = form.get("id") or form.get("action") or words(form)[:40]
        if not form.get("action"):
            yield f"the form {name!r} has no action"
        method = (form.get("method") or "").lower()
        if method not in ("get", "post"):
            yield f"the form {name!r} has the method {method!r}"
        if method == "post" and not form.xpath(".//input[@name='csrf_token'][@value!='']"):
            yield f"the form {name!r} carries no csrf_token"


def _labels(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.select("label[for]") if words(label)}
    for field in page.select("input, select, textarea"):
        if field.get("type") in UNLABELLED or field.get("id") in labelled:
            continue
        if field.get("aria-label") or field.get("aria-labelledby"):
            continue
        if not any(words(label) for label in field.iterancestors("label")):
            yield f"the field {field.get('name', '')!r} has no label"


def _names(page: Page) -> Iterator[str]:
    for element in page.select("a[href], button"):
        pictured = [image.get("alt") for image in element.iter("img")]
        if not name_of(element) and not element.get("aria-labelledby") and not any(pictured):
            yield f"a nameless <{_tag(element)}> ({element.get('href') or element.get('class')})"


def _images(page: Page) -> Iterator[str]:
    for image in page.select("img:not([alt])"):
        yield f"the image {image.get('src')} has no alt"


def _handlers(page: Page) -> Iterator[str]:
    for element in page.select("*"):
        for name, value in element.attrib.items():
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on")):
                yield f"<{_tag(element)}> has the attribute {name}"
            if EVALUATED.match(value) or (name == "hx-trigger" and "[" in value):
                yield f"<{_tag(element)}> has {name}={value!r}, which would be evaluated"
    if page.select("style") or page.select("script:not([src]):not([type='application/json'])"):
        yield "an inline script or style"


def _own_anchors(page: Page) -> Iterator[str]:
    if not page.is_full:
        return
    ids = {element.get("id") for element in page.select("[id]")}
    for link in page.select("a[href^='#']"):
        anchor = (link.get("href") or "")[1:]
        if anchor not in ids:
            yield f"the link #{anchor} leads nowhere"


def _references(page: Page) -> Iterator[str]:
    ids = {element.get("id") for element in page.select("[id]")}
    for element in page.select(POINTING):
        named = [id_ for name in REFERENCES for id_ in (element.get(name) or "").split()]
        for name in HX_REFERENCES:
            named += re.findall(r"#([\w-]+)", element.get(name) or "")
        for missing in set(named) - ids:
            yield f"<{_tag(element)}> names the id {missing!r}, which is not on the page"


def _pinned(page: Page) -> Iterator[str]:
    for element in page.select("script[src], link[rel=stylesheet]"):
        url = element.get("src") or element.get("href") or ""
        foreign = bool(urlsplit(url).netloc)
        if foreign and not (element.get("integrity") and element.get("crossorigin")):
            yield f"{url} is loaded without integrity and crossorigin"


def _links(page: Page, app: Flask) -> Iterator[str]:
    adapter = app.url_map.bind("localhost")
    for url, method in _addresses(page):
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or not parts.path:
            continue
        try:
            endpoint, values = adapter.match(parts.path, method=method)
        except (HTTPException, RequestRedirect) as error:
            yield f"{method} {url} leads to no route ({type(error).__name__})"
            continue
        if endpoint == "static" and not Path(str(app.static_folder), values["filename"]).is_file():
            yield f"{url} is not a file"


def _addresses(page: Page) -> Iterator[tuple[str, str]]:
    for selector, attribute in (
        ("a[href]", "href"),
        ("link[href]", "href"),
        ("script[src]", "src"),
        ("img[src]", "src"),
    ):
        for element in page.select(selector):
            yield element.get(attribute) or "", "GET"
    for form in page.select("form[action]"):
        yield form.get("action") or "", (form.get("method") or "get").upper()
    for button in page.select("[formaction]"):
        yield button.get("formaction") or "", _method_of(button)
    for method in HX_METHODS:
        for element in page.select(f"[hx-{method}]"):
            yield element.get(f"hx-{method}") or "", method.upper()


def _tag(element: HtmlElement) -> str:
    return str(element.tag)


def _method_of(button: HtmlElement) -> str:
    forms = list(button.iterancestors("form"))
    method = button.get("formmethod") or (forms[0].get("method") if forms else "post")
    return (method or "get").upper()
