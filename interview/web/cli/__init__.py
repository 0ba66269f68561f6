"""The `flask …` commands."""

from flask import Flask

from interview.web.cli.bank import group as bank
from interview.web.cli.grading import group as grading
from interview.web.cli.users import group as users


def install(app: Flask) -> None:
    """Attach every command group to the app."""
    for group in (bank, grading, users):
        app.cli.add_command(group)
