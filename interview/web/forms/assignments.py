"""The forms about assignments: their terms, and starting one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from interview.services.assignments import reviews, stating
from interview.services.assignments.audience import Choices
from interview.services.assignments.reviews import Shown
from interview.services.assignments.stating import Audience, Stated
from interview.services.attempts.planning import LONGEST_ATTEMPT_MINUTES, LONGEST_QUESTION_MINUTES
from interview.services.audit import REASON_LIMIT
from interview.services.sets.choosing import PublishedSet
from interview.web.forms.accounts import zone_field
from interview.web.forms.wall_times import WallTimeField, WholeNumberField

PARTS = {
    "score": "Score",
    "answer": "Their own answer",
    "points": "Key points",
    "reference": "Reference answer",
}
WHENS = {
    "never": "Never",
    "each": "After each answer",
    "finish": "After finishing",
    "close": "After close",
    "date": "From a date",
}
REVIEWS = {
    "usual": "The usual: score, own answer and key points after finishing, the reference "
    "after close",
    "close": "Everything after close",
    "each": "Everything after each answer",
    "own": "As chosen below",
}
COUNTS = {
    "best": "The best attempt",
    "last": "The last attempt",
    "first": "The first attempt",
    "mean": "The mean of all attempts",
}
AUDIENCES = {"class": "The whole class", "groups": "Some groups", "people": "Some people"}


def _at_most(limit: int) -> dict[str, Any]:
    message = "This can have at most %(max)d characters."
    return {"validators": [Length(max=limit, message=message)], "render_kw": {"maxlength": limit}}


def _when_field(part: str) -> SelectField:
    return SelectField(f"{PARTS[part]}: shown", choices=WHENS, default="finish")


def _on_field(part: str) -> WallTimeField:
    return WallTimeField(f"{PARTS[part]}: from", validators=[Optional()])


class AssignmentForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """The terms on which a set is given."""

    version_id = SelectField("Question set", coerce=int)
    title = StringField(
        "Title",
        validators=[
            InputRequired("Enter a title."),
            Length(max=stating.TITLE_MOST, message="A title can have %(max)d characters."),
        ],
        render_kw={"maxlength": stating.TITLE_MOST},
    )
    instructions = TextAreaField("Instructions", **_at_most(stating.INSTRUCTIONS_MOST))
    audience = RadioField("For whom", choices=AUDIENCES, default="class")
    groups = SelectMultipleField("Groups", coerce=int, validate_choice=False)
    people = SelectMultipleField("People", coerce=int, validate_choice=False)
    addresses = TextAreaField("People by address", **_at_most(stating.ADDRESSES_MOST))
    zone = zone_field()
    opens = WallTimeField("Opens", validators=[InputRequired("Say from when it is open.")])
    due = WallTimeField("Due", validators=[Optional()])
    closes = WallTimeField("Closes", validators=[Optional()])
    whole_minutes = WholeNumberField(
        "Minutes for the whole attempt", 1, LONGEST_ATTEMPT_MINUTES,
        f"Enter 1 to {LONGEST_ATTEMPT_MINUTES} minutes, or nothing for no limit.",
    )  # fmt: skip
    question_minutes = WholeNumberField(
        "Minutes for each question", 1, LONGEST_QUESTION_MINUTES,
        f"Enter 1 to {LONGEST_QUESTION_MINUTES} minutes, or nothing for no limit.",
    )  # fmt: skip
    attempts = WholeNumberField(
        "Attempts", 1, stating.MOST_ATTEMPTS,
        f"Enter 1 to {stating.MOST_ATTEMPTS}, or nothing for as many as they like.",
    )  # fmt: skip
    counts = SelectField("Which counts", choices=COUNTS, default="best")
    delay_hours = WholeNumberField(
        "Hours between attempts", 0, stating.LONGEST_DELAY_HOURS,
        f"Enter 0 to {stating.LONGEST_DELAY_HOURS} hours.",
    )  # fmt: skip
    delay_minutes = WholeNumberField("Minutes between attempts", 0, 59, "Enter 0 to 59 minutes.")
    shuffle = BooleanField("Ask the questions in another order each time")
    returnable = BooleanField("Learners may go back to questions that they have not submitted")
    late_percent = WholeNumberField(
        "Percent taken off for each day late", 0, 100, "Enter 0 to 100 percent."
    )
    access_code = StringField("Access code", **_at_most(stating.CODE_MOST))
    review = RadioField("Shown to learners", choices=REVIEWS, default="usual")
    score_when = _when_field("score")
    score_on = _on_field("score")
    answer_when = _when_field("answer")
    answer_on = _on_field("answer")
    points_when = _when_field("points")
    points_on = _on_field("points")
    reference_when = _when_field("reference")
    reference_on = _on_field("reference")
    appeals = BooleanField("Learners may contest key points that were not found")
    appeals_from = WallTimeField("Contesting begins", validators=[Optional()])
    appeals_until = WallTimeField("Contesting ends", validators=[Optional()])
    remind = BooleanField("Tell learners by mail when it opens and when it is due within a day")
    reason = StringField("Reason for the change", **_at_most(REASON_LIMIT))

    def offer(self, sets: dict[Any, str], choices: Choices) -> None:
        """Fill in what can be chosen."""
        self.version_id.choices = sets
        for field, found in ((self.groups, choices.groups), (self.people, choices.people)):
            named: dict[Any, str] = dict(found)
            field.choices = named

    def tell(self, problems: Mapping[str, str]) -> None:
        """Show what the service found wrong beside the fields."""
        for name, problem in problems.items():
            field: Field = self[name]
            field.errors = [*field.errors, problem]

    def parts(self) -> list[tuple[str, Field, Field]]:
        """The rows of the review table: a part's name and its two fields."""
        return [(label, self[f"{part}_when"], self[f"{part}_on"]) for part, label in PARTS.items()]

    def stated(self) -> Stated:
        """Gather what was typed, once it is valid."""
        hours, minutes = self.delay_hours.data or 0, self.delay_minutes.data or 0
        return Stated(
            version_id=self.version_id.data,
            title=self.title.data or "",
            zone=self.zone.data or "",
            opens=self.opens.data,  # type: ignore[arg-type]  # validated as there
            due=self.due.data,
            closes=self.closes.data,
            instructions=self.instructions.data or "",
            audience=self._audience(),
            whole_minutes=self.whole_minutes.data,
            question_minutes=self.question_minutes.data,
            attempts=self.attempts.data,
            counts=self.counts.data,
            delay=timedelta(hours=hours, minutes=minutes),
            shuffle=self.shuffle.data,
            returnable=self.returnable.data,
            late_percent=self.late_percent.data or 0,
            access_code=self.access_code.data or "",
            review=self.review.data,
            parts=self._parts(),
            remind=self.remind.data,
            appeals=self.appeals.data,
            appeals_from=self.appeals_from.data,
            appeals_until=self.appeals_until.data,
        )

    def _audience(self) -> Audience:
        return Audience(
            self.audience.data,
            tuple(self.groups.data or ()),
            tuple(self.people.data or ()),
            self.addresses.data or "",
        )

    def _parts(self) -> dict[str, Shown]:
        return {part: Shown(self[f"{part}_when"].data, self[f"{part}_on"].data) for part in PARTS}


