"""The forms about question sets."""

import re
from collections.abc import Mapping

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    Form,
    HiddenField,
    SearchField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from interview.services.sets.changing import Edit, Terms
from interview.services.sets.picking import LONGEST, Pick, described
from interview.services.sets.questions import DIFFICULTIES, BankQuery
from interview.services.sets.records import (
    DESCRIPTION_LIMIT,
    MOST_QUESTIONS,
    TITLE_LIMIT,
    SlotCard,
)
from interview.web.forms.number_fields import (
    Points,
    WholeNumber,
    minutes_field,
    number_in,
    plain,
    seconds,
)

_SLOT_FIELD = re.compile(r"slot-([0-9]{1,9})-points", re.ASCII)
_ANY_DIFFICULTY = {"": "Any difficulty"} | {one: one.capitalize() for one in DIFFICULTIES}


def topic_choices(topics: tuple[str, ...], chosen: str) -> dict[str, str]:
    """Topics to choose from, with the one that is chosen even where no question has it."""
    known = topics if chosen in ("", *topics) else (*topics, chosen)
    return {"": "Any topic"} | {topic: topic for topic in known}


class RevisedForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form that knows which state of a set its page showed."""

    revision = HiddenField()

    def base(self) -> int:
        """The revision that was sent; what the form was filled with does not count."""
        return number_in(self.revision.raw_data[0] if self.revision.raw_data else "")


class TitleForm(RevisedForm):
    """What a set is called."""

    title = StringField(
        "Title",
        validators=[
            InputRequired("Enter a title."),
            Length(max=TITLE_LIMIT, message="A title can have at most %(max)d characters."),
        ],
        render_kw={"maxlength": TITLE_LIMIT},
    )
    description = TextAreaField(
        "Description",
        validators=[
            Length(
                max=DESCRIPTION_LIMIT, message="A description can have at most %(max)d characters."
            )
        ],
        render_kw={"rows": 4, "maxlength": DESCRIPTION_LIMIT},
    )

    def texts(self) -> tuple[str, str]:
        """Title and description, once they are valid."""
        return self.title.data or "", self.description.data or ""

    def validate_title(self, field: StringField) -> None:
        """Refuse a title of blanks."""
        if not (field.data or "").strip():
            raise ValidationError("Enter a title.")


class TermsForm(Form):
    """Points and time of one slot, and what they were when the page was made."""

    points = Points("Points")
    minutes = minutes_field()
    was = HiddenField()

    def is_touched(self) -> bool:
        """Whether something else was typed than what the page showed."""
        typed = (self[name].raw_data or [""] for name in ("points", "minutes"))
        return "/".join(raw[0].strip() for raw in typed) != self.was.data

    def terms(self) -> Terms:
        """What was typed, once it is valid."""
        return Terms(float(self.points.data or 0), seconds(self.minutes.data))


class SlotsForm:
    """What the editor sends with every change: its revision, and what was typed anew.

    Parameters
    ----------
    typed : MultiDict
        Of the request; empty where a page is only shown.
    """

    def __init__(self, typed: MultiDict[str, str]) -> None:
        slots = [int(found[1]) for name in typed if (found := _SLOT_FIELD.fullmatch(name))]
        forms = {one: TermsForm(typed, prefix=f"slot-{one}-") for one in slots[:MOST_QUESTIONS]}
        self.revision = number_in(typed.get("revision"))
        self.touched = {one: form for one, form in forms.items() if form.is_touched()}

    def validate(self) -> bool:
        """Whether all that was typed anew can be taken."""
        wrong = [one for one, form in self.touched.items() if not form.validate()]
        return not wrong

    def edit(self) -> Edit:
        """What goes with the change, once it is valid."""
        return Edit(self.revision, {one: form.terms() for one, form in self.touched.items()})

    def rows(self, slots: tuple[SlotCard, ...]) -> Mapping[int, TermsForm]:
        """The fields of each slot: as they were typed, else as they are kept."""
        return {slot.id: self._row(slot) for slot in slots}

    def _row(self, slot: SlotCard) -> TermsForm:
        kept = f"{plain(slot.points)}/{plain(slot.minutes)}"
        typed = self.touched.get(slot.id)
        if typed is None:
            prefix = f"slot-{slot.id}-"
            return TermsForm(prefix=prefix, points=slot.points, minutes=slot.minutes, was=kept)
        typed.was.data = kept
        return typed


class RandomForm(RevisedForm):
    """What a random slot draws."""

    topic = SelectField("Topic", default="", validate_choice=False)
    tag = StringField("Tag", validators=[Length(max=LONGEST)], render_kw={"list": "tags"})
    difficulty = SelectField("Difficulty", default="", choices=_ANY_DIFFICULTY)
    count = WholeNumber(
        "Questions", MOST_QUESTIONS, f"Draw 1 to {MOST_QUESTIONS} questions.", needed=True
    )
    points = Points("Points each")
    minutes = minutes_field()

    def offer(self, topics: tuple[str, ...]) -> None:
        """Let the reader choose among the topics of the bank."""
        self.topic.choices = topic_choices(topics, self.topic.data or "")

    def pick(self) -> Pick:
        """What was asked for, once it is valid."""
        return Pick(
            topic=described(self.topic.data or ""),
            tag=described(self.tag.data or ""),
            difficulty=described(self.difficulty.data or ""),
            count=self.count.data or 1,
            points=float(self.points.data or 0),
            seconds=seconds(self.minutes.data),
        )


class BankForm(Form):
    """What is looked for in the bank, as it stands in the address."""

    q = SearchField("Words in the question or its tags", render_kw={"maxlength": LONGEST})
    topic = SelectField("Topic", default="", validate_choice=False)
    difficulty = SelectField("Difficulty", default="", choices=_ANY_DIFFICULTY)
    tag = StringField("Tag", render_kw={"list": "tags", "maxlength": LONGEST})
    after = HiddenField()

    def query(self) -> BankQuery:
        """The same for the service."""
        return BankQuery(
            words=self.q.data or "",
            topic=self.topic.data or "",
            difficulty=self.difficulty.data or "",
            tag=self.tag.data or "",
            after=number_in(self.after.data),
        )
