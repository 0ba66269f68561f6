"""The start page, how grading works, and the choice of a theme."""

from flask import Blueprint, current_app, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services import home as homes
from interview.services.guests import GUEST_DAYS
from interview.web.clock import now
from interview.web.guards import public
from interview.web.hx import see_other
from interview.web.pages import THEMES
from interview.web.principal import viewer
from interview.web.safe_next import safe_path

pages = Blueprint("home", __name__)

THEME_SECONDS = 365 * 24 * 60 * 60


@pages.get("/")
@public
def home() -> str:
    """Say what this is to a visitor, and what is next to everybody else."""
    person = viewer()
    if person is None:
        return render_template("home/landing.html", page=homes.landing(), guest_days=GUEST_DAYS)
    page = homes.dashboard(person, now())
    return render_template("home/dashboard.html", page=page, guest_days=GUEST_DAYS)


@pages.get("/how-grading-works")
@public
def how_it_works() -> str:
    """Explain how answers are graded, and what that cannot do."""
    return render_template("home/how_it_works.html")


@pages.post("/theme")
@public
def set_theme() -> BaseResponse:
    """Keep the chosen theme in a cookie; the server's templates read it."""
    response = see_other(safe_path(request.form.get("next"), url_for(".home")))
    chosen = request.form.get("theme", "")
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, THEME_SECONDS, secure=secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie("theme", secure=secure, httponly=True, samesite="Lax")
    return response
