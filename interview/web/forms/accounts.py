"""The forms about accounts."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs of 3.2
from wtforms.validators import InputRequired, Length

from interview.services.accounts.details import (
    EMAIL_MOST,
    NAME_MOST,
    PASSWORD_MOST,
    DetailError,
    Details,
    check_password,
    check_zone,
    clean_name,
    normalise_email,
    time_zones,
)
from interview.web.typed_answers import Typed

_REVISION = re.compile("[0-9]{1,9}")
_WRITER_MOST = 32
_TOGGLE = {"data-show-password": ""}


def held_to(check: Callable[[str], object]) -> Callable[[Any, Field], None]:
    """Make a validator of a service's own check, with its words."""

    def validate(_form: Any, field: Field) -> None:
        try:
            check(field.data or "")
        except DetailError as error:
            raise ValidationError(str(error)) from error

    return validate


@lru_cache(maxsize=1)
def _zone_choices() -> tuple[SelectChoice, ...]:
    """Group the zones by the part of the world that their names begin with."""
    parted = [zone.partition("/") for zone in time_zones()]
    return tuple(
        SelectChoice(
            value=f"{area}{slash}{place}",
            label=place.replace("_", " ").replace("/", " / ") or area,
            optgroup=area if place else "Everywhere",
        )
        for area, slash, place in parted
    )


def email_field() -> EmailField:
    """Make a field for an address that must be one."""
    return EmailField(
        "Email address",
        validators=[
            InputRequired("Enter your email address."),
            Length(max=EMAIL_MOST, message="An address can have at most %(max)d characters."),
            held_to(normalise_email),
        ],
    )


def _name_field() -> StringField:
    return StringField(
        "Display name",
        validators=[InputRequired("Enter the name that should be shown."), held_to(clean_name)],
        render_kw={"maxlength": NAME_MOST},
    )


def _new_password_field(label: str) -> PasswordField:
    return PasswordField(
        label,
        validators=[InputRequired("Choose a password."), held_to(check_password)],
        render_kw=_TOGGLE,
    )


def _own_password_field(label: str) -> PasswordField:
    """Make a field for a password that exists: a longer one is not worth the hashing."""
    return PasswordField(
        label,
        validators=[
            InputRequired("Enter your password."),
            Length(max=PASSWORD_MOST, message="A password can have at most %(max)d characters."),
        ],
        render_kw=_TOGGLE,
    )


def zone_field() -> SelectField:
    """Make a field for a time zone."""
    return SelectField(
        "Time zone",
        choices=_zone_choices,
        default="UTC",
        validators=[held_to(check_zone)],
        validate_choice=False,
    )


class RegisterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What an account begins with."""

    email = email_field()
    display_name = _name_field()
    password = _new_password_field("Password")
    time_zone = zone_field()

    def details(self) -> Details:
        """Gather what was typed for the service."""
        return Details(
            email=self.email.data or "",
            name=self.display_name.data or "",
            password=self.password.data or "",
            zone=self.time_zone.data or "",
        )


class LogInForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Address and password, and what must outlive the log-in: where to go, what was typed."""

    email = EmailField("Email address", validators=[InputRequired("Enter your email address.")])
    password = _own_password_field("Password")
    remember = BooleanField("Keep me logged in on this device for 30 days")
    next = HiddenField()
    typed_path = HiddenField()
    typed_text = TextAreaField("Your answer is still here")
    typed_base = HiddenField()
    typed_writer = HiddenField()

    def typed(self) -> Typed | None:
        """Gather the answer that is carried along, if there is one."""
        path, text, base = (
            field.data or "" for field in (self.typed_path, self.typed_text, self.typed_base)
        )
        if not (path and text.strip()):
            return None
        return Typed(
            path=path,
            text=text,
            base=int(base) if _REVISION.fullmatch(base) else 0,
            writer=(self.typed_writer.data or "")[:_WRITER_MOST],
        )


class AskResetForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Where to send a link."""

    email = email_field()


class ResetForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A password chosen anew."""

    password = _new_password_field("New password")


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """The password that is, and the one that shall be."""

    current_password = _own_password_field("Current password")
    new_password = _new_password_field("New password")


class ProfileForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What can be changed at any time."""

    display_name = _name_field()
    time_zone = zone_field()
