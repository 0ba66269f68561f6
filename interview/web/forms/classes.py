"""The forms about classes and the people in them."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Form,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs of 3.2
from wtforms.validators import InputRequired, Length, Optional

from interview.services.accounts.details import NAME_MOST, clean_name
from interview.services.classes.inviting import Offer
from interview.services.classes.making import (
    TITLE_MOST,
    ClassDetails,
    clean_description,
    clean_title,
)
from interview.services.classes.people_filters import NO_GROUP, PeopleFilters, Spot
from interview.services.classes.places import Terms
from interview.services.classes.placing import (
    GROUP_MOST,
    REASON_LIMIT,
    ROLES,
    check_group,
    read_factor,
)
from interview.services.cursors import Cursor
from interview.web.forms.accounts import email_field, held_to, zone_field
from interview.web.forms.filters import KnownChoice

ROLE_NAMES = {"learner": "Learner", "assistant": "Assistant", "instructor": "Instructor"}
FILTERS = ("q", "group", "role")
SPOTS = ("before", "after")

_ROLES = [SelectChoice(value=role, label=label) for role, label in ROLE_NAMES.items()]


class ClassForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What a class begins with."""

    title = StringField(
        "Title",
        validators=[InputRequired("Enter a title."), held_to(clean_title)],
        render_kw={"maxlength": TITLE_MOST},
    )
    description = TextAreaField(
        "Description", validators=[held_to(clean_description)], render_kw={"rows": 6}
    )
    time_zone = zone_field()

    def details(self) -> ClassDetails:
        """Gather what was typed for the service."""
        return ClassDetails(
            self.title.data or "", self.description.data or "", self.time_zone.data or ""
        )


class SettingsForm(ClassForm):
    """What can be changed about a class."""

    joining = BooleanField("The join code lets people in")


class JoinForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A join code, as it was read out or copied."""

    code = StringField(
        "Join code",
        validators=[
            InputRequired("Enter the code that you were given."),
            Length(max=100, message="A join code is shorter than that."),
        ],
        render_kw={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"},
    )


class _SeatForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A role, a group that is chosen or named, and a time factor."""

    role = SelectField("Role", choices=_ROLES, default=ROLES[0])
    # What is not offered is a group that was taken away meanwhile: it is made again.
    group = SelectField(
        "Group", default="", validators=[held_to(check_group)], validate_choice=False
    )
    new_group = StringField(
        "Or a new group",
        validators=[Optional(), held_to(check_group)],
        render_kw={"maxlength": GROUP_MOST, "autocomplete": "off"},
    )
    time_factor = StringField(
        "Time factor",
        default="1",
        validators=[InputRequired("Enter a number from 1 to 10."), held_to(read_factor)],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )

    def offer_groups(self, titles: tuple[str, ...]) -> None:
        """List the groups that there are."""
        self.group.choices = [("", "No group"), *((title, title) for title in titles)]

    def terms(self) -> Terms:
        """What was chosen, once it is valid; a group that is named goes before a chosen one."""
        return Terms(
            role=self.role.data,
            group=(self.new_group.data or "").strip() or self.group.data or "",
            time_factor=read_factor(self.time_factor.data or ""),
        )


class InviteForm(_SeatForm):
    """Whom to invite, and as what; beside the filters, which have fields of the same names."""

    email = email_field()
    name = StringField(
        "Name",
        validators=[Optional(), held_to(clean_name)],
        render_kw={"maxlength": NAME_MOST, "autocomplete": "off"},
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(prefix="invite-", **options)

    def offer(self) -> Offer:
        """Gather what was typed for the service."""
        terms = self.terms()
        return Offer(
            email=self.email.data or "",
            name=self.name.data or "",
            role=terms.role,
            group=terms.group,
            time_factor=terms.time_factor,
        )


class PlaceForm(_SeatForm):
    """A member's place, and why its time factor changes.

    ``seen`` is the place as the form was made from it.
    """

    seen = HiddenField()
    reason = TextAreaField(
        "Reason for another time factor",
        validators=[
            Length(max=REASON_LIMIT, message="A reason can have at most %(max)d characters.")
        ],
        render_kw={"rows": 3, "maxlength": REASON_LIMIT},
    )

    @classmethod
    def of(cls, terms: Terms, **options: Any) -> "PlaceForm":
        """Make the form of a place as it is; ``formdata=None`` leaves out what was sent."""
        return cls(
            role=terms.role,
            group=terms.group,
            time_factor=f"{terms.time_factor:g}",
            seen=str(terms),
            **options,
        )


class RosterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A roster, as a file or as text; and what was shown of it, for doing just that."""

    file = FileField("A file")
    text = TextAreaField("Or its rows", render_kw={"rows": 8, "spellcheck": "false"})
    shown = HiddenField()
    partly = BooleanField("Leave out the rows with problems")


class Offered(KnownChoice):
    """A choice among what the class has."""

    unknown = "There is no “{}” in this class."


class PeopleForm(Form):
    """Which members to list."""

    q = StringField("Name", validators=[Length(max=NAME_MOST, message="A name is shorter.")])
    group = Offered("Group", default="")
    role = Offered("Role", default="")

    def __init__(self, query: MultiDict[str, str], groups: tuple[str, ...]) -> None:
        super().__init__(query)
        self.role.choices = [("", "All roles"), *ROLE_NAMES.items()]
        titles = [(title, title) for title in groups]
        self.group.choices = [("", "All groups"), (NO_GROUP, "In no group"), *titles]

    def filters(self) -> PeopleFilters:
        """What was chosen, once it is valid."""
        return PeopleFilters((self.q.data or "").strip(), self.group.data, self.role.data)


def spot_of(query: MultiDict[str, str]) -> Spot:
    """Read where in the list of members to go on.

    Raises
    ------
    ValueError
        When the address was cut or changed on its way.
    """
    before, after = (Cursor.parse(text) if (text := query.get(name)) else None for name in SPOTS)
    return Spot(before=before, after=after)
