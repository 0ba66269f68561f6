"""The form of a person's grade: a verdict for each key point, a score, and why."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import DecimalField, Field, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from interview.services.marking.answers import VERDICTS, AnswerToGrade
from interview.services.marking.overriding import REASON_LIMIT, Decision
from interview.web.forms.number_fields import number_in, see_that_it_is_finite
from interview.web.forms.texts import line_ends

VERDICT_WORDS = {
    "found": "Found",
    "partly": "Partly",
    "not found": "Not found",
    "contradicted": "Says the opposite",
}


class Score(DecimalField):
    """A percentage, or nothing; a comma is a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a number, or say what one looks like."""
        typed = [value.strip().replace(",", ".").removesuffix("%").strip() for value in valuelist]
        if not any(typed):
            self.data = None
            return
        try:
            super().process_formdata(typed)
            see_that_it_is_finite(self)
        except ValueError:
            raise ValueError(f"“{valuelist[0]}” is no number. Write it like 75 or 62.5.") from None


def score_field(label: str) -> Score:
    """A field for a score that may stay empty."""
    limits = NumberRange(min=0, max=100, message="A score is from 0 to 100 %%.")
    return Score(label, places=None, validators=[Optional(), limits])


def base_of(field: HiddenField) -> int:
    """The grade that a form was made from; 0 where that cannot be read."""
    # Not `data`, which would be the newest grade where the browser sent none.
    return number_in((field.raw_data or [""])[0])


class OverrideForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is the same for every answer; `form_for` adds the key points."""

    base = HiddenField()
    score = score_field("Score in %")
    reason = TextAreaField(
        "Reason",
        filters=[line_ends],
        validators=[
            DataRequired("Say why: the learner reads it beside the grade."),
            Length(max=REASON_LIMIT, message=f"A reason has at most {REASON_LIMIT} characters."),
        ],
    )

    points: tuple[tuple[str, str], ...] = ()

    def point_fields(self) -> list[Field]:
        """The fields of the key points, in their order."""
        return [self[name] for name, _ in self.points]

    def decision(self) -> Decision:
        """What was decided, once the form is valid."""
        score = self.score.data
        return Decision(
            base=base_of(self.base),
            verdicts={point: self[name].data for name, point in self.points},
            score=None if score is None else float(score) / 100,
            reason=self.reason.data or "",
        )


def form_for(answer: AnswerToGrade) -> Any:
    """Make a form that has a field for each key point of an answer."""
    names = tuple((f"point_{point.number}", point.id) for point in answer.points)
    fields = {
        f"point_{point.number}": RadioField(point.text, default=point.verdict)
        for point in answer.points
    }
    made = type("AnswerForm", (OverrideForm,), {**fields, "points": names})
    form = made(data={"base": str(answer.grade_id)})
    for field in form.point_fields():
        field.choices = [(verdict, VERDICT_WORDS[verdict]) for verdict in VERDICTS]
    return form
