"""Documents with any text that a database can hold, for whatever writes and reads them."""

from random import Random
from typing import Any

from hypothesis import strategies as st

_TRAPS = (
    *('"', "'", "`", "\\", "\\n", "{", "}", "=", "~", "#", ":", "::", "->", "####", "//", "%50%"),
    *("]]>", "<![CDATA[", "&amp;", "<p>", "</text>", "<!--", "%", "@", "+", "-", "|", ",", ";"),
    *("[markdown]", "[html]", "$CATEGORY:", ": ", " #", "- ", "> ", "## Key points", "---", "'="),
    *("\t", "\n", "\n\n", "    ", "\x85", "\u2028", "\u00a0", "\ufeff", "\x07", "\U0001f600", "ß"),
    *("true", "null", "2026-01-01", "1.5", "=SUM(A1)", " (required)", " (weight 2)", " (weight 1)"),
)
_STORED = st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
_PIECES = st.lists(st.sampled_from(_TRAPS) | st.text(_STORED, max_size=5), max_size=4)


def texts() -> st.SearchStrategy[str]:
    """Text as it is stored: with a word, no blank lines around it, nothing after it."""
    return _PIECES.map(lambda pieces: "".join([*pieces[:2], "a", *pieces[2:]]))


class _Dealer:
    """Builds a document of given texts, dealt in an order that chance decides."""

    def __init__(self, given: list[str], chance: Random) -> None:
        self._given, self._chance = given, chance

    def text(self) -> str:
        return self._chance.choice(self._given).lstrip("\n").rstrip()

    def line(self) -> str:
        return self.text().replace("\n", " ").strip()

    def some(self, make: Any, most: int) -> list[Any]:
        return [make() for _ in range(self._chance.randint(0, most))]

    def maybe(self, **fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if self._chance.random() < 0.5}

    def key_points(self) -> list[dict[str, Any]]:
        return [
            {
                "id": f"point-{number}",
                "text": text,
                "weight": self._chance.choice([1, 2.0, 0.5, 1e-7]),
                "derived": self._chance.random() < 0.2,
                **self.maybe(required=True, phrasings=self.some(self.text, 2)),
            }
            for number, text in enumerate(self.some(self.text, 3))
        ]

    def misconceptions(self) -> list[dict[str, Any]]:
        return [
            {
                "id": f"mistake-{number}",
                "text": text,
                "feedback": self.text(),
                **self.maybe(phrasings=self.some(self.text, 2)),
            }
            for number, text in enumerate(self.some(self.text, 2))
        ]

    def question(self, number: int) -> dict[str, Any]:
        choose = self._chance.choice
        labels = ("good", "partial", "wrong", "contradictory")
        addresses = ("https://a.example/b?c=d#e", "http://x.y/'")
        return {
            "slug": f"question-{number}",
            "prompt": self.text(),
            "status": choose(["ready", "draft", "retired"]),
            "difficulty": choose(["easy", "medium", "hard"]),
            "tags": list(dict.fromkeys(self.some(self.line, 3))),
            "target_seconds": self._chance.randint(1, 3600),
            "references": [self.text(), *self.some(self.text, 2)],
            "key_points": self.key_points(),
            "misconceptions": self.misconceptions(),
            "samples": self.some(lambda: {"label": choose(labels), "text": self.text()}, 3),
            "sources": self.some(lambda: {"title": self.line(), "url": choose(addresses)}, 2),
            **self.maybe(
                topic=self.line(),
                valid_for={"product": self.line(), "from": "5.2", "to": "6.x"},
                last_verified="2026-01-31",
            ),
        }

    def slot(self) -> dict[str, Any]:
        extra = self.maybe(points=2.5, seconds=60)
        if self._chance.random() < 0.5:
            return {"question": "question-0", **extra}
        return {"random": self.maybe(topic=self.line(), difficulty="hard"), "count": 2, **extra}

    def authored_set(self) -> dict[str, Any]:
        told = {"title": self.line(), "slots": self.some(self.slot, 3)}
        return {**told, **self.maybe(description=self.text())}


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document as `native.FileRecord` takes it."""
    given = draw(st.lists(texts(), min_size=1, max_size=8))
    deal = _Dealer(given, Random(draw(st.integers(0, 2**32))))  # noqa: S311  no secret
    return {
        "format": "mock-interview-bank",
        "version": 1,
        "topic": deal.line(),
        "questions": [deal.question(number) for number in range(draw(st.integers(0, 3)))],
        "authored_sets": deal.some(deal.authored_set, 2),
    }
