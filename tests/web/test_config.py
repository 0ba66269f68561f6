"""Settings: what is usual, what may be set, and one clear line for what cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest

from interview.web.config import ROOT, Settings, SettingsError

SECRET = "k" * 32


def read(folder: Path, **environment: str) -> Settings:
    given = {"SECRET_KEY": SECRET, "INSTANCE": str(folder), **environment}
    return Settings.from_env(given, production=False)


def read_in_production(folder: Path, **environment: str) -> Settings:
    given = {"SECRET_KEY": SECRET, "INSTANCE": str(folder), **environment}
    return Settings.from_env(given, production=True)


def test_a_key_alone_is_enough(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings == Settings(
        database_url=f"sqlite:///{tmp_path / 'interview.db'}", secret_key=SECRET, instance=tmp_path
    )


def test_an_empty_variable_is_one_that_is_not_set(tmp_path: Path) -> None:
    names = (
        *("DATABASE_URL", "PORT", "PUBLIC_URL", "SECURE_COOKIES", "MAIL_URL", "MAIL_FROM"),
        *("LOG_IN_LIMIT", "LIMITS_STORAGE", "JOBS_URL", "PROXIES", "ASSETS"),
    )
    assert read(tmp_path, **dict.fromkeys(names, "")) == read(tmp_path)


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        DATABASE_URL="postgresql://ada:secret@db.example.org/interview",
        PORT="8001",
        PUBLIC_URL="https://practice.example.org/",
        SECURE_COOKIES="1",
        MAIL_URL="smtps://ada:secret@mail.example.org:465",
        MAIL_FROM="Practice <practice@example.org>",
        LOG_IN_LIMIT="5 per minute",
        JOBS_URL="postgresql://ada:secret@queue.example.org/jobs",
        PROXIES="2",
        ASSETS="vendor",
    )
    assert settings == Settings(
        database_url="postgresql://ada:secret@db.example.org/interview",
        secret_key=SECRET,
        port=8001,
        public_url="https://practice.example.org",
        secure_cookies=True,
        mail_url="smtps://ada:secret@mail.example.org:465",
        mail_from="Practice <practice@example.org>",
        log_in_limit="5 per minute",
        jobs_url="postgresql://ada:secret@queue.example.org/jobs",
        proxies=2,
        assets="vendor",
        instance=tmp_path,
    )


def test_links_lead_to_the_port_in_use(tmp_path: Path) -> None:
    assert read(tmp_path, PORT="9000").public_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_has_several_names(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}://ada@db.example.org/interview"
    assert read(tmp_path, DATABASE_URL=url).database_url == url


BAD = [
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "mysql://db.example.org/interview"),
    ("DATABASE_URL", "postgresql://db.example.org:port/interview"),
    ("DATABASE_URL", "postgresql+asyncpg://db.example.org/interview"),
    ("DATABASE_URL", "sqlite+other:///interview.db"),
    ("JOBS_URL", "nonsense"),
    ("JOBS_URL", "sqlite:///jobs.db"),
    ("JOBS_URL", "redis://queue.example.org"),
    ("SECRET_KEY", "k" * 31),
    ("PORT", "9" * 5000),
    ("LOG_IN_LIMIT", "lots"),
    ("LOG_IN_LIMIT", "0 per minute"),
    ("LOG_IN_LIMIT", ";"),
    ("LIMITS_STORAGE", "memory"),
    ("LIMITS_STORAGE", "nowhere://"),
    ("LIMITS_STORAGE", "redis://limits.example.org"),
    ("PUBLIC_URL", "https://[::1"),
    ("PUBLIC_URL", "https://practice.example.org:port"),
    ("PUBLIC_URL", "https://practice.example.org/?page=1"),
    ("MAIL_URL", "smtp://[::1"),
    ("MAIL_URL", "smtp://mail.example.org:port"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "80a"),
    ("PORT", "-1"),
    ("PORT", " 8000"),
    ("PROXIES", "11"),
    ("PROXIES", "-1"),
    ("PROXIES", "yes"),
    ("SECURE_COOKIES", "yes"),
    ("SECURE_COOKIES", "2"),
    ("ASSETS", "disk"),
    ("PUBLIC_URL", "practice.example.org"),
    ("PUBLIC_URL", "ftp://practice.example.org"),
    ("PUBLIC_URL", "https://"),
    ("MAIL_URL", "mail.example.org"),
    ("MAIL_URL", "smtp://"),
    ("MAIL_URL", "https://mail.example.org"),
]


@pytest.mark.parametrize(("name", "value"), BAD, ids=[f"{n}={v[:20]}" for n, v in BAD])
def test_a_bad_value_is_one_line_that_names_its_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    environment = {"PUBLIC_URL": "https://practice.example.org", name: value}
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, **environment)
    message = str(refused.value)
    assert message.startswith(f"{name} must ")
    assert "\n" not in message


def test_mail_needs_the_address_that_links_begin_with(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL must be set with MAIL_URL"):
        read(tmp_path, MAIL_URL="smtp://mail.example.org")


def test_no_message_repeats_a_secret(tmp_path: Path) -> None:
    for name in ("SECRET_KEY", "DATABASE_URL", "JOBS_URL", "MAIL_URL"):
        with pytest.raises(SettingsError) as refused:
            read(tmp_path, **{name: "hunter2:hunter2"})
        assert "hunter2" not in str(refused.value)


def test_without_a_key_the_one_kept_in_the_instance_is_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("kept" * 16, encoding="ascii")
    assert read(tmp_path, SECRET_KEY="").secret_key == "kept" * 16
    assert read(tmp_path).secret_key == SECRET


def test_without_any_key_the_message_says_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY is not set \(`make run` makes one"):
        read(tmp_path, SECRET_KEY="")


def test_production_wants_a_key_from_the_environment_and_secure_cookies(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("kept" * 16, encoding="ascii")
    with pytest.raises(SettingsError, match="at least 32 random characters"):
        read_in_production(tmp_path, SECRET_KEY="")
    assert read_in_production(tmp_path).secure_cookies
    assert not read_in_production(tmp_path, SECURE_COOKIES="0").secure_cookies


@pytest.mark.parametrize("entry", ["wsgi", "app"])
def test_both_entries_end_with_one_line(tmp_path: Path, entry: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import {entry}"],
        cwd=ROOT,
        env={"SECRET_KEY": SECRET, "PORT": "no port", "INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Mock Interview cannot start: PORT must be a whole number from 1 to 65535, not 'no port'"
    ]
