"""How often passwords and codes may be tried and mail be asked for."""

import math
import time
from collections.abc import Callable

from flask import Response, current_app, request
from flask_limiter import RequestLimit
from limits import parse_many
from werkzeug.wrappers import Response as BaseResponse

from interview.services.accounts.details import EMAIL_MOST, DetailError, normalise_email
from interview.web.principal import viewer
from interview.web.security import limiter

# A school or an office shares one address.
PEOPLE_AN_ADDRESS = 10

View = Callable[..., BaseResponse]
Refusal = Callable[[str], Response]


def throttled(
    refuse: Refusal | None = None,
    *,
    account: Callable[[], str] | None = None,
    failures_only: bool = False,
) -> Callable[[View], View]:
    """Limit how often a form may be sent: per account, and ten times that per address.

    Parameters
    ----------
    refuse : callable, optional
        Makes the answer to one try too many, from a sentence that says how long to wait;
        without it the general page for status 429 is shown.
    account : callable, optional
        Names the account that a request is about. Without it addresses alone are counted.
    failures_only : bool
        Whether an address is counted only for what was refused (422), so that a class which
        logs in together is not held up.
    """
    on_breach = (lambda limit: refuse(_wait(limit))) if refuse else None
    per_address = limiter.limit(
        _address_limit,
        methods=["POST"],
        on_breach=on_breach,
        deduct_when=(lambda response: response.status_code == 422) if failures_only else None,  # noqa: PLR2004
    )
    if account is None:
        return per_address
    per_account = limiter.limit(
        _account_limit, key_func=account, methods=["POST"], on_breach=on_breach
    )
    return lambda view: per_account(per_address(view))


def guessed(refuse: Refusal) -> Callable[[View], View]:
    """Limit how often somebody may open an address that holds a secret, and miss (404)."""
    return limiter.limit(
        _account_limit,
        key_func=own_account,
        methods=["GET"],
        on_breach=lambda limit: refuse(_wait(limit)),
        deduct_when=lambda response: response.status_code == 404,  # noqa: PLR2004
    )


def typed_account() -> str:
    """Name the account by the address in the form, whether or not there is one."""
    typed = request.form.get("email", "")
    try:
        return f"account:{normalise_email(typed)}"
    except DetailError:
        return f"account:{typed.strip().lower()[:EMAIL_MOST]}"


def own_account() -> str:
    """Name the account of whoever is logged in."""
    person = viewer()
    return f"user:{person.id if person else 0}"


def _account_limit() -> str:
    limit: str = current_app.extensions["settings"].log_in_limit
    return limit


def _address_limit() -> str:
    return "; ".join(
        f"{one.amount * PEOPLE_AN_ADDRESS} per {one.multiples} {one.GRANULARITY.name}"
        for one in parse_many(_account_limit())
    )


def _wait(limit: RequestLimit) -> str:
    minutes = max(1, math.ceil((limit.reset_at - time.time()) / 60))
    unit = "minute" if minutes == 1 else "minutes"
    return f"That was tried too often. Nothing is lost: wait {minutes} {unit}, then try again."
