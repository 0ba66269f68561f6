"""From features to a score: trained weights, the map to the shown scale, the interval."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview.grading.features import FEATURES
from interview.grading.records import Band

FORMAT = "mock-interview-grader"
VERSION = 1
REFERENCE_SCORE = 0.98
# The map leaves estimates below this as they are and takes the anchor above it to
# REFERENCE_SCORE.
KNEE = 0.6

_COSINE = FEATURES.index("cosine")
_NEW = FEATURES.index("log_new_terms")
_MANY = math.log1p(5)
_SOFT_RECALL = FEATURES.index("soft_recall")
_PRECISION = FEATURES.index("soft_precision")
_MATCHED_NEW = FEATURES.index("log_matched_new_terms")


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The numbers that grading is trained on, with where they came from.

    Parameters
    ----------
    intercept : float
    weights : tuple of float
        One per feature, in the order of FEATURES.
    rubric : mapping of str to float
        How key points, misconceptions and the estimate combine (see ``scoring``).
    derived_widths, rubric_widths : tuple of float
        Half the width of the interval in each band of scores, for rubrics with derived key
        points and with their own.
    coverage : float
        The share of marks that an interval is meant to hold.
    provenance : mapping
        Datasets, licences, date and metrics.
    """

    intercept: float
    weights: tuple[float, ...]
    rubric: Mapping[str, float]
    derived_widths: tuple[float, ...]
    rubric_widths: tuple[float, ...]
    coverage: float
    provenance: Mapping[str, Any]

    @classmethod
    def load(cls, path: Path) -> Coefficients:
        """Read coefficients from JSON.

        Raises
        ------
        ValueError
            If the file is of another format or names other features.
        """
        body = json.loads(path.read_text(encoding="utf-8"))
        if body.get("format") != FORMAT or body.get("version") != VERSION:
            raise ValueError("not grader coefficients of a known version")
        weights = body["estimate"]["weights"]
        if set(weights) != set(FEATURES):
            raise ValueError("the coefficients are for other features")
        return cls(
            intercept=body["estimate"]["intercept"],
            weights=tuple(weights[name] for name in FEATURES),
            rubric=body["rubric"],
            derived_widths=tuple(body["interval"]["derived"]),
            rubric_widths=tuple(body["interval"]["rubric"]),
            coverage=body["interval"]["coverage"],
            provenance=body["provenance"],
        )

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types, as `load` reads them."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "estimate": {
                "intercept": self.intercept,
                "weights": dict(zip(FEATURES, self.weights, strict=True)),
            },
            "rubric": dict(self.rubric),
            "interval": {
                "coverage": self.coverage,
                "derived": list(self.derived_widths),
                "rubric": list(self.rubric_widths),
            },
            "provenance": dict(self.provenance),
        }

    def digest(self) -> str:
        """Return eight hexadecimal digits that name the numbers (not their provenance)."""
        numbers = [
            self.intercept,
            list(self.weights),
            dict(self.rubric),
            [list(self.derived_widths), list(self.rubric_widths)],
            self.coverage,
        ]
        return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()[:8]

    def estimate(self, features: Sequence[float]) -> float:
        """Return the raw estimate: a dot product, less a loss; not limited to 0 to 1.

        Lengths alone earn something in the dot product. An answer keeps it if it says enough
        of the reference, or says several of its terms and little else; many words without
        a single one of the reference come to 0.
        """
        if not features[_COSINE] and features[_NEW] >= _MANY:
            return 0.0
        products = zip(self.weights, features, strict=True)
        value = self.intercept + sum(weight * value for weight, value in products)
        recall = features[_SOFT_RECALL] / self.rubric["full_recall"]
        precision = features[_PRECISION] / self.rubric["full_precision"]
        terms = features[_MATCHED_NEW] / math.log1p(self.rubric["full_terms"])
        overlap = min(1.0, max(recall, precision * min(1.0, terms)))
        return value - self.rubric["overlap_loss"] * (1 - overlap)

    def interval(self, score: float, derived: bool) -> tuple[float, float]:
        """Return the ends of the interval around a score, 0 to 1."""
        widths = self.derived_widths if derived else self.rubric_widths
        half = widths[min(len(widths) - 1, int(score * len(widths)))]
        return max(0.0, score - half), min(1.0, score + half)


def calibrated(raw: float, anchor: float) -> float:
    """Return the score for a raw estimate, where a reference's own estimate is `anchor`.

    The map is monotone in `raw`, and takes the anchor to REFERENCE_SCORE or above.
    """
    if anchor <= KNEE:
        value = raw * REFERENCE_SCORE / anchor if anchor > 0 else float(raw >= anchor)
    elif raw <= KNEE:
        value = raw
    else:
        value = KNEE + (raw - KNEE) * (REFERENCE_SCORE - KNEE) / (anchor - KNEE)
    return min(1.0, max(0.0, value))


def bands_between(low: float, high: float) -> int:
    """Return how many bands an interval touches."""
    bands = list(Band)
    return 1 + bands.index(Band.of(high)) - bands.index(Band.of(low))
