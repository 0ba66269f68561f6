"""`flask users …`: make accounts, give them roles, list them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

import click
from flask.cli import AppGroup

from interview.services.accounts import people
from interview.services.accounts.details import ROLES, DetailError, Details
from interview.services.accounts.registering import AddressTakenError
from interview.web.cli.bank import need_database
from interview.web.clock import now

ROLE_NAMES = "|".join(ROLES)

group = AppGroup("users", help="Make accounts, give them roles, list them.")


@contextmanager
def _one_line_errors(email: str) -> Iterator[None]:
    try:
        yield
    except DetailError as error:
        raise click.ClickException(str(error)) from error
    except AddressTakenError as error:
        raise click.ClickException(f"There is an account with the address {email}.") from error


@group.command("create")
@click.argument("email")
@click.option("--role", default="learner", show_default=True, metavar=ROLE_NAMES)
@click.option("--name", help="Shown to others (default: the part before the @).")
def create(email: str, role: str, name: str | None) -> None:
    """Make an account; its password is asked for, or read from standard input."""
    need_database()
    details = Details(email=email, name=name or email.partition("@")[0], password=_password())
    with _one_line_errors(email):
        address = people.add_person(details, role, now())
    click.echo(f"Made {address}, {role}.")


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    return typed


@group.command("set-role")
@click.argument("email")
@click.argument("role", metavar=ROLE_NAMES)
def set_role(email: str, role: str) -> None:
    """Give an account another role, from its next request on."""
    need_database()
    with _one_line_errors(email):
        people.set_role(email, role, now())
    click.echo(f"{email} is {role} now.")


@group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_users(*, as_json: bool) -> None:
    """List every account; guests are left out."""
    need_database()
    if as_json:
        rows = [asdict(one) for one in people.everybody()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=datetime.isoformat))
        return
    for one in people.everybody():
        click.echo(f"{one.email}  [{one.role}]  {one.name}, since {one.created_at:%Y-%m-%d}")
