"""Fields of forms about question sets: points, times and counts, and how they are read."""

import re
from decimal import Decimal
from typing import Any

from wtforms import DecimalField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from interview.services.sets.records import LONGEST_MINUTES, MOST_POINTS

_DIGITS = re.compile("[0-9]{1,9}")
_MINUTE = 60


def plain_number(text: str | None) -> int | None:
    """Read a number of at most nine digits; None for anything else."""
    return int(text) if text and _DIGITS.fullmatch(text) else None


def number_in(text: str | None) -> int:
    """Read the number of something from what a browser sent; 0, which nothing has, for none."""
    return plain_number(text) or 0


def see_that_it_is_finite(field: DecimalField) -> None:
    """Empty a field in which “NaN” or “Infinity” was typed: no limit can be held against them.

    Raises
    ------
    ValueError
        When it was.
    """
    if field.data is not None and not field.data.is_finite():
        field.data = None
        raise ValueError


class Points(DecimalField):
    """What a question is worth, in steps of a half; a comma is as good as a point."""

    _STEP = Decimal("0.5")

    def __init__(self, label: str, **bound: Any) -> None:
        limits = {"min": "0.5", "max": str(MOST_POINTS), "step": "0.5"}
        needed = InputRequired(f"Enter the points: 0.5 to {MOST_POINTS}.")
        super().__init__(label, validators=[needed], render_kw=limits, **bound)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number."""
        try:
            super().process_formdata([text.strip().replace(",", ".") for text in valuelist])
            see_that_it_is_finite(self)
        except ValueError:
            raise ValueError("Enter a number, such as 1.5.") from None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is WTForms'
        """Refuse what is out of range or between the steps."""
        points = self.data
        # Nothing was sent: what the field began with is not read, and asked for.
        if points is None or not self.raw_data:
            return
        if not points.is_finite() or not 0 < points <= MOST_POINTS or points % self._STEP:
            raise ValidationError(f"Points go from 0.5 to {MOST_POINTS} in steps of 0.5.")

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else plain(self.data)


def plain(number: Any) -> str:
    """A number as it is typed; nothing for none."""
    return "" if number is None else f"{number:g}"


class WholeNumber(IntegerField):
    """A number without a fraction, between two limits."""

    def __init__(self, label: str, most: int, wrong: str, *, needed: bool, **bound: Any) -> None:
        first = InputRequired(wrong) if needed else Optional()
        super().__init__(
            label,
            validators=[first, NumberRange(1, most, wrong)],
            render_kw={"min": "1", "max": str(most), "inputmode": "numeric"},
            **bound,
        )
        self._wrong = wrong

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number, or say what one would be."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self._wrong) from None


def minutes_field() -> WholeNumber:
    """A field for a time per question."""
    wrong = f"A time is 1 to {LONGEST_MINUTES} whole minutes; leave it empty for none."
    return WholeNumber("Minutes", LONGEST_MINUTES, wrong, needed=False)


def seconds(minutes: int | None) -> int | None:
    """A time as it is kept."""
    return None if minutes is None else minutes * _MINUTE
