"""The forms of reported problems: telling of one, and answering it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from interview.services.reporting.answering import Answer
from interview.services.reporting.records import KINDS, STATUSES, TEXT_LIMIT, Report
from interview.web.forms.filters import KnownChoice
from interview.web.forms.texts import line_ends

_LONGEST = Length(max=TEXT_LIMIT, message=f"At most {TEXT_LIMIT:,} characters can be sent.")


class TellForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is wrong with a question."""

    kind = RadioField(
        "What is it about?",
        choices=KINDS,
        validators=[DataRequired("Choose what comes nearest.")],
    )
    told = TextAreaField(
        "What is wrong?",
        filters=[line_ends],
        validators=[
            DataRequired("Say what is wrong, so that somebody can mend it."),
            _LONGEST,
        ],
    )


class AnswerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is said to a report."""

    seen = HiddenField()
    status = SelectField("What becomes of it?", choices=STATUSES)
    reply = TextAreaField("Your reply", filters=[line_ends], validators=[_LONGEST])

    def offer(self, report: Report) -> None:
        """Offer what can become of a report: what was answered does not wait again."""
        self.status.choices = {
            status: words
            for status, words in STATUSES.items()
            if status != "open" or report.status == "open"
        }

    def validate_reply(self, field: Any) -> None:
        """Ask for words where a report is turned down."""
        if self.status.data == "declined" and not (field.data or "").strip():
            raise ValidationError("Say why it is left as it is: the reporter reads it.")

    def answer(self) -> Answer:
        """What was said, once the form is valid."""
        return Answer(self.status.data, self.reply.data or "", self.seen.data or "")


class QueueForm(Form):
    """Which reports are listed."""

    status = KnownChoice("Status", choices={"": "All", **STATUSES}, default="open")
