import smtplib
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from types import SimpleNamespace
from typing import Any, ClassVar, Self

import pytest

from interview.services import posting
from interview.services.letters import Letter
from interview.services.mail import WAITS
from interview.services.posting import NotEncryptedError, post
from tests.support.clock import START

LETTER = Letter("ada@example.org", "A subject", "A line.\nhttps://practice.example.org/x\n")


def mail_settings(url: str | None) -> Any:
    return SimpleNamespace(
        mail_url=url,
        mail_from="Mock Interview <no-reply@example.org>",
        public_url="https://practice.example.org",
    )


@dataclass
class Server:
    """An SMTP server that writes down what is asked of it."""

    extensions: ClassVar[set[str]] = {"starttls"}
    seen: ClassVar[list[Any]] = []

    def __init__(self, host: str, port: int, **options: Any) -> None:
        assert options["timeout"] > 0
        self.seen.append((type(self).__name__, host, port))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.seen.append("quit")

    def close(self) -> None:
        self.seen.append("close")

    def ehlo(self) -> None:
        self.seen.append("ehlo")

    def has_extn(self, name: str) -> bool:
        return name in self.extensions

    def starttls(self, context: Any) -> None:
        assert context.check_hostname
        self.seen.append("starttls")

    def login(self, user: str, password: str) -> None:
        self.seen.append((user, password))

    def send_message(self, message: EmailMessage) -> None:
        self.seen.append(message)


class Encrypted(Server):
    """One that is encrypted from the start."""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(Server, "seen", [])
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Encrypted)
    return Server.seen


def test_without_a_server_a_mail_is_printed_whole(capsys: pytest.CaptureFixture[str]) -> None:
    post(LETTER, mail_settings(None), 1, START)
    printed = capsys.readouterr().out
    for part in (LETTER.address, LETTER.subject, LETTER.text):
        assert part in printed


def test_a_password_is_sent_only_once_the_line_is_encrypted(seen: list[Any]) -> None:
    post(LETTER, mail_settings("smtp://ada%40x:s%2Fcret@mail.example.org"), 7, START)
    message = seen.pop(4)
    assert seen == [
        ("Server", "mail.example.org", 587), "ehlo", "starttls", ("ada@x", "s/cret"), "quit",
    ]  # fmt: skip
    assert message["To"] == LETTER.address
    assert message["From"] == "Mock Interview <no-reply@example.org>"
    assert message["Message-ID"] == f"<7.{int(START.timestamp())}@practice.example.org>"
    assert message.get_content() == LETTER.text


@pytest.mark.parametrize("name", ["=?utf-8?q?a=0D=0ABcc:_eve=40x.y?=", "=?utf-8?b?YQpCY2M6eA==?="])
def test_a_name_that_would_be_decoded_adds_no_header(seen: list[Any], name: str) -> None:
    letter = replace(LETTER, subject=f"{name} contests key point 1 of “T”.")
    post(letter, mail_settings("smtp://localhost:25"), 7, START)
    (message,) = (one for one in seen if isinstance(one, EmailMessage))
    sent = message_from_bytes(message.as_bytes(policy=SMTP), policy=default)
    assert "Bcc" not in sent
    assert "\n" not in sent["Subject"]
    assert sent.get_content().splitlines() == LETTER.text.splitlines()


def test_smtps_is_encrypted_from_the_start(seen: list[Any]) -> None:
    post(LETTER, mail_settings("smtps://ada:secret@mail.example.org:4650"), 7, START)
    assert seen[:2] == [("Encrypted", "mail.example.org", 4650), ("ada", "secret")]


def test_a_password_is_never_sent_in_the_clear(
    seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "extensions", set())
    with pytest.raises(NotEncryptedError):
        post(LETTER, mail_settings("smtp://ada:secret@mail.example.org"), 7, START)
    assert seen[-1] == "close"
    assert ("ada", "secret") not in seen


def test_a_relay_that_asks_for_no_password_needs_no_encryption(
    seen: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "extensions", set())
    post(LETTER, mail_settings("smtp://localhost:25"), 7, START)
    assert seen[0] == ("Server", "localhost", 25)
    assert isinstance(seen[2], EmailMessage)


def test_the_wait_for_a_server_is_shorter_than_the_wait_for_the_next_try() -> None:
    # Connecting, greeting, encrypting, logging in, sending: each waits at most that long.
    assert WAITS[0].total_seconds() >= posting.TIMEOUT_SECONDS * 6
