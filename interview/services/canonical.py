"""A name for content that is never changed: the same content has the same name."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def version_hash(prompt: str, rubric: Mapping[str, Any]) -> str:
    """Name the content of a question version; `rubric` as `QuestionVersion` keeps it."""
    return content_hash({"prompt": prompt, "rubric": rubric})


def content_hash(content: Mapping[str, Any]) -> str:
    """Name JSON-safe content.

    Returns
    -------
    str
        SHA-256, in hexadecimal, of its JSON with sorted keys and no blanks (UTF-8).
    """
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
