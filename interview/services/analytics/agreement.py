"""How the grader agrees with the people who graded after it."""

from collections import Counter

from interview.grading.overriding import PERSON
from interview.grading.records import Band
from interview.rules.measures import bin_of, mean_bias, pearson_r, quadratic_weighted_kappa
from interview.services.analytics.figures import ENOUGH_PAIRS, Agreement, Figure
from interview.store import analytics as reads
from interview.store.db import db

BANDS = len(Band)


def agreement(assignment_id: int, group_id: int | None) -> Agreement:
    """Compare both grades of the answers of an assignment whose grade a person gave.

    A person's grade that was taken back stands no more, and is not compared.
    """
    statement = reads.graded_twice(assignment_id).where(*reads.of_group(group_id))
    rows = db.session.execute(statement, {"person": PERSON}).all()
    scores = [row.by_grader for row in rows]
    marks = [row.by_person for row in rows]
    ours, theirs = ([bin_of(value, BANDS) for value in values] for values in (scores, marks))
    cells = Counter(zip(theirs, ours, strict=True))
    n = len(rows)
    return Agreement(
        r=Figure(pearson_r(scores, marks), n, ENOUGH_PAIRS),
        kappa=Figure(quadratic_weighted_kappa(ours, theirs, BANDS), n, ENOUGH_PAIRS),
        bias=Figure(mean_bias(scores, marks), n, ENOUGH_PAIRS),
        table=tuple(tuple(cells[row, column] for column in range(BANDS)) for row in range(BANDS)),
    )
