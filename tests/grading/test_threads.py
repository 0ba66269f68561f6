"""Web workers grade in several threads at once."""

from concurrent.futures import ThreadPoolExecutor

from interview.grading import AnswerGrader, Grade
from interview.grading.text import lexeme, stem
from tests.grading.banks import pairs, shipped_rubrics

THREADS = 8


def forget_words() -> None:
    stem.cache_clear()
    lexeme.cache_clear()


def test_threads_give_the_grades_of_one_thread() -> None:
    rubrics = shipped_rubrics()
    tasks = [(rubrics[p["slug"]], p[side]) for p in pairs("tuning") for side in ("right", "wrong")]
    forget_words()
    alone = AnswerGrader.load()
    expected = [alone.grade(*task) for task in tasks]

    forget_words()
    shared = AnswerGrader.load()

    def every_grade(shift: int) -> list[Grade]:
        grades = [shared.grade(*task) for task in tasks[shift:] + tasks[:shift]]
        return grades[len(tasks) - shift :] + grades[: len(tasks) - shift]

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(every_grade, range(0, 11 * THREADS, 11)))
    assert all(result == expected for result in results)


def test_threads_that_learn_words_at_once_learn_the_same() -> None:
    words = [f"{root}{end}" for root in ROOTS for end in ENDS]
    forget_words()
    expected = [lexeme(word) for word in words]
    for _ in range(5):
        forget_words()
        with ThreadPoolExecutor(THREADS) as pool:
            results = list(pool.map(lambda _: [lexeme(word) for word in words], range(THREADS)))
        assert all(result == expected for result in results)


ROOTS = ("connect", "relat", "operat", "gener", "migrat", "render", "protect", "validat", "iterat")
ENDS = ("ion", "ional", "ing", "ed", "es", "able", "ably", "ance", "izations", "ives", "ivity")
