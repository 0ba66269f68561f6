"""The forms of contested key points: contesting one, deciding one, and which are listed."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from interview.services.appeals.deciding import Ruling
from interview.services.appeals.reading import Case
from interview.services.appeals.records import REPLY_LIMIT, STATUSES, WHY_LIMIT, WORDING_LIMIT
from interview.services.audit import REASON_LIMIT
from interview.services.marking.answers import VERDICTS
from interview.web.forms.filters import KnownChoice
from interview.web.forms.marking import VERDICT_WORDS, Score

_MOST_DIGITS = 9
_CHOICES = {
    "accept": "Accept: these words count as this key point",
    "adjust": "Adjust this grade by hand",
    "decline": "Decline: the grade stays",
}


def _lines(text: str | None) -> str | None:
    """A browser sends two characters for a line end, and counts one."""
    return text and text.replace("\r\n", "\n")


def _at_most(limit: int) -> Length:
    return Length(max=limit, message=f"At most {limit} characters can be sent.")


class ContestForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Which words of an answer name a key point, and why."""

    point = HiddenField()
    sentences = SelectMultipleField(
        "These words say it",
        coerce=int,
        validators=[DataRequired("Tick the sentence that says it, or several.")],
    )
    why = TextAreaField("In your own words", filters=[_lines], validators=[_at_most(WHY_LIMIT)])

    def offer(self, sentences: tuple[str, ...]) -> None:
        """Name the sentences that there are."""
        choices: dict[Any, str] = dict(enumerate(sentences))
        self.sentences.choices = choices


class DecideForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is decided about an appeal."""

    base = HiddenField()
    choice = RadioField("Your decision", validators=[DataRequired("Choose one of these.")])
    wording = TextAreaField(
        "Wording that counts from now on", filters=[_lines], validators=[_at_most(WORDING_LIMIT)]
    )
    reason = StringField("Why nevertheless", validators=[_at_most(REASON_LIMIT)])
    verdict = SelectField("This key point")
    score = Score(
        "Score of the answer in %",
        places=None,
        validators=[
            Optional(),
            NumberRange(min=0, max=100, message="A score is from 0 to 100 %%."),
        ],
    )
    reply = TextAreaField(
        "Your reply to the learner", filters=[_lines], validators=[_at_most(REPLY_LIMIT)]
    )

    def offer(self, case: Case) -> None:
        """Offer what can be decided of a case."""
        self.choice.choices = [
            (name, words) for name, words in _CHOICES.items() if name != "accept" or case.may_accept
        ]
        self.verdict.choices = [(verdict, VERDICT_WORDS[verdict]) for verdict in VERDICTS]

    def validate_reply(self, field: Any) -> None:
        """Ask for words where the grade does not follow from the wording."""
        if self.choice.data in ("adjust", "decline") and not (field.data or "").strip():
            raise ValidationError("Say why: the learner reads it.")

    def ruling(self) -> Ruling:
        """What was decided, once the form is valid."""
        score = self.score.data
        # Not `data`, which would be the newest grade where the browser sent none.
        base = (self.base.raw_data or [""])[0]
        return Ruling(
            choice=self.choice.data,
            reply=self.reply.data or "",
            wording=self.wording.data or "",
            reason=self.reason.data or "",
            base=int(base) if base.isdecimal() and len(base) <= _MOST_DIGITS else 0,
            verdict=self.verdict.data or "",
            score=None if score is None else float(score) / 100,
        )


def form_for(case: Case) -> DecideForm:
    """Make the form of a case: nothing is chosen, and the wording begins with the quote."""
    verdict = case.point.verdict if case.point else VERDICTS[0]
    begun = {"base": str(case.answer.grade_id), "wording": case.suggested, "verdict": verdict}
    form = DecideForm(data=begun)
    form.offer(case)
    return form


class QueueForm(Form):
    """Which appeals are listed."""

    status = KnownChoice("Status", choices={"": "All, waiting first", **STATUSES}, default="")
    assignment = KnownChoice("Assignment", default="")
    names = KnownChoice("Names", choices={"": "Shown", "hidden": "Hidden"}, default="")

    def offer(self, assignments: tuple[tuple[int, str], ...]) -> None:
        """Name the assignments that can be chosen."""
        named = {str(number): title for number, title in assignments}
        self.assignment.choices = {"": "All", **named}
