"""The grader: fitted once on a bank, then deterministic, offline and fast."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from interview.grading.calibrate import Coefficients, bands_between, calibrated
from interview.grading.compile import CompiledRubric, compile_rubric
from interview.grading.features import measure, soft_recall
from interview.grading.flags import (
    CEILINGS,
    is_copied,
    is_gibberish,
    is_jumbled,
    is_keyword_list,
)
from interview.grading.idf import IdfSnapshot
from interview.grading.points import calibrate, gather
from interview.grading.reading import Readings, read
from interview.grading.records import Band, Flag, Grade, PointVerdict, Rubric, Verdict
from interview.grading.relevance import relevant
from interview.grading.scoring import Assessment, alarm_levels, assess, combine, found_levels
from interview.grading.thesaurus import DATA, DIGEST
from interview.grading.views import AnswerView, cosine, view_answer

CODE_VERSION = "5"
IDF_FILE = "idf.json"
COEFFICIENTS_FILE = "coefficients.json"
CACHED_RUBRICS = 512
# An interval over more bands than this says too little to rely on.
MOST_BANDS = 2
# A reference that its own key points rate lower than this does not stretch the scale.
LEAST_ANCHOR = 0.85


class AnswerGrader:
    """Grades typed answers against rubrics by TF-IDF and key points.

    Parameters
    ----------
    coefficients : Coefficients or None
        Trained weights; by default those that ship in ``data/grader``.

    Attributes
    ----------
    snapshot_ : IdfSnapshot
        Document frequencies learned by `fit` or read by `load`.
    numbers_ : Coefficients
        Those in use.

    Examples
    --------
    >>> rubric = Rubric("What is Django?", ("Django is a web framework written in Python.",))
    >>> grader = AnswerGrader().fit([rubric])
    >>> grader.grade(rubric, "Django is a web framework written in Python.").score >= 0.95
    True
    """

    def __init__(self, coefficients: Coefficients | None = None) -> None:
        self.coefficients = coefficients

    @classmethod
    def load(cls, folder: Path = DATA) -> AnswerGrader:
        """Read a grader from `folder` (``idf.json``, ``coefficients.json``).

        Raises
        ------
        OSError
            If a file cannot be read.
        ValueError
            If a file is of another format or version.
        """
        grader = cls(Coefficients.load(folder / COEFFICIENTS_FILE))
        return grader.use(IdfSnapshot.load(folder / IDF_FILE))

    def fit(self, rubrics: Iterable[Rubric]) -> AnswerGrader:
        """Learn the idf of the references of `rubrics`; imports scikit-learn.

        Raises
        ------
        ValueError
            If there is no reference, or none holds a word.
        """
        texts = [text for rubric in rubrics for text in rubric.references]
        return self.use(IdfSnapshot.fit(texts))

    def save(self, folder: Path) -> None:
        """Write the idf snapshot to ``folder/idf.json``."""
        self.snapshot.save(folder / IDF_FILE)

    @property
    def snapshot(self) -> IdfSnapshot:
        """The learned document frequencies."""
        return self.snapshot_

    @property
    def version(self) -> str:
        """The code, the word lists, the idf and the coefficients that a grade depends on."""
        return self._version

    def use(self, snapshot: IdfSnapshot) -> AnswerGrader:
        """Take the idf from `snapshot` and return the grader."""
        self.snapshot_ = snapshot
        self.numbers_ = self.coefficients or Coefficients.load(DATA / COEFFICIENTS_FILE)
        self._compiled: OrderedDict[Rubric, CompiledRubric] = OrderedDict()
        parts = (CODE_VERSION, DIGEST, snapshot.digest(), self.numbers_.digest())
        self._version = ".".join(parts)
        return self

    def compile(self, rubric: Rubric) -> CompiledRubric:
        """Compile `rubric` against the snapshot, anchored on its own references.

        Raises
        ------
        ValueError
            If no reference holds a word.
        """
        texts = Readings()
        compiled = compile_rubric(rubric, self.snapshot_, texts)
        settings = self.numbers_.rubric
        said, turned = calibrate(compiled, texts, settings["contradiction"])
        compiled = replace(compiled, alarms=alarm_levels(said, settings), tolerated=tuple(turned))
        points = len(compiled.points)
        reached = [gather(compiled, texts[text], (1.0,) * points) for text in rubric.references]
        attained = [max(item.points[index].agreed for item in reached) for index in range(points)]
        compiled = replace(compiled, enough=found_levels(attained, settings))
        raws = [self._raw(compiled, view)[0] for view in self._views(compiled, texts)]
        return replace(compiled, anchor=max(LEAST_ANCHOR, min(raws)))

    def _views(self, compiled: CompiledRubric, texts: Readings) -> list[AnswerView]:
        readings = [texts[text] for text in sorted(set(compiled.rubric.references))]
        return [
            view_answer(reading, compiled.prompt, self.snapshot_)
            for reading in readings
            if reading.terms
        ]

    def grade(self, rubric: Rubric | CompiledRubric, answer: str) -> Grade:
        """Grade one answer.

        Raises
        ------
        ValueError
            If the rubric has no reference with a word.
        """
        compiled = rubric if isinstance(rubric, CompiledRubric) else self._cached(rubric)
        view = view_answer(read(answer), compiled.prompt, self.snapshot_)
        if not view.reading.terms:
            return self._nothing(compiled, Flag.EMPTY)
        listed = is_keyword_list(view.reading) or is_jumbled(compiled, view)
        raw, assessment = self._raw(compiled, view, listed)
        similarity = max(cosine(reference, view) for reference in compiled.references)
        if tuple(view.reading.terms) in compiled.reference_terms:
            return self._grade(1.0, similarity, assessment, (), compiled.derived)
        flags = self._flags(compiled, view, assessment, similarity, listed)
        ceilings = [CEILINGS[f] for f in flags if not (compiled.derived and f is Flag.NEGATED)]
        score = min([calibrated(raw, compiled.anchor), *ceilings])
        return self._grade(score, similarity, assessment, flags, compiled.derived)

    def grade_many(self, rubric: Rubric | CompiledRubric, answers: Sequence[str]) -> list[Grade]:
        """Grade several answers to one question."""
        compiled = rubric if isinstance(rubric, CompiledRubric) else self._cached(rubric)
        return [self.grade(compiled, answer) for answer in answers]

    def _cached(self, rubric: Rubric) -> CompiledRubric:
        compiled = self._compiled.get(rubric)
        if compiled is None:
            compiled = self._compiled[rubric] = self.compile(rubric)
            if len(self._compiled) > CACHED_RUBRICS:
                self._compiled.popitem(last=False)
        return compiled

    def features(self, compiled: CompiledRubric, view: AnswerView) -> list[tuple[float, ...]]:
        """Return the features of what is relevant in an answer, against each reference."""
        view = self._relevant(compiled, view)
        return [
            measure(reference, view, compiled.prompt, compiled.relatives, self.snapshot_)
            for reference in compiled.references
        ]

    def _relevant(self, compiled: CompiledRubric, view: AnswerView) -> AnswerView:
        reading = relevant(view.reading, compiled.prompt, compiled.relatives)
        if reading is view.reading:
            return view
        return view_answer(reading, compiled.prompt, self.snapshot_)

    def _raw(
        self, compiled: CompiledRubric, view: AnswerView, listed: bool = False
    ) -> tuple[float, Assessment]:
        settings = self.numbers_.rubric
        evidence = gather(compiled, view.reading, compiled.enough, listed)
        assessment = assess(compiled, evidence, view.reading, settings)
        if not compiled.derived:
            closeness = max(soft_recall(r, view, compiled.relatives) for r in compiled.references)
            return combine(assessment, closeness / settings["close"], settings), assessment
        rows = self.features(compiled, view)
        estimate = max(self.numbers_.estimate(row) for row in rows)
        return estimate * (1 - settings["derived_loss"] * assessment.contradicted), assessment

    def _flags(
        self,
        compiled: CompiledRubric,
        view: AnswerView,
        assessment: Assessment,
        similarity: float,
        listed: bool,
    ) -> tuple[Flag, ...]:
        settings = self.numbers_.rubric
        present = {
            Flag.GIBBERISH: is_gibberish(compiled, view, self.snapshot_),
            Flag.QUESTION_COPIED: is_copied(compiled, view),
            Flag.KEYWORD_LIST: listed,
            Flag.NEGATED: assessment.contradicted >= settings["negated"],
            Flag.OFF_TOPIC: similarity < settings["off_topic"] and assessment.coverage <= 0.0,
        }
        return tuple(flag for flag in Flag if present.get(flag))

    def _grade(
        self,
        score: float,
        similarity: float,
        assessment: Assessment,
        flags: tuple[Flag, ...],
        derived: bool,
    ) -> Grade:
        low, high = self.numbers_.interval(score, derived)
        return Grade(
            score=score,
            low=low,
            high=high,
            band=Band.of(score),
            similarity=similarity,
            points=assessment.points,
            misconceptions=assessment.misconceptions,
            flags=flags,
            needs_review=bool(flags) or bands_between(low, high) > MOST_BANDS,
            grader_version=self._version,
        )

    def _nothing(self, compiled: CompiledRubric, flag: Flag) -> Grade:
        points = tuple(
            PointVerdict(p.id, p.text, Verdict.NOT_FOUND, None, 0.0, p.weight, compiled.derived)
            for p in compiled.points
        )
        return Grade(0.0, 0.0, 0.0, Band.NOT_YET, 0.0, points, (), (flag,), False, self._version)
