"""GIFT, as far as it can carry a question that is graded by what an answer says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from interview.formats import documents
from interview.formats.losing import left_out
from interview.formats.quizzes import category_of

_CARRIED = {"topics", "tags", "references", "misconceptions", "lines", "samples"}
_SPECIAL = re.compile(r"[~=#{}:\\]|(?<=-)>")
_SHARE = re.compile(r"\s*%")
_SHARES = {"partial": "%50%", "wrong": "%0%"}


def write(document: Mapping[str, Any]) -> str:
    """Write each question as a short answer, or as an essay where it has no answer."""
    return "\n".join(_lines(document))


def losses(document: Mapping[str, Any]) -> list[str]:
    """Say what of a document GIFT does not carry."""
    told = left_out(document, _CARRIED)
    labels = {
        sample["label"]
        for question in document.get("questions", ())
        for sample in question.get("samples", ())
    }
    if labels - _SHARES.keys():
        told.append("Sample answers that are good or contradict themselves.")
    if any(question.get("references") for question in document.get("questions", ())):
        told.append(
            "In other programs the answers are short ones, compared letter by letter; for "
            "questions that a person grades there, choose Moodle XML."
        )
    return told


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    topic = None
    for question in documents.questions(document):
        if question["topic"] != topic:
            topic = question["topic"]
            yield f"$CATEGORY: {category_of(topic)}\n"
        if question.get("tags"):
            yield f"// {' '.join(f'[tag:{_remark(tag)}]' for tag in question['tags'])}"
        title = f"::{_escaped(question['slug'])}::" if question.get("slug") else ""
        yield f"{title}[markdown]{_inner(question['prompt'])}{{{_answers(question)}}}\n"


def _answers(question: Mapping[str, Any]) -> str:
    lines = [
        *(f"={_whole(text)}{_escaped(text)}" for text in question.get("references", ())),
        *(
            f"=%0%{_escaped(one['text'])}#{_escaped(one['feedback'])}"
            for one in question.get("misconceptions", ())
        ),
        *(
            f"={_SHARES[one['label']]}{_escaped(one['text'])}"
            for one in question.get("samples", ())
            if one["label"] in _SHARES
        ),
    ]
    return "".join(f"\n\t{line}" for line in lines) + ("\n" if lines else "")


def _whole(text: str) -> str:
    """Say that an answer is right where it would otherwise begin like a share of the points."""
    return "%100%" if _SHARE.match(text) else ""


def _escaped(text: str) -> str:
    """Write a text that might begin with the name of a format in brackets."""
    return f"[markdown]{_inner(text)}" if text.startswith("[") else _inner(text)


def _inner(text: str) -> str:
    # Blanks before a text would mean nothing; after a line end they do.
    blank = "\\n" if text[:1].isspace() else ""
    return blank + _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _remark(word: str) -> str:
    return word.replace("\\", "\\\\").replace("]", "\\]")
