"""Reading instead of answering: sets, their articles, and search in what may be read."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.rules.access import Study, may_study
from interview.rules.typed import clean
from interview.services.attempts.reading import hidden_questions
from interview.services.attempts.records import NotFound
from interview.services.bank import tags_of
from interview.services.study_records import (
    Article,
    Closed,
    Entry,
    HiddenEntry,
    Result,
    ResultPage,
    SetCard,
    SetPage,
)
from interview.store import studying
from interview.store.db import db

Row = sa.Row[*tuple[Any, ...]]

DIFFICULTIES = ("easy", "medium", "hard")
SETS_A_PAGE = 20
RESULTS_A_PAGE = 20
SEARCHED_AT_ONCE = 2000
"""Questions that one search looks through; the next page goes on where it stopped."""

_MOST_WORDS = 8
_LONGEST_QUERY = 100

_STUDY_AT_ONCE = tuple(kind for kind in Study if may_study(kind, has_finished=False))
_STUDY_AFTERWARDS = tuple(kind for kind in Study if may_study(kind, has_finished=True))


def list_sets(user_id: int | None, after: int = 0) -> tuple[SetCard, ...]:
    """The sets of a page, the oldest first.

    Parameters
    ----------
    user_id : int or None
        The viewer; None for a visitor.
    after : int
        Number of the last set of the page before.
    """
    return page_of_sets(user_id, after).sets


def page_of_sets(user_id: int | None, after: int = 0) -> SetPage:
    """The same with the way to the next page."""
    rows = studying.sets_after(db.session(), after, SETS_A_PAGE + 1)
    shown = rows[:SETS_A_PAGE]
    return SetPage(
        sets=_cards(shown, user_id), next_after=shown[-1].id if len(rows) > SETS_A_PAGE else None
    )


def _cards(rows: Sequence[Row], user_id: int | None) -> tuple[SetCard, ...]:
    ids = [row.id for row in rows]
    counts = {
        (set_id, difficulty): count
        for set_id, difficulty, count in studying.difficulties(db.session(), ids)
    }
    finished = _finished(user_id, ids)
    return tuple(
        SetCard(
            slug=row.slug,
            title=row.title,
            description=row.description,
            updated=row.updated,
            mix=tuple((d, counts[row.id, d]) for d in DIFFICULTIES if counts.get((row.id, d))),
            study=row.study,
            readable=may_study(Study(row.study), has_finished=row.id in finished),
        )
        for row in rows
    )


def _finished(user_id: int | None, set_ids: Sequence[int]) -> frozenset[int]:
    if user_id is None:
        return frozenset()
    return studying.finished_sets(db.session(), user_id, set_ids)


def article(slug: str, user_id: int | None, now: datetime, query: str = "") -> Article:
    """Read the article of a set, or the part of it that a search finds.

    Parameters
    ----------
    query : str
        Words that must all occur in a question's prompt, answer or tags.

    Raises
    ------
    NotFound
        When there is no such set.
    Closed
        When the reader may not read it, or not yet.
    """
    found = studying.set_named(db.session(), slug)
    if found is None:
        raise NotFound
    card = _cards([found], user_id)[0]
    if not card.readable:
        raise Closed(card)
    words = _words(query)
    rows = studying.article(db.session(), found.id, words)
    hidden = _hidden(user_id, now)
    return Article(
        slug=card.slug,
        title=card.title,
        description=card.description,
        updated=card.updated,
        query=" ".join(words),
        entries=_entries(rows, hidden, searching=bool(words)),
        question_count=len(rows),
        hidden_count=sum(row.id in hidden for row in rows),
    )


def _words(query: str) -> list[str]:
    return clean(query).text[:_LONGEST_QUERY].split()[:_MOST_WORDS]


def _hidden(user_id: int | None, now: datetime) -> dict[int, int | None]:
    """Questions that are kept from the reader, and the open attempt that asks each, if one does."""
    if user_id is None:
        return {}
    hidden = hidden_questions(user_id, now)
    asked = studying.asked_in(db.session(), user_id, hidden) if hidden else {}
    return {question: asked.get(question) for question in hidden}


def _entries(
    rows: Sequence[Row], hidden: Mapping[int, int | None], *, searching: bool
) -> tuple[Entry | HiddenEntry, ...]:
    """Make the entries of an article; a search must not even tell that a hidden one matches."""
    tags = tags_of([row.id for row in rows])
    entries: list[Entry | HiddenEntry] = []
    for number, row in enumerate(rows, start=1):
        if row.id not in hidden and row.matches:
            entries.append(_entry(number, row, tags.get(row.id, ())))
        elif row.id in hidden and not searching:
            entries.append(HiddenEntry(number, hidden[row.id]))
    return tuple(entries)


def _entry(number: int, row: Row, tags: tuple[str, ...]) -> Entry:
    rubric = row.rubric
    return Entry(
        number=number,
        slug=row.slug,
        prompt=row.prompt,
        difficulty=row.difficulty,
        tags=tags,
        answer=rubric["references"][0],
        key_points=tuple(point["text"] for point in rubric["key_points"]),
        misconceptions=tuple((one["text"], one["feedback"]) for one in rubric["misconceptions"]),
        sources=tuple(row.sources),
        valid_for=row.valid_for,
        last_verified=row.last_verified,
    )


def search(query: str, user_id: int | None, now: datetime, after: int = 0) -> ResultPage:
    """Search the questions of every set that the reader may read.

    Parameters
    ----------
    query : str
        Words that must all occur in a question's prompt, answer or tags.
    after : int
        Where to go on, as the page before said.

    Returns
    -------
    ResultPage
        At most 20 results. A page may have fewer and still not be the last: one search
        looks through a stretch of the bank, however large the bank is.
    """
    words, session = _words(query), db.session()
    hidden = hidden_questions(user_id, now) if user_id is not None else frozenset()
    if not words:
        return ResultPage("", (), None, bool(hidden))
    may_read = studying.readable(_STUDY_AT_ONCE, _STUDY_AFTERWARDS, user_id)
    window = studying.Window(may_read, after, SEARCHED_AT_ONCE)
    rows = window.search(session, words, hidden, RESULTS_A_PAGE + 1)
    shown = rows[:RESULTS_A_PAGE]
    if len(rows) > len(shown):
        next_after = shown[-1].id
    else:
        searched, last = window.end(session)
        next_after = last if searched == SEARCHED_AT_ONCE else None
    return ResultPage(" ".join(words), _results(shown), next_after, bool(hidden))


def _results(rows: Sequence[Row]) -> tuple[Result, ...]:
    tags = tags_of([row.id for row in rows])
    return tuple(
        Result(
            slug=row.slug,
            prompt=row.prompt,
            difficulty=row.difficulty,
            tags=tags.get(row.id, ()),
            set_slug=row.set_slug,
            set_title=row.set_title,
        )
        for row in rows
    )
