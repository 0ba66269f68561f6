"""The bank that ships, walked with the grader that ships.

A failure here is a finding about the bank or the grader. The answers were written before
either was tuned. Grader and rubrics were mended once after reading those to check-version,
architecture, static-files, session-variables and queryset; the other fifteen questions'
answers have never been tuned on.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
import yaml

from interview.formats.files import Bank, read_bank
from interview.formats.native import QuestionRecord
from interview.grading import AnswerGrader, Misconception, Rubric
from interview.services.grading import rubric_of
from interview.web.config import ROOT

SLUGS = (
    "django-what-is-django",
    "django-used-for",
    "django-check-version",
    "django-features",
    "django-render",
    "django-architecture",
    "django-start-project",
    "django-model",
    "django-serializers",
    "django-static-files",
    "django-model-inheritance",
    "django-csrf-token",
    "django-manage-py",
    "django-session-variables",
    "django-queryset",
    "django-vs-flask",
    "django-url-patterns",
    "django-signals",
    "django-get-post",
    "django-middleware",
)
HELD_OUT = yaml.safe_load((ROOT / "tests/bank/answers/held_out.yaml").read_text(encoding="utf-8"))

REFERENCE_AT_LEAST = 0.95
MISTAKE_AT_MOST = 0.45
# Names and commands have no second wording ("abstract base class", "pip install django"), so
# only what is as long as a clause counts as the rubric's own phrasing.
CLAUSE_WORDS = 6


@cache
def bank() -> Bank:
    return read_bank([ROOT / "data" / "bank"], datetime.now(UTC).date())


@cache
def records() -> dict[str, QuestionRecord]:
    return {record.slug: record for _, record in bank().questions}


@cache
def rubric(slug: str) -> Rubric:
    return rubric_of(records()[slug].prompt, records()[slug].rubric())


@cache
def grader() -> AnswerGrader:
    return AnswerGrader.load()


def misconceptions() -> list[tuple[str, Misconception]]:
    return [(slug, idea) for slug in SLUGS for idea in rubric(slug).misconceptions]


def normalised(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.casefold()))} "


def test_the_bank_covers_the_twenty_topics_of_its_article_in_order() -> None:
    sets = {one.slug: one for one in bank().sets}
    assert tuple(sets["django-whole-article"].questions) == SLUGS
    assert set(records()) == set(SLUGS)
    assert {topic for topic, _ in bank().questions} == {"Django"}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_question_has_sources_and_several_wordings_of_each_point(slug: str) -> None:
    record = records()[slug]
    assert record.sources
    assert record.tags
    assert all(3 <= len(point.phrasings) <= 6 for point in record.key_points)
    assert all(1 <= len(idea.phrasings) <= 4 for idea in record.misconceptions)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_reference_is_a_complete_answer_to_its_own_question(slug: str) -> None:
    scores = [grader().grade(rubric(slug), text).score for text in rubric(slug).references]
    assert min(scores) >= REFERENCE_AT_LEAST, scores


@pytest.mark.parametrize(
    ("slug", "idea"), misconceptions(), ids=[f"{s}-{idea.id}" for s, idea in misconceptions()]
)
def test_a_misconception_earns_little_even_where_the_rubric_does_not_know_it(
    slug: str, idea: Misconception
) -> None:
    others = tuple(other for other in rubric(slug).misconceptions if other != idea)
    unwarned = replace(rubric(slug), misconceptions=others)
    assert grader().grade(unwarned, idea.text).score <= MISTAKE_AT_MOST


@pytest.mark.parametrize("slug", SLUGS)
def test_held_out_answers_share_no_phrasing_with_the_rubric(slug: str) -> None:
    own = rubric(slug)
    wordings = [*own.references]
    wordings += [w for point in own.key_points for w in (point.text, *point.phrasings)]
    wordings += [w for idea in own.misconceptions for w in (idea.text, *idea.phrasings)]
    clauses = [w for w in map(normalised, wordings) if len(w.split()) >= CLAUSE_WORDS]
    answers = [normalised(a) for a in HELD_OUT[slug]["right"] + HELD_OUT[slug]["wrong"]]
    assert len(answers) == 4
    assert not [(w, a) for w in clauses for a in answers if w in a or a in w]


@pytest.mark.parametrize("slug", SLUGS)
def test_held_out_right_answers_score_above_the_wrong_ones(slug: str) -> None:
    scores = {
        kind: [grader().grade(rubric(slug), answer).score for answer in HELD_OUT[slug][kind]]
        for kind in ("right", "wrong")
    }
    assert [len(found) for found in scores.values()] == [2, 2]
    assert min(scores["right"]) > max(scores["wrong"]), scores


def test_the_held_out_answers_are_those_of_the_bank() -> None:
    assert set(HELD_OUT) == set(SLUGS)
