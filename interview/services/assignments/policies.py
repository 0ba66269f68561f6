"""The review policy of an assignment, as its columns say it."""

from interview.rules.access import Release, ReviewPolicy, When
from interview.store.types import AnyRow as Row

PARTS = ("score", "answer", "points", "reference")
"""What a policy decides about, by the names of the columns."""


def policy_of(assignment: Row) -> ReviewPolicy:
    """Read the policy from a row that has the policy's columns and ``all_closed_at``."""

    def release(part: str) -> Release:
        when = When(getattr(assignment, f"{part}_when"))
        return Release(when, getattr(assignment, f"{part}_from"))

    score, answer, points, reference = map(release, PARTS)
    return ReviewPolicy(score, answer, points, reference, assignment.all_closed_at)
