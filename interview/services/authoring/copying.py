"""Making a question of one's own from somebody else's."""

from datetime import datetime

from interview.services.authoring import saving
from interview.services.authoring.reading import shown
from interview.services.principals import Principal


def copy(person: Principal, question_id: int, now: datetime) -> int:
    """Copy a question as the person sees it, as a draft of their own.

    Returns
    -------
    int
        The new question.

    Raises
    ------
    NotFound
        When it is not the person's to see.
    """
    known = shown(person, question_id)
    content = {**known.content, "audience": "owner"}
    return saving.make(person, content, now, **{"copied from": known.standing.slug})
