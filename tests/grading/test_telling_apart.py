"""Answers that share words with something else: names of code, neighbours, opposites."""

from interview.grading import Grade, KeyPoint, Misconception, Rubric, Verdict
from tests.grading.banks import CACHE, shipped_grader

QUEUE = Rubric(
    prompt="How does a worker take a job, and in which order?",
    references=(
        (
            "A worker calls queue.take_job() and the first job is handed out. The scheduler "
            "decides when a job runs. The worker decides how it runs. Results are kept in "
            "queue.results."
        ),
    ),
    key_points=(
        KeyPoint("call", "A worker calls queue.take_job().", ("use queue.take_job()",)),
        KeyPoint("order", "The first job is handed out.", ("jobs leave first in, first out",)),
        KeyPoint("when", "The scheduler decides when a job runs.", ("the scheduler sets times",)),
        KeyPoint("how", "The worker decides how a job runs.", ("workers choose the way",)),
    ),
    misconceptions=(
        Misconception("last", "The last job is handed out.", ("the newest job comes out",)),
        Misconception("failures", "Results are kept in queue.failures."),
    ),
)


def graded(answer: str, rubric: Rubric = QUEUE) -> Grade:
    return shipped_grader().grade(rubric, answer)


def verdict(answer: str, point: str) -> Verdict:
    return {item.id: item.verdict for item in graded(answer).points}[point]


def asserted(answer: str) -> list[str]:
    return [finding.id for finding in graded(answer).misconceptions]


def test_another_name_of_the_same_object_is_not_the_name() -> None:
    assert verdict("A worker calls queue.take_job().", "call") is Verdict.FOUND
    assert verdict("A worker calls queue.take_lock().", "call") is not Verdict.FOUND


def test_a_name_may_be_said_in_words_or_without_its_owner() -> None:
    assert verdict("You use take_job().", "call") is Verdict.FOUND
    assert verdict("To get one, use the queue's take job method.", "call") is Verdict.FOUND


def test_a_right_sentence_beside_a_point_does_not_contradict_it() -> None:
    answer = "The scheduler decides when a job runs; the worker decides how it runs."
    assert verdict(answer, "when") is Verdict.FOUND
    assert verdict(answer, "how") is Verdict.FOUND


def test_the_opposite_in_the_same_clause_asserts_nothing() -> None:
    assert asserted("The last job is handed out.") == ["last"]
    assert asserted("Of the first and the last, the first job is handed out.") == []


def test_a_name_beside_the_mistaken_one_asserts_nothing() -> None:
    assert asserted("Results are kept in queue.failures.") == ["failures"]
    assert asserted("There is queue.failures, and results are kept in queue.results.") == []


def test_an_exact_wording_outweighs_what_is_said_against_it() -> None:
    denied = "On a miss the cache does not load the value from the database and never stores it."
    told = f"{denied} On a miss the cache loads the value from the database and stores it."
    found = {point.id: point.verdict for point in graded(told, CACHE).points}
    assert found["miss"] is Verdict.FOUND
