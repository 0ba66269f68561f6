"""Binding what is said to what it is said of, for questions that contrast two things.

"GET reads and POST writes" with its subjects swapped holds the same words. Rivals are the
terms that a rubric contrasts (GET and POST, Flask and Django, model, view and template);
each word of a text is bound to the rival that is the subject of its clause.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from interview.grading.lexicon import AUX, CONJ, DET, FUNC, GENERIC, PREP, PRON
from interview.grading.reading import Reading

_LISTING = CONJ | DET
# Content words: a subject, a verb and an object.
SHORTEST_SENTENCE = 3
FEWEST_OPENINGS = 3
# Words before "by" that a passive may have; longer clauses are not sentences.
LONGEST_PASSIVE = 40
# Questions that set two things against each other hold one of these (stemmed) terms.
_CONTRASTING = frozenset({"compar", "contrast", "differ", "distinguish", "versus", "vs"})
# Marks that stand for "is": "Models: the data", "Models - the data".
_EQUALS = frozenset({":", "=", "-", "--", "–", "—"})


def rivals(
    prompt: Reading, owned: Sequence[tuple[int, Reading]], others: Iterable[Reading]
) -> frozenset[str]:
    """Return the terms that a rubric contrasts with each other.

    Parameters
    ----------
    prompt, others : Reading, iterable of Reading
        The two things whose difference is asked for are rivals. So are terms that the
        question, an item's text or a reference lists side by side if an item's text begins
        with each, and several wordings do where items have several.
    owned : sequence of (int, Reading)
        The wordings of key points and misconceptions with the index of their item; the
        first of an item is its text.
    """
    texts = list(dict(reversed(owned)).values())
    titles = {opening for text in texts if (opening := _opening(text))}
    counts = Counter(_opening(text) for _, text in owned)
    fewest = FEWEST_OPENINGS if len(owned) > len(texts) else 1
    openings = {term for term in titles if counts[term] >= fewest}
    found = _asked_apart(prompt, counts)
    for text in (prompt, *texts, *others):
        for pair in _listed(text):
            # A ModelSerializer is a serializer: what is said of one is true of the other.
            if openings.issuperset(pair) and pair[0] not in pair[1] and pair[1] not in pair[0]:
                found.update(pair)
    return frozenset(found)


def _asked_apart(prompt: Reading, openings: Counter[str | None]) -> set[str]:
    """Return what tells the two things apart that a question sets against each other.

    Of "a primary key and a foreign key" these are "primary" and "foreign".
    """
    if _CONTRASTING.isdisjoint(prompt.terms):
        return set()
    for place, (term, bits) in enumerate(zip(prompt.terms, prompt.classes, strict=True)):
        if bits & CONJ or term in _AGAINST:
            left = _phrase(prompt, range(place - 1, -1, -1))[::-1]
            right = _phrase(prompt, range(place + 1, len(prompt.terms)))
            one, other = _telling(left, right, openings), _telling(right, left, openings)
            if one and other:
                return {one, other}
    return set()


_AGAINST = frozenset({"vs", "versus", "from", "with", "to"})


def _phrase(text: Reading, places: Iterable[int]) -> list[str]:
    """Return the content terms from the first of `places` on.

    An article, or the verb of "X differs from Y", may stand before them.
    """
    found: list[str] = []
    for place in places:
        bits, contrasting = text.classes[place], text.terms[place] in _CONTRASTING
        if (bits & DET or contrasting) and not found:
            continue
        if bits & FUNC or contrasting:
            break
        found.append(text.terms[place])
    return found


def _telling(
    phrase: Sequence[str], other: Collection[str], openings: Counter[str | None]
) -> str | None:
    """Return the term of a phrase with which most wordings begin, of those the other lacks."""
    own = [term for term in phrase if term not in other]
    return max(own, key=lambda term: openings[term], default=None)


def _opening(wording: Reading) -> str | None:
    """Return the first content word of a sentence if it can be its subject."""
    places = wording.content()
    if len(places) < SHORTEST_SENTENCE or any(
        bits & (PRON | PREP) for bits in wording.classes[: places[0]]
    ):
        return None
    return wording.terms[places[0]]


def _listed(text: Reading) -> Iterable[tuple[str, str]]:
    for left, right in pairwise(text.content()):
        between = text.classes[left + 1 : right]
        joined = any(bits & CONJ for bits in between) or text.clauses[left] != text.clauses[right]
        same = text.sentences[left] == text.sentences[right]
        distinct = text.terms[left] != text.terms[right]
        if same and joined and distinct and all(bits & _LISTING for bits in between):
            yield text.terms[left], text.terms[right]


def bind(
    text: Reading, terms: Sequence[str], contrasted: frozenset[str], prompt: frozenset[str]
) -> list[str | None]:
    """Return, for each word of `text`, the rival that is the subject of its clause.

    Parameters
    ----------
    terms : sequence of str
        The terms of `text`, misspelt rivals put right.
    """
    binding = _Binding(text, terms, contrasted, prompt)
    for index in range(len(text.terms)):
        binding.read(index)
    return binding.bound


class _Binding:
    """The subject in force while a text is read; `fresh` until its clause has a subject."""

    __slots__ = (
        "bound",
        "contrasted",
        "fresh",
        "listed",
        "modified",
        "named",
        "prompt",
        "subject",
        "terms",
        "text",
    )

    def __init__(
        self,
        text: Reading,
        terms: Sequence[str],
        contrasted: frozenset[str],
        prompt: frozenset[str],
    ) -> None:
        self.text, self.terms, self.contrasted, self.prompt = text, terms, contrasted, prompt
        self.bound: list[str | None] = []
        self.subject: str | None = None
        self.fresh, self.listed = True, False
        self.named = self.modified = False

    def read(self, index: int) -> None:
        term, bits = self.terms[index], self.text.classes[index]
        self._begin(index, bits)
        if term in self.contrasted:
            self._meet(index, term)
        elif bits & AUX or not (bits & (FUNC | GENERIC) or term in self.prompt):
            self.fresh = False
        # "Threads of a process share …" is about threads.
        self.modified = self.modified or (self.named and bool(bits & PREP))
        self.bound.append(self.subject)

    def _begin(self, index: int, bits: int) -> None:
        """A clause or a conjunction may bring a new subject; a sentence forgets the old."""
        text = self.text
        same = index > 0 and text.clauses[index] == text.clauses[index - 1]
        if index and text.sentences[index] != text.sentences[index - 1] and not bits & PRON:
            self.subject = None
        if not same or bits & CONJ:
            self.listed = bool(bits & CONJ) and same and self.fresh
            self.fresh = True
            self.named = self.modified = False

    def _meet(self, index: int, term: str) -> None:
        if "by" in self.text.terms[max(0, index - 2) : index]:
            self._take_over(index, term)
        elif self.modified:
            return
        elif (self.fresh or self.subject is None) and _goes_on(self.text, index):
            self.subject = None if self.listed and self.subject != term else term
            self.named = True

    def _take_over(self, index: int, term: str) -> None:
        """In the passive, the word after "by" is what the clause is about."""
        for place in range(index - 1, max(-1, index - 1 - LONGEST_PASSIVE), -1):
            if self.text.clauses[place] != self.text.clauses[index]:
                break
            self.bound[place] = term


def _goes_on(text: Reading, index: int) -> bool:
    """Return whether the clause goes on after a word: an item of a list has no predicate.

    "Models: the data" and "views = take the request" go on as well.
    """
    if index + 1 >= len(text.terms):
        return False
    if text.clauses[index + 1] == text.clauses[index]:
        return True
    mark = "".join(text.text[text.ends[index] : text.starts[index + 1]].split()).strip("*`_")
    return mark in _EQUALS and text.sentences[index + 1] == text.sentences[index]
