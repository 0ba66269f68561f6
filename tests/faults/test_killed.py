"""A server that is killed outright: what it had acknowledged is there when it comes back."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from lxml import html
from lxml.html import FormElement, HtmlElement

from tests.support.processes import Program, free_port, running, wait_for
from tests.support.threads import meanwhile

ENOUGH_SAVES = 25


class Browser:
    """Cookies, links and forms over a real connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = ""
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def ask(self, path: str, data: bytes | None = None, **options: Any) -> str:
        asking = Request(self.url + path, data, **options)  # noqa: S310 - this machine alone
        with self._opener.open(asking, timeout=30) as answer:
            self.path = answer.geturl().removeprefix(self.url)
            text: str = answer.read().decode()
            return text

    def open(self, path: str) -> HtmlElement:
        return html.document_fromstring(self.ask(path))

    def send(self, form: FormElement, **fields: str) -> HtmlElement:
        values = {**dict(form.form_values()), **fields}
        return html.document_fromstring(self.ask(form.action or "", urlencode(values).encode()))

    def save(self, form: FormElement, text: str, base: int, sequence: int) -> int:
        """Save a draft and return its revision."""
        body = {"text": text, "base": base, "writer": "page", "sequence": sequence}
        headers = {"Content-Type": "application/json"}
        headers["X-CSRFToken"] = str(form.fields["csrf_token"])
        path = str(form.get("data-draft"))
        answer = self.ask(path, json.dumps(body).encode(), headers=headers, method="PUT")
        revision: int = json.loads(answer)["revision"]
        return revision


@contextmanager
def served(folder: Path, port: int) -> Iterator[Program]:
    """The app as `make run` starts it."""
    environment = {"PORT": str(port), "INSTANCE": str(folder / "instance"), "SECRET_KEY": ""}
    environment |= {"DATABASE_URL": "", "MAIL_URL": "", "PUBLIC_URL": ""}
    with running("interview.web.serve", folder / "log", **environment) as program:
        program.wait_for("Mock Interview is at")
        yield program


def kill(program: Program) -> None:
    worker = program.children()
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    wait_for(lambda: not any(one.is_running() for one in worker), "the worker's end")


def form_of(page: HtmlElement, name: str) -> FormElement:
    (form,) = page.xpath(f"//form[{name}]")
    assert isinstance(form, FormElement)
    return form


def type_until_it_breaks(browser: Browser, form: FormElement, saved: list[str]) -> None:
    """Save without a pause; `saved` holds what was acknowledged."""
    try:
        for number in range(1, 100_000):
            text = f"{number} words that were typed"
            assert browser.save(form, text, number - 1, number) == number
            saved.append(text)
    except (OSError, URLError, HTTPException):
        return


def test_a_killed_server_has_every_draft_that_it_acknowledged(tmp_path: Path) -> None:
    port = free_port()
    browser, saved = Browser(f"http://127.0.0.1:{port}"), list[str]()
    with served(tmp_path, port) as program:
        question = browser.send(form_of(browser.open("/"), "@action='/guest'"))
        here = browser.path
        form = form_of(question, "@id='answer-form'")
        with meanwhile(lambda: type_until_it_breaks(browser, form, saved)):
            wait_for(lambda: len(saved) >= ENOUGH_SAVES, "some saves")
            kill(program)
    with served(tmp_path, port):
        form = form_of(browser.open(here), "@id='answer-form'")
        text, revision = str(form.fields["answer"]).strip(), int(form.fields["base"] or 0)
        # A save under way at the end may have come through unheard; none that was heard is gone.
        assert revision in (len(saved), len(saved) + 1)
        assert text == f"{revision} words that were typed"
        graded = browser.send(form, do="submit")
        assert browser.path == here.replace("questions", "answers")
        assert text in " ".join(graded.text_content().split())
