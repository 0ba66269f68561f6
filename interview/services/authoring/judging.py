"""Whether a question tells right answers from wrong ones, said so that its author can mend it."""

from dataclasses import dataclass

from interview.grading.separation import (
    GOOD_AT_LEAST,
    MARGIN,
    MISTAKE_AT_MOST,
    REFERENCE_AT_LEAST,
    Examination,
    Fault,
    Finding,
    examine,
)
from interview.services.authoring.content import rubric_of
from interview.services.authoring.records import LABELS, Content
from interview.services.bank_check import samples_of
from interview.services.grading import grader

_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that keeps a question from being trusted.

    Attributes
    ----------
    places : tuple of str
        The fields that it is about, as `Problem.place` names them.
    """

    words: str
    advice: str
    places: tuple[str, ...]


def complaints(content: Content) -> tuple[Complaint, ...]:
    """Grade references, misconceptions and samples of a question that lacks nothing.

    Returns
    -------
    tuple of Complaint
        Empty where the question tells right from wrong.
    """
    examination = examine(grader(), rubric_of(content), samples_of(content["samples"]))
    teller = _Teller(content, examination)
    return tuple(teller.told(finding) for finding in examination.findings)


class _Teller:
    """Says what was found in words."""

    def __init__(self, content: Content, examination: Examination) -> None:
        self._content = content
        self._examination = examination

    def told(self, finding: Finding) -> Complaint:
        higher, lower = finding.higher, finding.lower
        match finding.fault:
            case Fault.NO_GOOD:
                return Complaint(
                    "There is no sample of a good answer yet.",
                    "Write one as a learner would type it, in other words than the reference.",
                    ("samples",),
                )
            case Fault.NO_WRONG:
                return Complaint(
                    "There is no sample of a wrong or contradictory answer yet.",
                    "Write down what somebody would say who has it wrong.",
                    ("samples",),
                )
        if higher is not None and lower is not None:
            return self._of_pair(finding.fault, higher, lower)
        return self._of_one(finding.fault, higher or 0)

    def _of_one(self, fault: Fault, place: int) -> Complaint:
        if fault is Fault.REFERENCE:
            score = _percent(self._examination.references[place])
            return Complaint(
                f"Reference answer {place + 1} itself would get only {score}.",
                f"It should get at least {_percent(REFERENCE_AT_LEAST)}: let it say every key "
                "point, or let the key points ask for less.",
                (f"reference-{place}",),
            )
        if fault is Fault.MISCONCEPTION:
            score = _percent(self._examination.misconceptions[place])
            return Complaint(
                f"An answer that only says misconception {place + 1} "
                f"({self._quoted(self._content['misconceptions'][place]['text'])}), in words "
                f"that are not listed, would get {score}.",
                f"It should get at most {_percent(MISTAKE_AT_MOST)}: word the key points so "
                "that they do not fit it, or say the misconception otherwise.",
                (f"idea-{place}-text",),
            )
        return Complaint(
            f"{self._sample(place)} gets only {self._score(place)}.",
            f"A good answer should get at least {_percent(GOOD_AT_LEAST)}: add its way of "
            "saying the key points to their other wordings.",
            (f"sample-{place}-text",),
        )

    def _of_pair(self, fault: Fault, higher: int, lower: int) -> Complaint:
        places = (f"sample-{higher}-text", f"sample-{lower}-text")
        above, below = self._sample(higher), self._sample(lower)
        if fault is Fault.CLOSE:
            return Complaint(
                f"{above} gets {self._score(higher)}, and {below[0].lower()}{below[1:]} nearly as "
                f"much: {self._score(lower)}.",
                f"Right and wrong should lie at least {_percent(MARGIN)} apart: name what the "
                "wrong one asserts as a misconception, or sharpen the key points.",
                places,
            )
        return Complaint(
            f"{below} gets {self._score(lower)}, which is no less than the "
            f"{self._score(higher)} of {above[0].lower()}{above[1:]}.",
            "Name what is wrong in it as a misconception, or add the better one's way of saying "
            "the key points to their other wordings.",
            places,
        )

    def _sample(self, place: int) -> str:
        sample = self._content["samples"][place]
        label = LABELS[sample["label"]].lower()
        return f"Sample {place + 1} ({label}, {self._quoted(sample['text'])})"

    def _score(self, place: int) -> str:
        return _percent(self._examination.samples[place][1].score)

    @staticmethod
    def _quoted(text: str) -> str:
        words = " ".join(text.split())
        return f"“{words if len(words) <= _QUOTED else words[:_QUOTED].rstrip() + '…'}”"


def _percent(share: float) -> str:
    return f"{round(share * 100)} %"
