"""Requests as the app reads them: a form has no more fields than any page could send."""

from io import BytesIO
from typing import IO

from flask import Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 1000
"""As many as Werkzeug takes of the other kind of form; the largest page has a third of them."""

_URLENCODED = "application/x-www-form-urlencoded"

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class _Parser(FormDataParser):
    """Refuses a body of millions of tiny fields, which would take half a minute to read."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        if mimetype == _URLENCODED:
            body = stream.read()
            if body.count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge
            stream = BytesIO(body)
        return super().parse(stream, mimetype, content_length, options)


class FormRequest(Request):
    """A request whose form is counted before it is taken apart."""

    form_data_parser_class = _Parser


def let_in(size: int) -> None:
    """Let the request at hand be so large, in bytes; before anything looks at its form."""
    request.max_content_length = size
    request.max_form_memory_size = size
