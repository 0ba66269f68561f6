"""The forms of the marking queue: one grade for several answers, and a remark about one."""

import re
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from interview.services.marking.deciding import CONFIRMED, GroupDecision
from interview.services.marking.groups import Asked, GroupPage
from interview.services.marking.overriding import REASON_LIMIT
from interview.services.marking.queue import KINDS
from interview.services.marking.remarks import REMARK_LIMIT
from interview.web.addresses import names_hidden, number_asked
from interview.web.forms.marking import VERDICT_WORDS, score_field
from interview.web.forms.number_fields import plain_number
from interview.web.forms.texts import line_ends

KEEP = "as found"
"""The choice that leaves a key point to each answer's own grade."""

_TICKED = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)


class GroupForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """What is the same for every question; `form_for` adds the key points."""

    then = HiddenField()
    score = score_field("Score for all in %")
    reason = TextAreaField(
        "Reason",
        filters=[line_ends],
        validators=[
            Length(max=REASON_LIMIT, message=f"A reason has at most {REASON_LIMIT} characters.")
        ],
    )

    points: tuple[tuple[str, str], ...] = ()

    def validate_reason(self, field: Field) -> None:
        """Ask for a reason, but for what the grader had right."""
        if self.confirms and self._differs():
            raise ValidationError(
                "You entered another verdict or score: grade the ticked, or take that back to "
                "confirm what the grader found."
            )
        if not (self.confirms or (field.data or "").strip()):
            raise ValidationError("Say why: each learner reads it beside the grade.")

    def _differs(self) -> bool:
        """Whether something else is entered than the grader found."""
        return self.score.data is not None or any(one.data != KEEP for one in self.point_fields())

    @property
    def confirms(self) -> bool:
        """Whether the grader is said to be right."""
        return request.form.get("do") == "confirm"

    def point_fields(self) -> list[Field]:
        """The fields of the key points, in their order."""
        return [self[name] for name, _ in self.points]

    def following(self) -> int | None:
        """The answer to go on to."""
        return plain_number(self.then.data)

    def decision(self) -> GroupDecision:
        """What was decided, once the form is valid."""
        reason, answers = self.reason.data or "", ticked()
        if self.confirms:
            return GroupDecision(answers, {}, None, reason if reason.strip() else CONFIRMED)
        score = self.score.data
        chosen = {point: self[name].data for name, point in self.points}
        return GroupDecision(
            answers=answers,
            verdicts={point: verdict for point, verdict in chosen.items() if verdict != KEEP},
            score=None if score is None else float(score) / 100,
            reason=reason,
        )


def ticked() -> dict[int, int]:
    """The answers that were ticked, each with the grade that the page showed."""
    found = [_TICKED.fullmatch(value) for value in request.form.getlist("answer")]
    return {int(one[1]): int(one[2]) for one in found if one}


def form_for(page: GroupPage) -> Any:
    """Make a form that has a field for each key point of a question."""
    names = tuple((f"point_{point.number}", point.id) for point in page.points)
    fields = {
        f"point_{point.number}": RadioField(point.text, default=KEEP) for point in page.points
    }
    made = type("QuestionForm", (GroupForm,), {**fields, "points": names})
    form = made(data={"then": str(page.following or "")})
    for field in form.point_fields():
        field.choices = [*VERDICT_WORDS.items(), (KEEP, "As the grader found")]
    return form


class RemarkForm(FlaskForm):  # type: ignore[misc]
    """A remark, and where to go back to."""

    back = HiddenField()
    remark = TextAreaField(
        "Remark",
        filters=[line_ends],
        validators=[
            DataRequired("Write what the learner should read."),
            Length(max=REMARK_LIMIT, message=f"A remark has at most {REMARK_LIMIT} characters."),
        ],
    )


def what_asked() -> str:
    """What of the answers the address asks for: `queue.KINDS`, or all."""
    what = request.args.get("what", "")
    return what if what in KINDS else "all"


def asked() -> Asked:
    """What the address of a group asks for."""
    return Asked(
        what=what_asked(),
        after=max(0, number_asked("after") or 0),
        at=max(0, number_asked("at") or 0),
        hidden=names_hidden(),
    )
