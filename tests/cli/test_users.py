import json
from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask

from interview.services.accounts import entering
from tests.support.accounts import ADA, user_count

PASSWORD = f"{ADA.password}\n"
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask) -> Run:
    """Run a command of `flask users` with this on its standard input."""

    def invoke(*words: str, typed: str = "") -> Result:
        return app.test_cli_runner().invoke(args=["users", *words], input=typed)

    return invoke


def test_an_administrator_is_made_who_can_log_in(app: Flask, run: Run) -> None:
    done = run("create", "ADA@example.org", "--role", "admin", "--name", "Ada", typed=PASSWORD)
    assert (done.exit_code, done.output) == (0, "Made ada@example.org, admin.\n")
    with app.app_context():
        made = entering.log_in(ADA.email, ADA.password)
    assert made is not None
    assert (made.name, made.role) == ("Ada", "admin")


def test_an_account_is_a_learners_named_after_its_address_if_nothing_else_is_said(
    run: Run,
) -> None:
    run("create", ADA.email, typed=PASSWORD)
    (listed,) = json.loads(run("list", "--json").output)
    assert (listed["role"], listed["name"]) == ("learner", "ada")


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("create", "nobody"), PASSWORD, "@"),
        (("create", ADA.email), "short\n", "at least 10 characters"),
        (("create", ADA.email), "", "at least 10 characters"),
        (("create", ADA.email, "--role", "root"), PASSWORD, "learner, instructor, admin"),
        (("create", ADA.email, "--name", " "), PASSWORD, "Enter the name"),
        (("set-role", ADA.email, "admin"), "", "no account with the address ada@example.org"),
        (("set-role", ADA.email, "root"), "", "learner, instructor, admin"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    app: Flask, run: Run, words: tuple[str, ...], typed: str, said: str
) -> None:
    done = run(*words, typed=typed)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert done.output.count("\n") == 1
    assert said in done.output
    assert user_count(app) == 0


def test_an_address_gets_one_account(run: Run) -> None:
    run("create", ADA.email, typed=PASSWORD)
    done = run("create", "Ada@Example.org", typed=PASSWORD)
    assert (done.exit_code, done.output) == (
        1, "Error: There is an account with the address Ada@Example.org.\n",
    )  # fmt: skip


def test_a_role_is_changed_and_listed(run: Run) -> None:
    run("create", ADA.email, "--name", "Ada", typed=PASSWORD)
    assert run("set-role", ADA.email, "instructor").exit_code == 0
    assert run("list").output == "ada@example.org  [instructor]  Ada, since 2026-03-02\n"


def test_the_json_list_tells_everything_but_the_password(run: Run) -> None:
    run("create", ADA.email, "--name", "Ada", typed=PASSWORD)
    (listed,) = json.loads(run("list", "--json").output)
    assert set(listed) == {"id", "email", "name", "role", "zone", "created_at"}
    assert listed["created_at"] == "2026-03-02T09:00:00+00:00"


def test_an_empty_list_is_empty(run: Run) -> None:
    assert run("list").output == ""
    assert json.loads(run("list", "--json").output) == []
