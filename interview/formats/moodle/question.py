"""One question of a Moodle quiz, from what Moodle shows of it and the exact data if it has any."""

import json
from collections.abc import Mapping
from typing import Any

from interview.formats.delimited import shown
from interview.formats.imported import Found, Notice
from interview.formats.markup import to_markdown
from interview.formats.moodle import grader_notes
from interview.formats.moodle.writing import EXACT, EXACT_VERSION, visible
from interview.formats.moodle.xml_tree import Element
from interview.formats.naming import SLUG
from interview.formats.quizzes import CHOICE, Answer, choices, short_answers

_AUTO = "moodle_auto_format"
_RUBRIC = {"references", "key_points", "misconceptions", "samples"}

_OTHERS = {
    "truefalse": "is answered by true or false",
    "matching": "asks to match things",
    "numerical": "is answered by a number",
    "calculated": "is answered by a number",
    "description": "has no answer, so it only tells something",
    "cloze": "has gaps to fill in",
}


class Question:
    """Reads one question.

    Attributes
    ----------
    prompt, name : str
        As Moodle shows them.
    """

    def __init__(self, element: Element) -> None:
        self._element = element
        self._warnings: list[str] = []
        self.prompt = self._markdown("questiontext")
        self.name = self._plain("name")

    def answered(self, kind: str) -> dict[str, Any] | str:
        """Read what it is answered by; say why it is none of what can be asked here."""
        explained = self._markdown("generalfeedback")
        if kind == "essay":
            return self._essay(explained)
        if explained:
            self._warnings.append("has general feedback, which is not carried over")
        answers = [self._answer(element) for element in self._element.all("answer")]
        if kind == "shortanswer":
            return short_answers(answers, self._warnings)
        if kind == "multichoice":
            self._warnings.append(CHOICE)
            return choices(answers) or "is multiple choice without exactly one right answer"
        return _OTHERS.get(kind, f"is of the kind “{shown(kind)}”, which is not known here")

    def _essay(self, explained: str) -> dict[str, Any]:
        notes = self._markdown("graderinfo")
        if self._markdown("responsetemplate"):
            self._warnings.append("has a response template, which is not carried over")
        if notes and explained:
            self._warnings.append("has general feedback, which is not carried over")
        elif explained:
            self._warnings.append("has no notes for graders; its general feedback is the answer")
        references = [text for text in (notes or explained,) if text]
        return grader_notes.parse(notes) or {"references": references}

    def _answer(self, element: Element) -> Answer:
        kind = element.attributes.get("format", _AUTO)
        try:
            share = float(element.attributes.get("fraction", "0"))
        except ValueError:
            share = 0.0
        feedback = element.first("feedback")
        told = self._read(feedback, _AUTO) if feedback else ""
        return Answer(self._read(element, kind), share, told)

    def found(self, told: dict[str, Any], place: Mapping[str, Any]) -> Found:
        """Put together what is shown of it, and the exact data where there are any."""
        shown_here = {"prompt": self.prompt or self.name, **told, **self._described(place)}
        notices = [Notice("warning", self._element.line, one) for one in self._warnings]
        fields = self._of_exact(shown_here, notices)
        return Found(self._element.line, {"references": [], **fields}, tuple(notices))

    def _described(self, place: Mapping[str, Any]) -> dict[str, Any]:
        tags = self._element.first("tags")
        named = [said(tag).strip() for tag in tags.all("tag")] if tags else []
        told = dict(place)
        if all_tags := dict.fromkeys(tag for tag in (*told.get("tags", ()), *named) if tag):
            told["tags"] = list(all_tags)
        number = self._element.first("idnumber")
        slug = number.text.strip() if number else ""
        return {**told, "slug": slug} if SLUG.fullmatch(slug) else told

    def _of_exact(self, shown_here: dict[str, Any], notices: list[Notice]) -> dict[str, Any]:
        element = self._element.first(EXACT)
        told = exact(element, notices) if element else {}
        if not told:
            return shown_here
        has_prompt, has_rubric = self._still_has(told)
        if has_prompt and has_rubric:
            return told
        message = "was changed since it was written; what Moodle shows of it counts"
        notices.append(Notice("warning", self._element.line, message))
        if has_rubric:
            return {**told, "prompt": self.prompt}
        return {**{n: v for n, v in told.items() if n not in _RUBRIC}, **shown_here}

    def _still_has(self, told: dict[str, Any]) -> tuple[bool, bool]:
        """Whether what is shown are still the prompt and the rubric of exact data."""
        prompt = told.get("prompt")
        try:
            notes = visible(grader_notes.write(told))
        except (AttributeError, KeyError, TypeError):
            return False, False
        has_prompt = isinstance(prompt, str) and visible(prompt).strip() == self.prompt.strip()
        return has_prompt, notes.strip() == self._markdown("graderinfo").strip()

    def _markdown(self, name: str) -> str:
        element = self._element.first(name)
        return self._read(element, element.attributes.get("format", _AUTO)) if element else ""

    def _plain(self, name: str) -> str:
        element = self._element.first(name)
        return " ".join(said(element).split()) if element else ""

    def _read(self, element: Element, kind: str) -> str:
        if element.first("file"):
            self._note_once("has pictures or other files, which are not carried over")
        text = said(element)
        text = to_markdown(text, kind) if text.strip() else ""
        return text.lstrip("\n").rstrip()

    def _note_once(self, message: str) -> None:
        if message not in self._warnings:
            self._warnings.append(message)


def said(element: Element) -> str:
    """What stands in the text of an element, or in itself where it has none."""
    return (element.first("text") or element).markup


def exact(element: Element, notices: list[Notice]) -> dict[str, Any]:
    """Read exact data; empty where there are none that can be read."""
    if element.attributes.get("version") != EXACT_VERSION:
        problem = "is of another version of this program"
    else:
        try:
            told = json.loads(element.text)
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict):
            return told
        problem = "is damaged"
    message = f"<{EXACT}> {problem}; what Moodle shows counts instead"
    notices.append(Notice("warning", element.line, message))
    return {}
