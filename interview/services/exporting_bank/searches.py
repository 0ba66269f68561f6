"""What a search in the bank finds, as it is written to a file."""

from datetime import date

from interview.services.authoring.listing import BankSearch, wanted
from interview.services.exporting_bank.documents import Export, document, in_order, unwritten
from interview.services.exporting_bank.questions import Chosen, written
from interview.services.principals import Principal
from interview.store.bank_search import Stretch
from interview.store.db import db
from interview.store.types import AnyRow as Row

MOST_FOUND = 2000
"""Questions of a search that are written."""

_AT_ONCE = 1000


def of_search(person: Principal, search: BankSearch, today: date) -> Export:
    """Gather what a search in the bank finds, the newest first, as far as the person may see it."""
    session, asked = db.session(), wanted(person, search, today)
    rows: list[Row] = []
    after = 0
    while len(rows) <= MOST_FOUND:
        stretch = Stretch(asked, after, _AT_ONCE)
        rows += stretch.search(session, MOST_FOUND + 1 - len(rows))
        searched, after = stretch.end(session)
        if searched < _AT_ONCE:
            break
    kept = rows[:MOST_FOUND]
    questions = written([Chosen(row.id, row.current_version_id) for row in kept])
    more = f"Everything after the first {MOST_FOUND:,} questions."
    return Export(
        name="questions",
        title="Questions of the bank",
        document=document(in_order(kept, questions)),
        left_out=(
            *unwritten(len(kept) - len(questions)),
            *((more,) if len(rows) > len(kept) else ()),
        ),
    )
