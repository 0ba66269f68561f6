"""The filters of the history, as they stand in its address."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectField
from wtforms.validators import Optional, ValidationError

from interview.services.history import FIRST_DAY, LAST_DAY, Choices, Cursor, Filters, Spot

PRESET_NAMES = {
    "mock": "Mock interview",
    "practice": "Practice",
    "untimed": "Untimed",
    "assigned": "Assigned",
}
NAMES = ("set", "topic", "preset", "from", "to")
SPOTS = ("before", "after")


class KnownChoice(SelectField):
    """A choice that keeps and names a value that it does not offer."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the signature is WTForms'
        """Refuse a value that came by a mistyped address, and go on showing it."""
        offered: Any = self.choices
        if self.data not in dict(offered):
            self.choices = [*offered, (self.data, f"{self.data} (unknown)")]
            raise ValidationError(f"“{self.data}” is not in your history.")


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


class FilterForm(Form):
    """Which attempts to list."""

    chosen_set = KnownChoice("Set", name="set", default="")
    topic = KnownChoice("Topic", default="")
    preset = KnownChoice("Kind", default="")
    first_day = Day("From", name="from", validators=[Optional()])
    last_day = Day("To", name="to", validators=[Optional()])

    def __init__(self, query: MultiDict[str, str], choices: Choices) -> None:
        super().__init__(query)
        self._set_ids = {slug: number for number, slug, _title in choices.sets}
        sets = [(slug, title) for _number, slug, title in choices.sets]
        self.chosen_set.choices = [("", "All sets"), *sets]
        self.topic.choices = [("", "All topics"), *((topic, topic) for topic in choices.topics)]
        self.preset.choices = [("", "All kinds"), *PRESET_NAMES.items()]

    def validate_last_day(self, field: Day) -> None:
        """Refuse a range that ends before it begins."""
        first = self.first_day.data
        if first and field.data and field.data < first:
            raise ValidationError("This day comes before the one in “From”.")

    def filters(self, zone: str) -> Filters:
        """What was chosen, once it is valid."""
        return Filters(
            set_id=self._set_ids.get(self.chosen_set.data),
            topic=self.topic.data,
            preset=self.preset.data,
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            zone=zone,
        )


def spot_of(query: MultiDict[str, str]) -> Spot:
    """Read where in the list to go on.

    Raises
    ------
    ValueError
        When the address was cut or changed on its way.
    """
    before, after = (Cursor.parse(text) if (text := query.get(name)) else None for name in SPOTS)
    return Spot(older_than=before, newer_than=after)


def in_use(query: MultiDict[str, str], names: tuple[str, ...] = NAMES) -> dict[str, Any]:
    """The filters that say something, for links that must keep them."""
    return {name: value for name in names if (value := query.get(name))}
