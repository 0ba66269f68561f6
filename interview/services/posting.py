"""Handing a mail over: to an SMTP server, or to the operator's eyes where there is none."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

import click

from interview.services.letters import Letter, MailSettings

TIMEOUT_SECONDS = 20
# Message submission, in the clear at first and encrypted from the start (RFC 8314).
_PORTS = {"smtp": 587, "smtps": 465}


class NotEncryptedError(smtplib.SMTPException):
    """The server would have the password sent in the clear."""


def post(letter: Letter, settings: MailSettings, number: int, written_at: datetime) -> None:
    """Hand a mail over.

    Parameters
    ----------
    number : int
        The mail's place in the outbox. It names the message, so that a mail program can
        tell that one which comes twice is the same.
    written_at : datetime
        When the mail was asked for.

    Raises
    ------
    OSError, smtplib.SMTPException
        When the server cannot be reached or does not take it.
    """
    if settings.mail_url is None:
        click.echo(f"--- mail to {letter.address} ---\nSubject: {letter.subject}\n\n{letter.text}")
        return
    message = EmailMessage()
    # What begins so is decoded when it is set: a name could bring line ends, and headers, along.
    message["Subject"] = letter.subject.replace("=?", "= ?")
    message["From"] = settings.mail_from
    message["To"] = letter.address
    message["Date"] = format_datetime(written_at)
    host = urlsplit(settings.public_url).hostname
    message["Message-ID"] = f"<{number}.{int(written_at.timestamp())}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    with _connect(urlsplit(settings.mail_url)) as server:
        server.send_message(message)


def _connect(url: SplitResult) -> smtplib.SMTP:
    host, port = url.hostname or "", url.port or _PORTS[url.scheme]
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    try:
        _prove(server, url, context)
    except BaseException:
        server.close()
        raise
    return server


def _prove(server: smtplib.SMTP, url: SplitResult, context: ssl.SSLContext) -> None:
    """Encrypt where the server can, and log in where the URL names a user."""
    encrypted = url.scheme == "smtps"
    if not encrypted:
        server.ehlo()
        encrypted = server.has_extn("starttls")
        if encrypted:
            server.starttls(context=context)
    if not url.username:
        return
    if not encrypted:
        raise NotEncryptedError("the server offers no STARTTLS: the password was not sent")
    server.login(unquote(url.username), unquote(url.password or ""))
