"""Whose appeal it is: the one place that loads an appeal for somebody."""

from interview.rules.access import Power
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import ASSIST, SEE, Forbidden, Place, place_in
from interview.services.principals import Principal
from interview.store import appealing
from interview.store.db import db
from interview.store.types import AnyRow as Row


def appeal_for(person: Principal, appeal_id: int, power: Power) -> tuple[Row, Place | None]:
    """Find an appeal for its learner, or for somebody who assists or teaches in its class.

    Parameters
    ----------
    power : Power
        SEE for reading it, ASSIST for deciding it, TEACH for accepting a wording.

    Returns
    -------
    tuple of Row and Place or None
        The appeal, as `appealing.appeal` reads it, and its class as the person stands in it;
        None where the appeal is the person's own.

    Raises
    ------
    NotFound
        When there is none, or the person is neither its learner nor staff of its class.
    Forbidden
        When it is the person's own, which others decide; or the person assists, and this is
        for those who teach.
    """
    row = None if appeal_id > LARGEST else appealing.appeal(db.session(), appeal_id)
    if row is None:
        raise NotFound
    if row.user_id == person.id:
        if power is not SEE:
            raise Forbidden
        return row, None
    try:
        place = place_in(person, row.class_id, ASSIST)
    except Forbidden:
        # To a fellow learner an appeal is as good as absent.
        raise NotFound from None
    if not place.may(power):
        raise Forbidden
    return row, place
