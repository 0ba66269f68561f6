import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from interview.grading import AnswerGrader, IdfSnapshot, Rubric
from interview.grading.text import terms_of
from tests.grading.banks import CACHE, shipped_grader, shipped_rubrics


def test_similarity_equals_scikit_learn_on_known_vocabulary() -> None:
    rubrics = shipped_rubrics()
    texts = [text for rubric in rubrics.values() for text in rubric.references]
    vectorizer = TfidfVectorizer(analyzer=terms_of).fit(texts)
    grader = AnswerGrader().fit(rubrics.values())
    for rubric in list(rubrics.values())[:4]:
        own = vectorizer.transform(rubric.references)
        for answer in texts[::3]:
            expected = np.max(cosine_similarity(vectorizer.transform([answer]), own))
            assert grader.grade(rubric, answer).similarity == pytest.approx(expected, abs=1e-9)


def test_an_idf_equals_that_of_scikit_learn() -> None:
    texts = ["a cat", "a dog", "the cat and the dog", "nothing"]
    vectorizer = TfidfVectorizer(analyzer=terms_of).fit(texts)
    snapshot = IdfSnapshot.fit(texts)
    for term, column in vectorizer.vocabulary_.items():
        assert snapshot.idf(term) == pytest.approx(vectorizer.idf_[column], abs=1e-12)


def test_a_new_term_counts_in_reference_and_answer_alike() -> None:
    rubric = Rubric("Which fish?", ("zander wels barbel huchen",))
    assert shipped_grader().grade(rubric, "huchen barbel wels zander").similarity == pytest.approx(
        1
    )


def test_a_term_that_the_snapshot_lacks_has_the_idf_of_none() -> None:
    assert IdfSnapshot(7, {}).idf("new") == pytest.approx(1 + np.log(8))


def test_fitted_on_one_reference_every_idf_is_one() -> None:
    snapshot = AnswerGrader().fit([Rubric("Q?", ("one single reference",))]).snapshot
    assert {snapshot.idf(term) for term in snapshot.frequencies} == {1.0}


def test_similarity_is_that_of_the_closest_reference() -> None:
    grader = AnswerGrader().fit([CACHE])
    for reference in CACHE.references:
        assert grader.grade(CACHE, reference).similarity == pytest.approx(1)


def test_a_snapshot_survives_its_file(tmp_path: object) -> None:
    snapshot = shipped_grader().snapshot
    assert IdfSnapshot.from_json(snapshot.to_json()) == snapshot


@pytest.mark.parametrize("text", ["{}", '{"format": "mock-interview-idf", "version": 99}'])
def test_another_file_is_refused_as_a_snapshot(text: str) -> None:
    with pytest.raises(ValueError, match="idf snapshot"):
        IdfSnapshot.from_json(text)


def test_the_shipped_snapshot_is_that_of_the_shipped_bank() -> None:
    assert AnswerGrader().fit(shipped_rubrics().values()).version == shipped_grader().version
