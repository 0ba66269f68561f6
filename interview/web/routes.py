"""Every blueprint of the app, in one list."""

from interview.web.views import (
    accounts,
    guests,
    history,
    home,
    practice,
    results,
    sitting,
    study,
    system,
)

BLUEPRINTS = (
    home.pages,
    accounts.pages,
    guests.pages,
    study.pages,
    practice.pages,
    sitting.pages,
    results.pages,
    history.pages,
    system.pages,
)
