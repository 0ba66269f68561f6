"""From features to a score: trained weights, the map to the shown scale, the interval."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interview.grading.features import FEATURES

FORMAT = "mock-interview-grader"
VERSION = 1
REFERENCE_SCORE = 0.98
# The map leaves estimates below this as they are and stretches those above to the anchor.
KNEE = 0.6


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
    half_width, coverage : float
        Half the width of the interval and the share of marks it is meant to hold.
    provenance : mapping
        Datasets, licences, date and metrics.
    """

    intercept: float
    weights: tuple[float, ...]
    rubric: Mapping[str, float]
    half_width: float
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
            half_width=body["interval"]["half_width"],
            coverage=body["interval"]["coverage"],
            provenance=body["provenance"],
        )

    def digest(self) -> str:
        """Return eight hexadecimal digits that name the numbers (not their provenance)."""
        numbers = [
            self.intercept,
            list(self.weights),
            dict(self.rubric),
            self.half_width,
            self.coverage,
        ]
        return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()[:8]

    def estimate(self, features: Sequence[float]) -> float:
        """Return the raw estimate: a dot product, not limited to 0 to 1."""
        products = zip(self.weights, features, strict=True)
        return self.intercept + sum(weight * value for weight, value in products)


def calibrated(raw: float, anchor: float) -> float:
    """Return the score for a raw estimate, where a reference's own estimate is `anchor`.

    The map is monotone in `raw`, and takes the anchor to REFERENCE_SCORE or above.
    """
    if anchor <= KNEE:
        value = raw * REFERENCE_SCORE / anchor if anchor > 0 else float(raw >= anchor)
    elif raw <= KNEE or anchor >= REFERENCE_SCORE:
        value = raw
    else:
        value = KNEE + (raw - KNEE) * (REFERENCE_SCORE - KNEE) / (anchor - KNEE)
    return min(1.0, max(0.0, value))
