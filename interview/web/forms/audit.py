"""The filters of the audit log, as they stand in its address."""

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import Length, Optional, ValidationError

from interview.services.audit import KINDS
from interview.services.audit_reading import Filters, Log, NobodyMeant, people_meant
from interview.services.spots import Spot
from interview.web.forms.filters import KnownChoice, PeriodForm
from interview.web.forms.number_fields import plain_number

NAMES = ("kind", "by", "about", "from", "to")
_LONGEST = 200


class Kind(KnownChoice):
    """A kind of change."""

    unknown = "“{}” is no kind of change."


class People(StringField):
    """People by a part of their name; `numbers` holds who they are."""

    numbers: tuple[int | None, ...] | None = None

    def look_up(self, log: Log) -> None:
        """Find who is meant."""
        try:
            self.numbers = people_meant(log, self.data or "")
        except NobodyMeant as error:
            raise ValidationError(str(error)) from None


class AuditForm(PeriodForm):
    """Which entries to show."""

    kind = Kind("What", default="")
    by = People("Done by", validators=[Optional(), Length(max=_LONGEST)])
    about = People("About", validators=[Optional(), Length(max=_LONGEST)])

    def __init__(self, query: MultiDict[str, str], log: Log) -> None:
        super().__init__(query)
        self._log = log
        self.kind.choices = [("", "Every change"), *KINDS.items()]

    def validate_by(self, field: People) -> None:
        """Find those who did it."""
        field.look_up(self._log)

    def validate_about(self, field: People) -> None:
        """Find those whom it is about."""
        field.look_up(self._log)

    def filters(self, zone: str) -> Filters:
        """What was chosen, once it is valid."""
        return Filters(
            kind=self.kind.data,
            actors=self.by.numbers,
            learners=self.about.numbers,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            zone=zone,
        )


def spot_of(query: MultiDict[str, str]) -> Spot:
    """Read where in the log to go on.

    Raises
    ------
    ValueError
        When the address was cut or changed on its way.
    """
    before, after = (_number(query.get(name, "")) for name in ("before", "after"))
    return Spot(before, after)


def _number(text: str) -> int | None:
    if not text:
        return None
    number = plain_number(text)
    if number is None:
        raise ValueError("not a place in the log")
    return number
