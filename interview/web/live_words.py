"""What became of more time, as the person who gave it is told."""

from collections.abc import Iterator, Sequence

from interview.services.assignments.extensions import MOST_HOURS_TOGETHER, Extended, Wanted

NAMED = 5
"""How many people a sentence names before it counts the others."""


def told(done: Extended, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Say it in sentences, each with the kind of its notice."""
    added = _added(wanted.minutes)
    if done.before:
        people = "one learner" if done.before == 1 else f"{done.before} learners"
        yield "info", f"{added} already, for {people}; sending the form again changed nothing."
        return
    if done.given:
        yield "ok", f"{added} for {_names(done.given)}."
    if done.ended:
        yield "warn", f"{_names(done.ended)} had already ended; nothing was added there."
    if done.full:
        most = f"at most {MOST_HOURS_TOGETHER} hours can be added to one attempt all together"
        yield "warn", f"Nothing was added for {_names(done.full)}: {most}."
    if done.untimed:
        yield "info", f"Nothing was added for {_names(done.untimed)}: no clock runs there."
    if not (done.given or done.ended or done.full or done.untimed):
        yield "info", "Nobody is working just now, so nothing was added."


def _added(minutes: int) -> str:
    return "1 minute was added" if minutes == 1 else f"{minutes} minutes were added"


def _names(names: Sequence[str]) -> str:
    shown = list(names[:NAMED])
    if len(names) > NAMED:
        shown.append(f"{len(names) - NAMED} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
