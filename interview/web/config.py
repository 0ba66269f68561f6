"""Settings, read from the environment once and checked at start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parents[2]
_MINIMUM_SECRET = 32
_DRIVERS = ("sqlite", "postgresql", "postgresql+psycopg")


class SettingsError(Exception):
    """A setting is missing or cannot be used; the message is one line for the operator."""


@dataclass(frozen=True)
class Settings:
    """What an operator can set; each field is the environment variable of the same name.

    Attributes
    ----------
    mail_url : str or None
        ``smtp://user:password@host:587`` or ``smtps://…``. Without it registration logs in
        at once, and other mail is printed by the worker.
    public_url : str
        Where people reach the app; links in mail begin with it, never with a request's host.
    log_in_limit : str
        Log-in attempts allowed per account, and ten times that per address.
    jobs_url : str or None
        ``postgresql://…`` where the queue of several workers is kept; without it the worker
        keeps its own in the instance folder.
    proxies : int
        How many trusted proxies stand in front and set ``X-Forwarded-*``.
    assets : str
        ``cdn``, or ``vendor`` for closed networks (see ``make vendor``).
    """

    database_url: str
    secret_key: str
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    secure_cookies: bool = False
    mail_url: str | None = None
    mail_from: str = "Mock Interview <no-reply@localhost>"
    log_in_limit: str = "10 per 15 minutes"
    limits_storage: str = "memory://"
    jobs_url: str | None = None
    proxies: int = 0
    assets: str = "cdn"
    instance: Path = ROOT / "instance"

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, production: bool) -> "Settings":
        """Read and check the settings.

        Parameters
        ----------
        env : mapping of str to str
            The environment.
        production : bool
            Whether a secret key must be set and cookies are secure by default.

        Returns
        -------
        Settings
            Every value checked.

        Raises
        ------
        SettingsError
            Naming the variable and what it should look like.
        """
        port = _whole(env, "PORT", 8000, low=1, high=65535)
        instance = Path(env.get("INSTANCE") or ROOT / "instance")
        return cls(
            database_url=_database(env, instance),
            secret_key=_secret(env, instance, production=production),
            port=port,
            public_url=_public_url(env, port),
            secure_cookies=_flag(env, "SECURE_COOKIES", default=production),
            mail_url=_mail(env),
            mail_from=env.get("MAIL_FROM") or cls.mail_from,
            log_in_limit=_log_in_limit(env, cls.log_in_limit),
            limits_storage=_limits_storage(env, cls.limits_storage),
            jobs_url=_jobs(env),
            proxies=_whole(env, "PROXIES", 0, low=0, high=10),
            assets=_choice(env, "ASSETS", ("cdn", "vendor")),
            instance=instance,
        )


def _database(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'interview.db'}"
    if _driver(url) not in _DRIVERS:
        raise SettingsError(
            "DATABASE_URL must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        )
    return url


def _jobs(env: Mapping[str, str]) -> str | None:
    url = env.get("JOBS_URL") or None
    if url is not None and _driver(url) not in _DRIVERS[1:]:
        raise SettingsError("JOBS_URL must be postgresql://USER:PASSWORD@HOST/NAME")
    return url


def _driver(url: str) -> str:
    """Name the driver of a database's address; nothing where it is none."""
    try:
        return make_url(url.replace("postgres://", "postgresql://", 1)).drivername
    except (ArgumentError, ValueError):
        return ""


def _secret(env: Mapping[str, str], instance: Path, *, production: bool) -> str:
    secret = env.get("SECRET_KEY", "")
    kept = instance / "secret.key"
    if not secret and not production and kept.exists():
        secret = kept.read_text(encoding="ascii").strip()
    if not secret and not production:
        raise SettingsError("SECRET_KEY is not set (`make run` makes one in instance/secret.key)")
    if len(secret) < _MINIMUM_SECRET:
        raise SettingsError(
            f"SECRET_KEY must be set to at least {_MINIMUM_SECRET} random characters"
        )
    return secret


def _whole(env: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    text = env.get(name) or str(default)
    if not text.isdecimal() or len(text) > len(str(high)) or not low <= int(text) <= high:
        raise SettingsError(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = (env.get(name) or ("1" if default else "0")).lower()
    if text not in ("0", "1"):
        raise SettingsError(f"{name} must be 0 or 1, not {text!r}")
    return text == "1"


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = env.get(name) or choices[0]
    if text not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}, not {text!r}")
    return text


def _public_url(env: Mapping[str, str], port: int) -> str:
    url = (env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/")
    parts = _split(url)
    if parts is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise SettingsError(f"PUBLIC_URL must look like https://practice.example.org, not {url!r}")
    return url


def _split(url: str) -> SplitResult | None:
    """Take an address apart; None when it names no host or no possible port."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if named else None


def _log_in_limit(env: Mapping[str, str], default: str) -> str:
    text = env.get("LOG_IN_LIMIT") or default
    try:
        limits = parse_many(text)
    except ValueError:
        limits = []
    if not limits or any(limit.amount < 1 for limit in limits):
        raise SettingsError(f"LOG_IN_LIMIT must look like {default!r}, not {text!r}")
    return text


def _limits_storage(env: Mapping[str, str], default: str) -> str:
    url = env.get("LIMITS_STORAGE") or default
    try:
        storage_from_string(url)
    except ConfigurationError as error:
        raise SettingsError(
            f"LIMITS_STORAGE must be {default} or a storage whose client is installed"
        ) from error
    return url


def _mail(env: Mapping[str, str]) -> str | None:
    url = env.get("MAIL_URL") or None
    if url is None:
        return None
    parts = _split(url)
    if parts is None or parts.scheme not in ("smtp", "smtps"):
        raise SettingsError("MAIL_URL must look like smtp://user:password@host:587")
    if not env.get("PUBLIC_URL"):
        raise SettingsError("PUBLIC_URL must be set with MAIL_URL: links in mail begin with it")
    return url
