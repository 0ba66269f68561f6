"""Sets to study, loaded as an operator loads them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interview.services import bank
from interview.services.study_records import Article, Entry
from tests.support.attempts import Item, add_attempt, an_open
from tests.support.bank_files import bank_file, question, question_set, write_bank

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def load(folder: Path, *questions: dict[str, Any], sets: list[dict[str, Any]]) -> None:
    """Load questions and sets through a bank file in a folder."""
    content = bank_file(*questions, sets=tuple(sets))
    bank.load_bank([write_bank(folder / "bank.json", content)], NOW)


def three_sets(folder: Path) -> None:
    """An open set, one that opens after an attempt, and a closed one."""
    load(
        folder,
        question("alpha", prompt="What is Alpha?", difficulty="hard", tags=["greek"]),
        question("beta", prompt="What is `Beta`?", references=["It follows Alpha, 100% sure."]),
        question("gamma", prompt="What is Gamma?", references=["A ray. Größe: klein."]),
        sets=[
            question_set("alpha", "beta", slug="open-set"),
            question_set("alpha", "gamma", slug="later-set", study="after_attempt"),
            question_set("gamma", slug="closed-set", study="closed"),
        ],
    )


def examined_on(user_id: int, slug: str, preset: str = "mock") -> int:
    """Let somebody have an open attempt that asks one question."""
    item = Item(version=bank.current_version(slug), state="open", text=None, score=None)
    return add_attempt(user_id, an_open(preset=preset, items=[item]))


def slugs_of(article: Article) -> list[str]:
    """The questions of an article, in order."""
    return [entry.slug if isinstance(entry, Entry) else "hidden" for entry in article.entries]
