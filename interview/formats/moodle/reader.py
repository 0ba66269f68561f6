"""Moodle XML: essays and short answers become questions, multiple choice drafts of them.

A file that was written here is read from the exact data in it, unless somebody has changed
what Moodle shows since.
"""

import re
from collections.abc import Iterator
from typing import Any

from interview.formats.authored import SetReader
from interview.formats.delimited import shown
from interview.formats.imported import Found, Notice, Reading, Unreadable
from interview.formats.limits import counted
from interview.formats.moodle import xml_tree
from interview.formats.moodle.question import Question, exact, said
from interview.formats.moodle.writing import EXACT
from interview.formats.moodle.xml_tree import Element
from interview.formats.quizzes import category
from interview.formats.repeats import with_repeats

_QUIZ = re.compile(r"<quiz[\s>/]")
_HEAD = 5_000
_ONE = re.compile(r"(?:1(?:\.0*)?)?")


def looks_like(text: str, name: str) -> bool:
    """Tell from its name or its root whether a file is a quiz of Moodle."""
    return name.lower().endswith(".xml") or _QUIZ.search(text[:_HEAD]) is not None


def read(text: str, name: str) -> Reading:  # noqa: ARG001  as all readers are called
    """Read a quiz.

    Parameters
    ----------
    text : str
        XML.
    name : str
        Of the file.

    Returns
    -------
    Reading
        A question for each that can be answered by typing, a notice for each other.

    Raises
    ------
    Unreadable
        When it is no XML, no quiz, has a document type or too many questions.
    """
    tree = xml_tree.read(text)
    if tree.root.name != "quiz":
        raise Unreadable(
            f"This is XML, but no quiz of Moodle: it begins with <{shown(tree.root.name)}> and "
            "not with <quiz>.",
            tree.root.line,
        )
    quiz = _Quiz()
    questions = with_repeats(counted(quiz.questions(tree.root)))
    if tree.damage and not questions:
        raise tree.damage
    if tree.damage:
        quiz.notices.append(Notice("error", tree.damage.line, str(tree.damage)))
    notices = (*quiz.notices, *quiz.sets.notices)
    return Reading("moodle", "", questions, notices, tuple(quiz.sets.sets))


class _Quiz:
    """Goes through a quiz, and remembers the category that was named last."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self._line = 0
        self.sets = SetReader(lambda _: self._line)
        self._category: dict[str, Any] = {}
        self._weighed = False

    def questions(self, root: Element) -> Iterator[Found]:
        for element in root.all(EXACT):
            told = exact(element, self.notices)
            self._line = element.line
            self.sets.take(told.get("authored_sets"), told.get("sets"))
        for element in root.all("question"):
            yield from self._question(element)

    def _question(self, element: Element) -> Iterator[Found]:
        kind = element.attributes.get("type", "")
        if kind == "category":
            path = element.first("category")
            self._category = category(said(path).strip()) if path else {}
            return
        question = Question(element)
        told = question.answered(kind)
        if isinstance(told, str):
            what = shown(question.prompt or question.name)
            self.notices.append(Notice("warning", element.line, f"“{what}” is left out: it {told}"))
            return
        self._note_grade(element)
        yield question.found(told, self._category)

    def _note_grade(self, element: Element) -> None:
        """Say once that points are not carried over."""
        grade = element.first("defaultgrade")
        told = grade.text.strip() if grade else ""
        if grade and not self._weighed and not _ONE.fullmatch(told):
            self._weighed = True
            message = (
                f"a question is worth {shown(told)} points (others may be as well); here "
                "points are given in question sets, so this is not carried over"
            )
            self.notices.append(Notice("warning", element.line, message))
