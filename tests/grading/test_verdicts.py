import pytest

from interview.grading import Flag, Grade, Rubric, Verdict
from tests.grading.banks import CACHE, VERBS, shipped_grader


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


def verdicts(grade: Grade) -> dict[str, Verdict]:
    return {point.id: point.verdict for point in grade.points}


def test_a_point_said_in_other_words_is_found_and_quoted() -> None:
    answer = "First of all, a missing value is fetched from the db and kept by it."
    point = {point.id: point for point in graded(answer).points}["miss"]
    assert point.verdict is Verdict.FOUND
    assert point.span is not None
    assert "missing value is fetched" in answer[point.span.start : point.span.end]


def test_a_misspelt_point_is_found() -> None:
    answer = "On a miss the cahce loades the value from the databse and storres it."
    assert verdicts(graded(answer))["miss"] is Verdict.FOUND


def test_a_denied_point_is_contradicted() -> None:
    answer = "On a miss the cache does not load the value from the database and never stores it."
    assert verdicts(graded(answer))["miss"] is Verdict.CONTRADICTED


def test_what_is_said_of_the_other_subject_is_contradicted() -> None:
    swapped = (
        "POST reads a resource and puts its parameters in the URL. GET changes data on the "
        "server and carries its parameters in the request body."
    )
    grade = graded(swapped, VERBS)
    assert set(verdicts(grade).values()) == {Verdict.CONTRADICTED}
    assert grade.score <= 0.45
    assert Flag.NEGATED in grade.flags


def test_the_same_words_of_the_right_subjects_are_found() -> None:
    grade = graded("GET retrieves data; POST creates or updates something.", VERBS)
    assert verdicts(grade)["get-reads"] is Verdict.FOUND
    assert verdicts(grade)["post-changes"] is Verdict.FOUND


@pytest.mark.parametrize(
    ("answer", "asserted"),
    [
        ("Every write goes to the cache first and reaches the database later.", True),
        ("Writes are delayed and then flushed to the database in batches.", True),
        ("It is a myth that every write goes to the cache first and the database later.", False),
        ("Every write goes to the cache first and the database later. That is wrong.", False),
        ("It is not the case that every write goes to the cache first.", False),
        ("Some people think that writes are delayed and flushed in batches.", False),
        ("On a miss the cache loads the value from the database and stores it.", False),
    ],
)
def test_a_misconception_counts_only_where_it_is_asserted(answer: str, asserted: bool) -> None:
    assert bool(graded(answer).misconceptions) is asserted


def test_a_misconception_lowers_the_score() -> None:
    right = "On a miss the cache loads the value from the database and stores it."
    wrong = f"{right} Every write goes to the cache first and reaches the database later."
    assert graded(wrong).score < graded(right).score - 0.1


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("asdkjh qwoeiu zxmcn lkjasd poiqwe", Flag.GIBBERISH),
        (CACHE.prompt, Flag.QUESTION_COPIED),
        ("What is a read-through cache and what does it do on a miss", Flag.QUESTION_COPIED),
        ("cache, database, miss, hit, value, copy, store, entries, expire", Flag.KEYWORD_LIST),
        ("My grandmother bakes plum cake every Sunday afternoon.", Flag.OFF_TOPIC),
    ],
)
def test_odd_answers_are_flagged(answer: str, flag: Flag) -> None:
    assert flag in graded(answer).flags


@pytest.mark.parametrize(
    ("answer", "ceiling"),
    [
        ("asdkjh qwoeiu zxmcn lkjasd poiqwe", 0.0),
        (CACHE.prompt, 0.1),
        ("I don't know", 0.15),
        ("It is an important concept that makes software better and is used a lot.", 0.3),
        ("cache, database, miss, hit, value, copy, store, entries, expire, time", 0.6),
    ],
)
def test_an_attack_stays_below_its_ceiling(answer: str, ceiling: float) -> None:
    assert graded(answer).score <= ceiling


def test_a_rubric_without_key_points_gets_derived_ones() -> None:
    bare = Rubric(
        CACHE.prompt, ("It caches rows.\n\n- On a miss it loads them\n- It expires them",)
    )
    grade = graded("On a miss it loads them", bare)
    assert [point.text for point in grade.points] == [
        "It caches rows",
        "On a miss it loads them",
        "It expires them",
    ]
    assert all(point.derived for point in grade.points)
    assert grade.points[1].verdict is Verdict.FOUND


def test_code_in_a_reference_makes_no_derived_point() -> None:
    bare = Rubric("Q?", ("Call the function.\n\n```python\nvalue = compute(total)\n```\n",))
    assert [point.text for point in graded("x", bare).points] == ["Call the function"]


def test_many_answers_are_graded_as_each_alone() -> None:
    answers = ["On a hit the stored copy is returned.", "", "no idea"]
    assert shipped_grader().grade_many(CACHE, answers) == [graded(answer) for answer in answers]


def test_a_compiled_rubric_gives_the_same_grade() -> None:
    grader = shipped_grader()
    answer = "On a hit the stored copy is returned."
    assert grader.grade(grader.compile(CACHE), answer) == grader.grade(CACHE, answer)
