"""Fields for what instructors state in figures: times on the wall clock, and whole numbers."""

from typing import Any

from wtforms import DateTimeLocalField, IntegerField
from wtforms.validators import NumberRange, Optional

_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class WallTimeField(DateTimeLocalField):
    """A day and a time on the clocks of a place that the form names beside it."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, format=_FORMATS, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a time, or say what one looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("This is no day and time. Write it like 2026-03-31 09:30.") from None


class WholeNumberField(IntegerField):
    """A whole number within limits that may be left out.

    Parameters
    ----------
    least, most : int
        The limits.
    advice : str
        What is told to somebody who typed anything else.
    """

    def __init__(self, label: str, least: int, most: int, advice: str, **options: Any) -> None:
        self.advice = advice
        options.setdefault("validators", [Optional(), NumberRange(least, most, advice)])
        options["render_kw"] = {"min": least, "max": most, "inputmode": "numeric"}
        super().__init__(label, **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number, or say which ones there are."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(self.advice) from None
