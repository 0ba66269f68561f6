"""The bank that ships, walked with the grader that ships.

A failure here is a finding about the bank or the grader. The samples were written apart from
the rubrics, as candidates type.
"""

from datetime import UTC, datetime
from functools import cache

import pytest

from interview.formats.files import Bank, read_bank
from interview.formats.native import QuestionRecord
from interview.services import bank_check
from interview.services.bank_check import Checked
from interview.web.config import ROOT

TODAY = datetime.now(UTC).date()
ARTICLE = (
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


@cache
def bank() -> Bank:
    return read_bank([ROOT / "data" / "bank"], TODAY)


@cache
def records() -> dict[str, QuestionRecord]:
    return {record.slug: record for _, record in bank().questions}


@cache
def checked() -> dict[str, Checked]:
    return {slug: bank_check.checked(record) for slug, record in records().items()}


def test_the_bank_covers_the_twenty_topics_of_its_article_in_order() -> None:
    sets = {one.slug: one for one in bank().sets}
    assert tuple(sets["django-whole-article"].questions) == ARTICLE


@pytest.mark.parametrize("slug", ARTICLE)
def test_a_question_of_the_article_has_several_wordings_of_each_point(slug: str) -> None:
    record = records()[slug]
    assert all(3 <= len(point.phrasings) <= 6 for point in record.key_points)
    assert all(1 <= len(idea.phrasings) <= 4 for idea in record.misconceptions)


@pytest.mark.parametrize("slug", list(records()))
def test_a_question_can_be_trusted(slug: str) -> None:
    assert [*bank_check.of_one(checked()[slug], TODAY)] == []
    assert records()[slug].tags


def test_no_two_questions_ask_the_same_or_have_the_same_answer() -> None:
    assert [*bank_check.overlaps(list(checked().values()))] == []


def test_every_question_stands_in_a_set_and_is_ready() -> None:
    assert {slug for one in bank().sets for slug in one.questions} == set(records())
    assert {record.status for record in records().values()} == {"ready"}
