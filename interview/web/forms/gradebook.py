"""What of the gradebook is asked for, as it stands in its address."""

from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField
from wtforms.validators import Length

from interview.services.cursors import Cursor
from interview.services.gradebook.records import Book, Filters, Order, Spot, Wanted, What
from interview.services.history import Cursor as Moment
from interview.web.forms.filters import KnownChoice
from interview.web.forms.number_fields import plain_number

WHAT_NAMES = {
    What.REVIEW: "Needs review",
    What.LATE: "Late",
    What.WAITING: "Not started",
    What.OPEN: "In progress",
}
FILTERS = ("group", "name", "what", "only")
KEPT = (*FILTERS, "sort")
COLUMNS = ("older", "newer")
ROWS = ("after", "before")
_LONGEST_NAME = 200


class DamagedAddress(ValueError):
    """The address names a place or an order that there is not."""


class GradebookForm(Form):
    """Which learners to list."""

    group = KnownChoice("Group", default="")
    name = StringField(
        "Name",
        validators=[Length(max=_LONGEST_NAME, message="A name has at most 200 characters.")],
    )
    what = KnownChoice("Who has", default="")

    def __init__(self, query: MultiDict[str, str], book: Book) -> None:
        super().__init__(query)
        groups = [(str(number), title) for number, title in book.groups]
        self.group.choices = [("", "All groups"), *groups]
        self.what.choices = [("", "Anything"), *((str(w), n) for w, n in WHAT_NAMES.items())]

    def filters(self, query: MultiDict[str, str]) -> Filters:
        """What was chosen, once it is valid.

        Raises
        ------
        DamagedAddress
            When the assignment is not given by its number.
        """
        return Filters(
            group_id=int(self.group.data) if self.group.data else None,
            name=self.name.data or "",
            what=What(self.what.data) if self.what.data else None,
            only=_number(only) if (only := query.get("only")) else None,
        )


def order_of(query: MultiDict[str, str]) -> Order:
    """Read the order: ``name``, ``mean`` or an assignment's number, ``-`` before it for down.

    Raises
    ------
    DamagedAddress
        When it is none of them.
    """
    text = query.get("sort") or "name"
    by = text.removeprefix("-")
    return Order(by if by in ("name", "mean") else _number(by), by != text)


def spot_of(query: MultiDict[str, str]) -> Spot:
    """Read where in the book to go on.

    Raises
    ------
    DamagedAddress
        When the address was cut or changed on its way.
    """
    try:
        after, before = (Cursor.parse(t) if (t := query.get(name)) else None for name in ROWS)
        older, newer = (Moment.parse(t) if (t := query.get(name)) else None for name in COLUMNS)
    except ValueError:
        raise DamagedAddress from None
    return Spot(after, before, older, newer)


def wanted_of(form: GradebookForm, query: MultiDict[str, str]) -> Wanted:
    """Put together what a valid form and the rest of the address ask for.

    Raises
    ------
    DamagedAddress
        When the rest cannot be read.
    """
    return Wanted(form.filters(query), order_of(query), spot_of(query))


def _number(text: str) -> int:
    number = plain_number(text)
    if number is None:
        raise DamagedAddress
    return number
