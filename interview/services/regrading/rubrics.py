"""By which version answers that are still to come are graded, once a run is accepted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from interview.services.regrading.records import Reach
from interview.store import regrading as scopes
from interview.store import rubrics as store

Before = list[list[Any]]
"""``[assignment or null, shown version, rubric version or null, version set by the run]``."""


def change(session: Session, run: Any) -> Before:
    """Have all that is still to come in the scope of a run graded as the run grades.

    The classes of the scope are held: nobody starts an attempt meanwhile.

    Returns
    -------
    list
        What was before, for an undo; see `Before`. Own practice has null in place of an
        assignment.
    """
    store.hold_attempts(session, run)
    pairs = _shown(session, run)
    versions = {shown for _, shown in pairs}
    by = dict(store.targets(session, run.version_id, versions))
    known = store.rubrics_of(session, {assignment for assignment, _ in pairs if assignment})
    before: Before = []
    for assignment, shown in sorted(pairs, key=lambda pair: (pair[0] or 0, pair[1])):
        seen = known.get((assignment, shown)) if assignment else None
        if shown in by and by[shown] != (seen or shown):
            before.append([assignment, shown, seen, by[shown]])
    _write(session, [(a, shown, seen, to) for a, shown, seen, to in before])
    return before


def is_overruled(session: Session, run: Any, before: Before) -> bool:
    """Whether a newer run has settled by what to grade the same, or an older one is at it."""
    pairs = {(assignment, shown) for assignment, shown, *_ in before}
    others = session.scalars(store.SETTLED_BESIDE, {"run": run.id})
    return any((one[0], one[1]) in pairs for settled in others for one in settled)


def restore(session: Session, reach: Reach, changed: Before) -> None:
    """Put back, as far as somebody reaches, what `change` changed and nothing has since.

    Parameters
    ----------
    changed : list
        As `change` has returned it.
    """
    store.hold_attempts(session, reach)
    given = scopes.assignments_in(reach.scope, reach.assignment_id, reach.owner_id)
    reached = set(session.scalars(given))
    known = store.rubrics_of(session, {one[0] for one in changed if one[0]} & reached)
    back = [
        (assignment, shown, to, seen)
        for assignment, shown, seen, to in changed
        if assignment is None or known.get((assignment, shown)) == to
    ]
    _write(session, back)


_Change = tuple[Any, Any, int | None, int | None]


def _write(session: Session, changes: Sequence[_Change]) -> None:
    store.put(session, [one for one in changes if one[0] is not None])
    alike: dict[tuple[int, int | None, int | None], list[int | None]] = defaultdict(list)
    for assignment, shown, seen, to in changes:
        alike[shown, seen, to].append(assignment)
    for (shown, seen, to), assignments in alike.items():
        store.mend_items(session, assignments, shown, (seen, to))


def _shown(session: Session, run: Any) -> set[tuple[int | None, int]]:
    """Pairs of assignment and version that learners were, or may yet be, asked."""
    pairs: set[tuple[int | None, int]] = set(store.shown_in(session, run))
    versions = _versions(session, run.question_id)
    for assignment, content in store.contents(session, run):
        pairs |= {(assignment, shown) for shown in _asked(content, versions)}
    if run.scope == "everywhere":
        pairs |= {(None, shown) for shown in _practised(session, versions)}
    return pairs


def _versions(session: Session, question_id: int | None) -> set[int] | None:
    if question_id is None:
        return None
    return set(session.scalars(scopes.versions_of(question_id)))


def _asked(content: dict[str, Any], versions: set[int] | None) -> Iterable[int]:
    """Versions that a set asks; of one question, all that a random slot may draw too."""
    fixed = {slot["version_id"] for slot in content["slots"] if slot["kind"] == "fixed"}
    if versions is None:
        return fixed
    draws = any(slot["kind"] != "fixed" for slot in content["slots"])
    return versions if draws else fixed & versions


def _practised(session: Session, versions: set[int] | None) -> Iterable[int]:
    """Versions that running attempts of own practice ask."""
    found = set(session.scalars(store.PRACTISED))
    return found if versions is None else found & versions
