"""The forms of regrades: asking for one, applying it, and taking it back."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length

from interview.services.audit import REASON_LIMIT
from interview.services.regrading.offering import Offer
from interview.services.regrading.records import Wish
from interview.web.forms.number_fields import number_in
from interview.web.forms.texts import line_ends

POLICIES = {
    "computed": "As computed",
    "never_lower": "Never lower",
}
SCOPES = {
    "assignment": "This assignment",
    "classes": "All classes that I teach",
    "everywhere": "Everywhere",
}
_PROMPT_SHOWN = 120


def _reason_field(why: str) -> TextAreaField:
    return TextAreaField(
        "Reason",
        filters=[line_ends, lambda text: text and text.strip()],
        validators=[
            DataRequired(why),
            Length(max=REASON_LIMIT, message=f"A reason has at most {REASON_LIMIT} characters."),
        ],
        render_kw={"rows": "3", "maxlength": str(REASON_LIMIT)},
    )


def _policy_field() -> RadioField:
    return RadioField(
        "Grades that would fall",
        choices=POLICIES,
        default="computed",
        validators=[DataRequired("Choose what becomes of grades that would fall.")],
    )


class NewForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Which answers are to be graded anew, and why."""

    scope = RadioField("Which answers", validators=[DataRequired("Choose which answers.")])
    question = SelectField("Question")
    policy = _policy_field()
    reason = _reason_field("Say why: learners whose grade changes read it.")

    def offer(self, offer: Offer) -> None:
        """Offer the scopes and questions that the person may choose."""
        self.scope.choices = {scope: SCOPES[scope] for scope in offer.scopes}
        named = {str(number): _shortened(prompt) for number, prompt in offer.questions}
        every = {} if offer.question_id else {"": "All questions"}
        self.question.choices = {**every, **named}
        if self.scope.data not in offer.scopes and not self.is_submitted():
            self.scope.data = offer.scopes[0]

    def wish(self, offer: Offer) -> Wish:
        """What was asked for, once the form is valid."""
        scope: str = self.scope.data
        return Wish(
            scope=scope,
            assignment_id=offer.assignment_id if scope == "assignment" else None,
            question_id=number_in(self.question.data) or None,
            version_id=None,
            appeal_id=None,
            policy=self.policy.data,
            reason=self.reason.data or "",
        )


class ApplyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What becomes of grades that would fall, once what would change was read."""

    policy = _policy_field()


class UndoForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """Why a run is taken back."""

    reason = _reason_field("Say why: learners whose grade changes back read it.")


def _shortened(prompt: Any) -> str:
    text = " ".join(str(prompt).split())
    return text if len(text) <= _PROMPT_SHOWN else f"{text[: _PROMPT_SHOWN - 1].rstrip()}…"
