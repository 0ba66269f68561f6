"""The `flask …` commands."""

from flask import Flask

from interview.web.cli import bank_files, measuring, training
from interview.web.cli.bank import group as bank_group
from interview.web.cli.grading import group as grading_group
from interview.web.cli.users import group as users_group


def install(app: Flask) -> None:
    """Attach every command group to the app."""
    for command in (measuring.evaluate, measuring.attack, training.train):
        grading_group.add_command(command)
    for command in (bank_files.import_file, bank_files.export_set):
        bank_group.add_command(command)
    for group in (bank_group, grading_group, users_group):
        app.cli.add_command(group)
