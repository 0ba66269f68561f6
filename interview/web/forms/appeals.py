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
from wtforms.validators import DataRequired, Length, ValidationError

from interview.services.appeals.deciding import Ruling
from interview.services.appeals.reading import Case
from interview.services.appeals.records import REPLY_LIMIT, STATUSES, WHY_LIMIT, WORDING_LIMIT
from interview.services.audit import REASON_LIMIT
from interview.services.marking.answers import VERDICTS
from interview.web.forms.filters import KnownChoice
from interview.web.forms.marking import VERDICT_WORDS, base_of, score_field
from interview.web.forms.texts import line_ends

_CHOICES = {
    "accept": "Accept: these words count as this key point",
    "adjust": "Adjust this grade by hand",
    "decline": "Decline: the grade stays",
}


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
    why = TextAreaField("In your own words", filters=[line_ends], validators=[_at_most(WHY_LIMIT)])

    def offer(self, sentences: tuple[str, ...]) -> None:
        """Name the sentences that there are."""
        choices: dict[Any, str] = dict(enumerate(sentences))
        self.sentences.choices = choices


class DecideForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is decided about an appeal."""

    base = HiddenField()
    choice = RadioField("Your decision", validators=[DataRequired("Choose one of these.")])
    wording = TextAreaField(
        "Wording that counts from now on", filters=[line_ends], validators=[_at_most(WORDING_LIMIT)]
    )
    reason = StringField("Why nevertheless", validators=[_at_most(REASON_LIMIT)])
    verdict = SelectField("This key point")
    score = score_field("Score of the answer in %")
    reply = TextAreaField(
        "Your reply to the learner", filters=[line_ends], validators=[_at_most(REPLY_LIMIT)]
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
        return Ruling(
            choice=self.choice.data,
            reply=self.reply.data or "",
            wording=self.wording.data or "",
            reason=self.reason.data or "",
            base=base_of(self.base),
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
