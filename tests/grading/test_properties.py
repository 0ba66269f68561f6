import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.grading import AnswerGrader, Flag, Grade, Rubric
from tests.grading.banks import CACHE, VERBS, shipped_grader, shipped_rubrics

ANSWER = (
    "The application talks to the cache only; when the value isn't there, the cache fetches it "
    "from the “database”, keeps a copy and – naïvely – returns it. It does not expire."
)
VOCABULARY = (
    "the cache database value miss hit store stored load not no never on a of, . loads expire "
    "application copy entries; GET POST reads body URL returns \n writes goes first later"
)
words = st.sampled_from(VOCABULARY.split(" "))
answers = st.text(max_size=200) | st.lists(words, max_size=60).map(" ".join)
any_rubric = st.sampled_from([CACHE, VERBS, Rubric(CACHE.prompt, CACHE.references)])
unhurried = settings(deadline=None)


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


@unhurried
@given(any_rubric, answers)
def test_figures_stay_on_their_scales(rubric: Rubric, answer: str) -> None:
    grade = graded(answer, rubric)
    assert 0 <= grade.low <= grade.score <= grade.high <= 1
    assert 0 <= grade.similarity <= 1
    for point in grade.points:
        assert 0 <= point.earned <= point.possible


@unhurried
@given(any_rubric, answers)
def test_quoted_words_are_the_learners_own(rubric: Rubric, answer: str) -> None:
    grade = graded(answer, rubric)
    spans = [point.span for point in grade.points if point.span]
    spans += [finding.span for finding in grade.misconceptions]
    for span in spans:
        assert 0 <= span.start < span.end <= len(answer)
        assert answer[span.start : span.end].strip()


@unhurried
@given(any_rubric, answers)
def test_a_grade_is_repeated_exactly(rubric: Rubric, answer: str) -> None:
    again = AnswerGrader.load().grade(rubric, answer)
    assert again == graded(answer, rubric)


def same_but_for_the_spans(grade: Grade) -> Grade:
    return replace(
        grade,
        points=tuple(replace(point, span=None) for point in grade.points),
        misconceptions=tuple(item.id for item in grade.misconceptions),  # type: ignore[misc]
    )


@pytest.mark.parametrize(
    "changed",
    [
        ANSWER.replace(" ", "  "),
        ANSWER.replace(" ", "\u00a0"),
        ANSWER.replace(" ", "\r\n", 3),
        f"\n\t {ANSWER} \n",
        ANSWER.replace("“", '"').replace("”", '"').replace("'", "’"),
        unicodedata.normalize("NFD", ANSWER),
        unicodedata.normalize("NFKC", ANSWER),
    ],
)
def test_spaces_quotes_and_unicode_forms_make_no_difference(changed: str) -> None:
    assert same_but_for_the_spans(graded(changed)) == same_but_for_the_spans(graded(ANSWER))


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_case_hardly_matters(change: Callable[[str], str]) -> None:
    assert graded(change(ANSWER)).score == pytest.approx(graded(ANSWER).score, abs=0.02)


@pytest.mark.parametrize("slug", sorted(shipped_rubrics()))
def test_every_reference_is_strong(slug: str) -> None:
    rubric = shipped_rubrics()[slug]
    bare = Rubric(rubric.prompt, rubric.references)
    for reference in rubric.references:
        for asked in (rubric, bare):
            grade = graded(reference, asked)
            assert grade.score >= 0.95
            assert not grade.flags
            assert not grade.misconceptions


@unhurried
@given(st.text(min_size=1).filter(lambda text: re.search(r"[^\W_]", text)), st.text())
def test_any_text_with_a_word_can_be_a_reference(reference: str, prompt: str) -> None:
    assert graded(reference, Rubric(prompt, (reference,))).score >= 0.95


def test_a_reference_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        graded("anything", Rubric("Q?", ("...",)))


@unhurried
@given(answers)
def test_the_order_of_references_and_key_points_does_not_matter(answer: str) -> None:
    turned = replace(
        CACHE,
        references=CACHE.references[::-1],
        key_points=CACHE.key_points[::-1],
        misconceptions=CACHE.misconceptions[::-1],
    )
    grade, other = graded(answer), graded(answer, turned)
    assert other.score == pytest.approx(grade.score, abs=1e-12)
    assert other.points[::-1] == grade.points


@unhurried
@given(st.integers(0, 3), st.integers(0, 3))
def test_saying_another_key_point_never_lowers(first: int, second: int) -> None:
    said = CACHE.key_points[first].text
    assert graded(f"{said} {CACHE.key_points[second].text}").score >= graded(said).score


@pytest.mark.parametrize(
    "answer",
    [
        "<script>alert('x')</script> <b>On a miss</b> the cache loads &amp; stores",
        "on a miss\x00 the cache\x00loads",
        "🙂 on a miss the cache loads 🚀🚀",
        "\ud800 lone surrogate",
        "на промахе кэш загружает значение из базы данных и сохраняет его",
        "キャッシュはデータベースから値を読み込みます",
        "a" * 20_000,
        "cache " * 3_400,
        ("On a miss the cache loads the value from the database and stores it. " * 300)[:20_000],
        "(((((" * 4_000,
        "O(" * 10_000,
        "a.b." * 5_000,
        "-- \n" * 5_000,
    ],
)
def test_no_text_breaks_it(answer: str) -> None:
    assert 0 <= graded(answer).score <= 1


@pytest.mark.parametrize("answer", ["", "   ", "\n\n", "...", "?!", "\x00"])
def test_nothing_said_is_empty_and_scores_nothing(answer: str) -> None:
    grade = graded(answer)
    assert (grade.score, grade.flags, grade.similarity) == (0.0, (Flag.EMPTY,), 0.0)
    assert len(grade.points) == len(CACHE.key_points)
