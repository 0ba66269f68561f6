from dataclasses import replace

import pytest

from interview.grading import Rubric
from interview.grading.evaluation.attack import AttackFigure, AttackReport, attack
from interview.grading.evaluation.attack_kinds import ATTACKS, Target, targets_of
from tests.grading.banks import VERBS, shipped_rubrics
from tests.support.marked import answers

ROWS = answers()
BANK = [Target("bank", slug, rubric) for slug, rubric in shipped_rubrics().items()]


def nothing(_: int) -> None:
    pass


def figures(report: AttackReport) -> dict[str, AttackFigure]:
    return {figure.attack: figure for figure in report.figures}


@pytest.fixture(scope="module")
def bank() -> AttackReport:
    return attack(BANK, nothing)[0]


@pytest.mark.parametrize("name", [kind.name for kind in ATTACKS if kind.limit is not None])
def test_no_attack_on_the_shipped_bank_earns_more_than_it_may(
    bank: AttackReport, name: str
) -> None:
    figure = figures(bank)[name]
    assert figure.within, figure


def test_the_bank_is_attacked_whole(bank: AttackReport) -> None:
    assert (bank.questions, bank.grouped) == (len(BANK), 0)
    assert figures(bank)["reference negated"].questions == len(BANK)
    assert 0 < figures(bank)["subjects swapped"].questions < len(BANK)
    assert "full marks by humans" not in figures(bank)


def test_lists_of_keywords_are_counted_where_they_are_flagged(bank: AttackReport) -> None:
    told = {figure.attack for figure in bank.figures if figure.flagged is not None}
    assert told == {"words shuffled", "keyword list"}
    assert figures(bank)["keyword list"].flagged == 1.0


def test_attacks_come_out_the_same_again() -> None:
    assert attack(BANK[::10], nothing) == attack(BANK[::10], nothing)


def test_answers_with_full_marks_belong_to_their_question() -> None:
    first, second = targets_of(ROWS)
    assert first.full_marks == (ROWS[0].answer,)
    assert second.full_marks == (ROWS[5].answer,)
    assert (first.source, first.id) == ROWS[0].key


def test_two_prompts_of_one_name_are_two_questions() -> None:
    other = replace(ROWS[0], question="Something else?", reference="Nothing like it.")
    assert [target.id for target in targets_of([ROWS[0], other])] == ["What", "What"]


def test_derived_rubrics_have_no_limit_on_what_says_the_opposite() -> None:
    bare = Rubric(VERBS.prompt, VERBS.references)
    for rubric, limit in ((VERBS, 0.45), (bare, None)):
        found = figures(attack([Target("one", "get-post", rubric)], nothing)[0])
        assert found["reference negated"].limit == limit
        assert found["subjects swapped"].limit == limit
        assert (found["subjects swapped"].within is None) == (limit is None)


def test_a_single_question_has_no_other_references() -> None:
    found = figures(attack(targets_of(ROWS[:5]), nothing)[0])
    assert "another reference" not in found
    assert "nearest other reference" not in found
    assert found["reference itself"].within


def test_sources_are_told_apart_and_copies_left_out() -> None:
    copied = [replace(target, id=f"{target.id} again") for target in targets_of(ROWS)]
    elsewhere = [replace(target, source="elsewhere") for target in targets_of(ROWS)]
    told: list[int] = []
    reports = attack([*targets_of(ROWS), *copied, *elsewhere], told.append)
    assert [(one.source, one.questions, one.grouped) for one in reports] == [
        ("small", 2, 2),
        ("elsewhere", 2, 0),
    ]
    assert sum(told) == 6


def test_a_figure_above_its_ceiling_is_marked() -> None:
    alike = [
        Target("alike", str(number), Rubric(f"Question {number}?", (text,)))
        for number, text in enumerate(["red green blue", "red green black"])
    ]
    figure = figures(attack(alike, nothing)[0])["nearest other reference"]
    assert figure.within == (figure.mean <= 0.45)
    assert figure.extreme >= figure.mean