def data_of(stated: Stated) -> dict[str, Any]:
    """What the form begins with for given terms."""
    minutes = round(stated.delay / timedelta(minutes=1))
    parts = stated.parts or reviews.usual(closes=True)
    same = {
        name: getattr(stated, name)
        for name in Stated.__slots__
        if name not in ("audience", "delay", "parts")
    }
    return {
        **same,
        "audience": stated.audience.kind,
        "groups": list(stated.audience.groups),
        "people": list(stated.audience.people),
        "delay_hours": minutes // 60,
        "delay_minutes": minutes % 60,
        **{f"{part}_when": shown.when for part, shown in parts.items()},
        **{f"{part}_on": shown.on for part, shown in parts.items()},
    }


def set_label(one: PublishedSet) -> str:
    """Name a version of a set with what a choice between sets turns on."""
    questions = "1 question" if one.question_count == 1 else f"{one.question_count} questions"
    newest = "" if one.is_newest else ", not the newest"
    return f"{one.title}, version {one.number}{newest} ({questions}, about {expected(one)})"


def expected(one: PublishedSet) -> str:
    """What a prepared candidate needs for a set, in words."""
    return f"{max(1, round(one.target_seconds / 60))} min"


class StartForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What it takes to start: the access code, where there is one."""

    code = StringField("Access code", **_at_most(stating.CODE_MOST * 2))
