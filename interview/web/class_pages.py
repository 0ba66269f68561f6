"""What the pages about a class share."""

from flask import Response

from interview.services.classes.changing import Archived
from interview.web.errors import error_page


def archived_page(_error: Archived) -> Response:
    """Say that a class can be read and not changed."""
    return error_page(
        409,
        "This class is archived",
        "Nothing was changed: an archived class can only be read. Those who teach it can take "
        "it up again in its settings.",
    )
