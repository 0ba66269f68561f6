"""The forms about running and ended attempts: more time, and opening one again."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from interview.services.assignments.extensions import MOST_MINUTES, Form, Wanted
from interview.services.assignments.reopening import MOST_MINUTES as MOST_REOPENED
from interview.services.audit import REASON_LIMIT


class WholeNumber(IntegerField):
    """A number that says in the reader's words what is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it; empty is left to the validators."""
        try:
            super().process_formdata([text.strip() for text in valuelist if text.strip()])
        except ValueError:
            raise ValueError(f"“{' '.join(valuelist)}” is no whole number.") from None


def reason_field(why: str) -> StringField:
    """A reason that has to be given; it stands in the audit log."""
    return StringField(
        "Reason",
        filters=[lambda text: text and text.strip()],
        validators=[
            DataRequired(why),
            Length(max=REASON_LIMIT, message="A reason can have at most %(max)d characters."),
        ],
        render_kw={"maxlength": REASON_LIMIT},
    )


def _minutes_field(label: str, most: int, usual: int) -> WholeNumber:
    return WholeNumber(
        label,
        default=usual,
        validators=[
            InputRequired("Enter a number of minutes."),
            NumberRange(1, most, "Enter whole minutes from %(min)d to %(max)d."),
        ],
        render_kw={"min": 1, "max": most, "inputmode": "numeric"},
    )


class ExtendForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """More time for one learner, or for everybody who is working."""

    shown = HiddenField()
    minutes = _minutes_field("Minutes to add", MOST_MINUTES, 5)
    reason = reason_field("Say why: it stands in the audit log.")

    def validate_shown(self, field: HiddenField) -> None:
        """See that it says which form it is, so that it counts once."""
        try:
            Form.parse(field.data or "")
        except ValueError:
            raise ValidationError("This form was cut on its way. Send it once more.") from None

    def wanted(self, attempt_id: int | None, group_id: int | None) -> Wanted:
        """What is asked for, once it is valid."""
        return Wanted(
            minutes=self.minutes.data or 0,
            reason=self.reason.data or "",
            form=Form.parse(self.shown.data or ""),
            attempt_id=attempt_id,
            group_id=group_id,
        )


class ReopenForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Opening an ended attempt again."""

    minutes = _minutes_field("Minutes from now", MOST_REOPENED, 10)
    reason = reason_field("Say why: it stands in the audit log.")
