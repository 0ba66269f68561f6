"""The filters of the history, as they stand in its address."""

from typing import Any

from werkzeug.datastructures import MultiDict

from interview.services.history import Choices, Cursor, Filters, Spot
from interview.web.forms.filters import KnownChoice, PeriodForm

PRESET_NAMES = {
    "mock": "Mock interview",
    "practice": "Practice",
    "untimed": "Untimed",
    "assigned": "Assigned",
}
NAMES = ("set", "topic", "preset", "from", "to")
SPOTS = ("before", "after")


class OfHistory(KnownChoice):
    """A choice among what the reader has sat."""

    unknown = "“{}” is not in your history."


class FilterForm(PeriodForm):
    """Which attempts to list."""

    chosen_set = OfHistory("Set", name="set", default="")
    topic = OfHistory("Topic", default="")
    preset = OfHistory("Kind", default="")

    def __init__(self, query: MultiDict[str, str], choices: Choices) -> None:
        super().__init__(query)
        self._set_ids = {slug: number for number, slug, _title in choices.sets}
        sets = [(slug, title) for _number, slug, title in choices.sets]
        self.chosen_set.choices = [("", "All sets"), *sets]
        self.topic.choices = [("", "All topics"), *((topic, topic) for topic in choices.topics)]
        self.preset.choices = [("", "All kinds"), *PRESET_NAMES.items()]

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
