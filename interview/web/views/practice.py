"""Choosing what to practise, and the page before the clock starts."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from interview.services import guests
from interview.services.attempts import planning, starting, topics
from interview.services.attempts.starting import AlreadyOpen, Choice, Offer
from interview.services.study import list_sets
from interview.web.clock import now
from interview.web.guards import logged_in, public
from interview.web.hx import render, see_other
from interview.web.principal import me, viewer

pages = Blueprint("practice", __name__)

_USUAL_COUNT = 5
_MOST_DIGITS = 9


class StartForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """How the attempt will run."""

    preset = SelectField(
        "Kind of session",
        choices={preset: preset for preset in planning.PRESETS},
        validators=[InputRequired()],
    )
    feedback = SelectField(
        "Show grades",
        choices={"each": "after each answer", "end": "at the end"},
        validators=[InputRequired()],
    )
    whole_minutes = IntegerField(
        "Minutes for the whole session",
        validators=[
            Optional(),
            NumberRange(
                1,
                planning.LONGEST_ATTEMPT_MINUTES,
                "A session may take 1 to %(max)s minutes; leave it empty for no limit.",
            ),
        ],
    )
    question_minutes = IntegerField(
        "Minutes for each question",
        validators=[
            Optional(),
            NumberRange(
                1,
                planning.LONGEST_QUESTION_MINUTES,
                "A question may take 1 to %(max)s minutes; leave it empty for no limit.",
            ),
        ],
    )


@pages.get("/practise")
@public
def choose() -> str:
    """Choose a set, or a topic."""
    return render_template(
        "practice/choose.html",
        sets=list_sets(_viewer_id()),
        topics=topics.topics(),
        most=planning.MOST_QUESTIONS,
    )


@pages.get("/practise/start")
@public
def prepare() -> BaseResponse:
    """State the rules before the clock starts."""
    choice = _choice()
    offered = starting.offer(_viewer_id(), choice)
    preset = request.args.get("preset", planning.PRESETS[0])
    if preset not in planning.PRESETS:
        preset = planning.PRESETS[0]
    form = StartForm(obj=planning.preset_settings(preset, offered.available, offered.expected))
    return _page(form, choice, offered)


@pages.post("/practise/start")
@logged_in
def begin() -> BaseResponse:
    """Start the attempt and show its first question."""
    choice = _choice()
    offered = starting.offer(me().id, choice)
    form = StartForm()
    if not form.validate():
        return _page(form, choice, offered, status=422)
    if not guests.may_start(me(), now()):
        flash("A trial has one session. Register to keep its result and go on.", "info")
        return see_other(url_for("accounts.register"))
    plan = planning.plan_of(
        planning.Settings(
            preset=form.preset.data,
            feedback=form.feedback.data,
            whole_minutes=form.whole_minutes.data,
            question_minutes=form.question_minutes.data,
        )
    )
    try:
        attempt_id = starting.start(me().id, choice, plan, now())
    except AlreadyOpen:
        return _page(form, choice, starting.offer(me().id, choice), status=409)
    return see_other(url_for("sitting.question", attempt_id=attempt_id, position=1))


def _viewer_id() -> int | None:
    person = viewer()
    return person.id if person else None


def _choice() -> Choice:
    count = request.args.get("count", "")
    wanted = int(count) if count.isdecimal() and len(count) <= _MOST_DIGITS else 0
    return Choice(
        set_slug=_asked("set"),
        topic=_asked("topic"),
        difficulty=_asked("difficulty"),
        count=min(wanted, planning.MOST_QUESTIONS) or _USUAL_COUNT,
    )


def _asked(name: str) -> str:
    # PostgreSQL refuses a NUL even in a question.
    return request.args.get(name, "").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _page(form: StartForm, choice: Choice, offered: Offer, status: int = 200) -> Response:
    return render(
        "practice/prepare.html",
        "practice/_prepare.html",
        status,
        form=form,
        choice=_query(choice),
        offer=offered,
        presets=planning.PRESETS,
        grace=planning.GRACE_SECONDS,
        answer_limit=planning.ANSWER_CHARACTERS,
    )


def _query(choice: Choice) -> dict[str, Any]:
    if choice.set_slug:
        return {"set": choice.set_slug}
    return {"topic": choice.topic, "difficulty": choice.difficulty, "count": choice.count}
