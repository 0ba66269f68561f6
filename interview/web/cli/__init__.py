"""The `flask …` commands."""

from flask import Flask

from interview.web.cli import bank, grading, users


def install(app: Flask) -> None:
    """Attach every command group to the app."""
    for group in (bank.group, grading.group, users.group):
        app.cli.add_command(group)
