"""Parts of the filters that lists have, as they stand in an address."""

from typing import Any, ClassVar

from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from interview.services.history import FIRST_DAY, LAST_DAY


class KnownChoice(SelectField):
    """A choice that keeps and names a value that it does not offer."""

    unknown: ClassVar[str] = "“{}” is none of the choices."

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is WTForms'
        """Refuse a value that came by a mistyped address, and go on showing it."""
        choices: Any = self.choices
        offered = dict[str, str](choices)
        if self.data not in offered:
            self.choices = {**offered, self.data: f"{self.data} (unknown)"}
            raise ValidationError(self.unknown.format(self.data))


class Day(DateField):
    """A day of the reader's calendar."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            typed = " ".join(valuelist)
            raise ValueError(f"“{typed}” is no day. Write it like 2026-03-31.") from None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is WTForms'
        """Refuse a year that is a slip of the keyboard."""
        if self.data and not FIRST_DAY <= self.data <= LAST_DAY:
            raise ValidationError(f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}.")


class PeriodForm(Form):
    """From which day to which day."""

    first_day = Day("From", name="from", validators=[Optional()])
    last_day = Day("To", name="to", validators=[Optional()])

    def validate_last_day(self, field: Day) -> None:
        """Refuse a range that ends before it begins."""
        first = self.first_day.data
        if first and field.data and field.data < first:
            raise ValidationError("This day comes before the one in “From”.")
