"""The idf snapshot: document frequencies of the bank's references, frozen in a file.

The snapshot is fitted offline with scikit-learn's ``TfidfVectorizer`` (smoothed idf:
1 + ln((1 + N) / (1 + df))) and read back as a plain dict, so that grading imports neither
numpy nor scikit-learn.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interview.grading.text import terms_of

FORMAT = "mock-interview-idf"
VERSION = 1


@dataclass(frozen=True, slots=True)
class IdfSnapshot:
    """How many of `documents` reference answers hold each term.

    Parameters
    ----------
    documents : int
        N, the number of reference answers that were counted.
    frequencies : dict of str to int
        Document frequency of each known term.
    """

    documents: int
    frequencies: dict[str, int]
    weights: dict[str, float] = field(init=False, repr=False, compare=False)
    unknown: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        top = 1 + self.documents
        idf = {term: 1 + math.log(top / (1 + df)) for term, df in self.frequencies.items()}
        object.__setattr__(self, "weights", idf)
        object.__setattr__(self, "unknown", 1 + math.log(top))

    @classmethod
    def fit(cls, documents: Sequence[str]) -> IdfSnapshot:
        """Count the terms of `documents` with scikit-learn (imported here only).

        Raises
        ------
        ValueError
            If there is no document, or none holds a term.
        """
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

        vectorizer = TfidfVectorizer(analyzer=terms_of)
        vectorizer.fit(documents)
        total = 1 + len(documents)
        vocabulary = vectorizer.vocabulary_
        counts = {
            term: round(total / math.exp(float(vectorizer.idf_[vocabulary[term]]) - 1)) - 1
            for term in sorted(vocabulary)
        }
        return cls(len(documents), counts)

    def extended(self, texts: Iterable[str]) -> IdfSnapshot:
        """Return a snapshot that has counted `texts` too, each as one more document.

        The same as fitting on all documents at once; scikit-learn is not imported.
        """
        documents = self.documents
        frequencies = Counter(self.frequencies)
        for text in texts:
            documents += 1
            frequencies.update(set(terms_of(text)))
        return IdfSnapshot(documents, dict(frequencies))

    def idf(self, term: str) -> float:
        """Return the idf of `term`; one that the snapshot does not know has df = 0."""
        return self.weights.get(term, self.unknown)

    def to_json(self) -> str:
        """Return the snapshot as compact JSON with sorted terms."""
        body = {
            "format": FORMAT,
            "version": VERSION,
            "documents": self.documents,
            "frequencies": dict(sorted(self.frequencies.items())),
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> IdfSnapshot:
        """Restore a snapshot from the result of `to_json`.

        Raises
        ------
        ValueError
            If `text` is not a snapshot of a version that this code reads.
        """
        body = json.loads(text)
        if body.get("format") != FORMAT or body.get("version") != VERSION:
            raise ValueError("not an idf snapshot of a known version")
        return cls(int(body["documents"]), {str(k): int(v) for k, v in body["frequencies"].items()})

    def save(self, path: Path) -> None:
        """Write the snapshot to `path` (UTF-8 JSON)."""
        path.write_text(self.to_json() + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> IdfSnapshot:
        """Read a snapshot that `save` wrote."""
        return cls.from_json(path.read_text(encoding="utf-8"))

    def digest(self) -> str:
        """Return eight hexadecimal digits that name the content of the snapshot."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]
