"""The forms about one learner's own terms."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, DecimalField
from wtforms.validators import NumberRange, Optional

from interview.services.assignments.accommodating import (
    LEAST_FACTOR,
    MOST_EXTRA_ATTEMPTS,
    MOST_FACTOR,
)
from interview.services.assignments.accommodations import Own
from interview.web.forms.live import WholeNumber, reason_field
from interview.web.forms.number_fields import see_that_it_is_finite

_SHAPES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class WallTime(DateTimeLocalField):
    """A date and a time of day, as the clocks of the assignment's place show them."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            typed = " ".join(valuelist)
            raise ValueError(f"“{typed}” is no date. Write it like 2026-03-31T14:30.") from None


class Factor(DecimalField):
    """A factor, with a decimal comma if that is how it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say what one looks like."""
        try:
            super().process_formdata([text.replace(",", ".").strip() for text in valuelist])
            see_that_it_is_finite(self)
        except ValueError:
            typed = " ".join(valuelist)
            raise ValueError(f"“{typed}” is no factor. Write it like 1.5.") from None


def _date(label: str) -> WallTime:
    return WallTime(label, format=_SHAPES, validators=[Optional()])


class OwnForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What differs for a learner; what is left empty is as for everybody."""

    opens = _date("Opens")
    due = _date("Due")
    closes = _date("Closes")
    factor = Factor(
        "Time factor",
        places=None,
        validators=[
            Optional(),
            NumberRange(LEAST_FACTOR, MOST_FACTOR, "Enter a factor from 1 to 10, such as 1.5."),
        ],
        render_kw={"inputmode": "decimal"},
    )
    extra_attempts = WholeNumber(
        "Extra attempts",
        default=0,
        validators=[
            Optional(),
            NumberRange(0, MOST_EXTRA_ATTEMPTS, "Enter a number from %(min)d to %(max)d."),
        ],
        render_kw={"min": 0, "max": MOST_EXTRA_ATTEMPTS, "inputmode": "numeric"},
    )
    reason = reason_field("Say why: it is kept with the accommodation and in the audit log.")

    def own(self) -> Own:
        """What was stated, once it is valid."""
        factor: Any = self.factor.data
        return Own(
            opens=self.opens.data,
            due=self.due.data,
            closes=self.closes.data,
            factor=None if factor is None else float(factor),
            extra_attempts=self.extra_attempts.data or 0,
            reason=self.reason.data or "",
        )

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """Show beside the fields what the service found, and the rest above them."""
        for name, words in problems.items():
            if name:
                self[name].errors = [*self[name].errors, words]
            else:
                self.form_errors.append(words)


class RemoveForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Letting everybody's terms hold again."""

    reason = reason_field("Say why: it stands in the audit log.")
