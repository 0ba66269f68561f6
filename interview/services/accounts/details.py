"""What an account is made of, checked and put into one form."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from zoneinfo import available_timezones

from email_validator import EmailNotValidError, validate_email

from interview.rules.access import Role

EMAIL_MOST = 254
"""Characters in an address (RFC 5321, section 4.5.3.1.3, without its angle brackets)."""

NAME_MOST = 80
PASSWORD_LEAST = 10
PASSWORD_MOST = 1_000

ROLES = tuple(Role)

# Control characters and lone surrogates, which a database may refuse, and the marks that
# reverse the direction of the text after them, which would garble a list of names.
_NOT_IN_NAMES = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_AREAS = (
    "Africa", "America", "Antarctica", "Arctic", "Asia",
    "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


class DetailError(ValueError):
    """Something typed cannot be used; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody registers with.

    Attributes
    ----------
    zone : str
        IANA name of a time zone.
    """

    email: str
    name: str
    password: str
    zone: str = "UTC"

    def checked(self) -> "Details":
        """Return the same in one form.

        Raises
        ------
        DetailError
            When one of them cannot be used.
        """
        return replace(
            self,
            email=normalise_email(self.email),
            name=clean_name(self.name),
            password=check_password(self.password),
            zone=check_zone(self.zone),
        )


def normalise_email(text: str) -> str:
    """Put an address into the one form that accounts are found by.

    Parameters
    ----------
    text : str
        As typed.

    Returns
    -------
    str
        ASCII, in lower case; a domain in another script in its encoded form.

    Raises
    ------
    DetailError
        When it is not an address. Whether it exists is not asked: that would need a network.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise DetailError(str(error)) from error
    if checked.ascii_email is None:
        raise DetailError("An address must be written with unaccented letters before the @.")
    return checked.ascii_email.lower()


def clean_name(text: str) -> str:
    """Put a display name on one line, without characters that would garble a list.

    Raises
    ------
    DetailError
        When nothing is left, or too much.
    """
    name = " ".join(_NOT_IN_NAMES.sub(" ", text).split())
    if not name:
        raise DetailError("Enter the name that should be shown.")
    if len(name) > NAME_MOST:
        raise DetailError(f"A name can have {NAME_MOST} characters; this one has {len(name)}.")
    return name


def check_password(text: str) -> str:
    """Return a password that is long enough, and not too long to hash.

    Raises
    ------
    DetailError
        Saying which limit it breaks.
    """
    if len(text) < PASSWORD_LEAST:
        raise DetailError(f"A password needs at least {PASSWORD_LEAST} characters.")
    if len(text) > PASSWORD_MOST:
        raise DetailError(f"A password can have at most {PASSWORD_MOST:,} characters.")
    return text


def check_zone(name: str) -> str:
    """Return the name of a time zone that can be chosen.

    Raises
    ------
    DetailError
        When there is none of that name.
    """
    if name not in time_zones():
        raise DetailError("Choose a time zone from the list.")
    return name


def check_role(name: str) -> str:
    """Return the name of a role.

    Raises
    ------
    DetailError
        When there is none of that name.
    """
    if name not in ROLES:
        raise DetailError(f"There is no role {name!r}; a role is one of: {', '.join(ROLES)}.")
    return name


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """List the zones to choose from: those named after places, and UTC before them."""
    named = (zone for zone in available_timezones() if zone.partition("/")[0] in _AREAS)
    return ("UTC", *sorted(zone for zone in named if "/" in zone))
