"""The running state of a reading: the place in the text and the negation in force."""

from __future__ import annotations

from interview.grading.lexicon import (
    ADDING,
    AUX,
    BREAK,
    CONJ,
    FUNC,
    NEG,
    NEG_NEAR,
    NEG_WAIVER,
    PRON,
    QUANTIFIER,
    RELATIVE,
    SOFT,
)

# How many content words a near negation and an undecided verb reach.
NEAR_REACH = 3
SOFT_REACH = 8
CLAUSE_REACH = 1000
# The polarity of what is "not prevented": said, and not to be read as prevented.
UNPREVENTED = 2
# The classes of words that can end a scope or begin one.
TURNING = BREAK | NEG | NEG_NEAR | SOFT | PRON | NEG_WAIVER | AUX | ADDING


class Scope:
    """The running state of a scan: where in the text, and under which negation."""

    __slots__ = (
        "clause",
        "last",
        "negated",
        "paused",
        "polarity",
        "quantified",
        "reach",
        "sentence",
        "soft",
    )

    def __init__(self) -> None:
        self.sentence = self.clause = self.reach = self.soft = self.last = 0
        self.negated = self.paused = self.quantified = False
        self.polarity = 1

    def end_sentence(self) -> None:
        """Begin a new sentence."""
        self.sentence += 1
        self._close()

    def pause(self, mark: str) -> None:
        """Account for a mark inside a sentence; a comma waits for the word after it."""
        if mark in ",—":
            self.paused = True
        else:
            self._close()

    def before(self, bits: int) -> None:
        """Account for a word about to be read: it may end a scope or begin one."""
        if self.paused:
            self.paused = False
            if bits & (RELATIVE | CONJ):
                self.clause += 1
            else:
                self._close()
        if bits & BREAK or (bits & PRON and self.last & CONJ):
            self._close()
        if bits & NEG_WAIVER and self.last & (NEG | NEG_NEAR):
            self.negated = False
        elif bits & (NEG | NEG_NEAR):
            # "not without" says it; "does not load and never stores" denies it twice.
            self.negated = not self.negated if bits & NEG_NEAR else True
            self.reach = CLAUSE_REACH if bits & NEG else NEAR_REACH
            self.quantified = bool(bits & QUANTIFIER)
        elif bits & AUX and self.negated and self.quantified:
            self.reach = CLAUSE_REACH
        elif bits & ADDING and self.reach <= NEAR_REACH:
            self.negated = False
        self._decide()

    def after(self, bits: int) -> None:
        """Account for a word just read within the reach of a denial, or that begins one."""
        if bits & FUNC and not bits & SOFT:
            return
        if self.reach:
            self._pass_content()
        if bits & SOFT:
            self.soft = SOFT_REACH
            self.reach = max(self.reach, SOFT_REACH)
            self._decide()

    def _pass_content(self) -> None:
        self.soft = max(0, self.soft - 1)
        self.reach -= 1
        if not self.reach:
            self.negated = False
        self._decide()

    def _decide(self) -> None:
        if self.negated:
            self.polarity = UNPREVENTED if self.soft else -1
        else:
            self.polarity = 0 if self.soft else 1

    def _close(self) -> None:
        self.clause += 1
        self.negated = self.paused = False
        self.reach = self.soft = self.last = 0
        self.polarity = 1
