"""What is there already is left out, whoever wrote it down how."""

import pytest
import sqlalchemy as sa

from interview.services.authoring import reading, saving
from interview.services.importing import accepting, slugs
from interview.services.importing.duplicates import normalised
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.bank import Question
from interview.store.db import db
from tests.support.authored import an_author
from tests.support.authoring import a_question
from tests.support.clock import START, FakeClock
from tests.support.imports import as_file, bare, imported, questions_of, send, shown, whole, work


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is Django?", "what  is\n`Django` ?"),
        ("Don’t you – ever?", "Don't you - ever"),
        ("What is **it**?", "What is it?"),
        ("Ｗｉｄｅ letters?", "Wide letters?"),
    ],
)
def test_two_copies_of_a_prompt_are_equal(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What does `==` do?", "What does `is` do?"),
        ("What does `==` do?", "What does `!=` do?"),
        ("What does `*args` do?", "What does `args` do?"),
    ],
)
def test_signs_that_are_asked_about_tell_prompts_apart(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


def test_what_is_in_the_bank_or_earlier_in_the_file_is_left_out(
    person: Principal, clock: FakeClock
) -> None:
    imported(person, as_file(whole()), clock)
    first = questions_of(person.id)["what-is-it"]
    file = as_file(
        bare("again", "what is it"), bare("new", "What is new?"), bare("newer", "What is `new`?")
    )
    screen = imported(person, file, clock)
    again, new, newer = screen.items
    assert [one.outcome for one in screen.items] == ["duplicate", "draft", "duplicate"]
    assert (again.question_id, newer.question_id) == (first.id, new.question_id)
    assert (
        again.notices[0].message
        == "It is the same as a question in the bank: it is not made again."
    )
    assert (
        newer.notices[0].message
        == "It is the same as question 2 of this file: it is not made again."
    )
    assert list(questions_of(person.id)) == ["what-is-it", "new"]


def test_copies_are_made_when_they_are_wanted_under_names_of_their_own(
    person: Principal, clock: FakeClock
) -> None:
    imported(person, as_file(whole()), clock)
    import_id = send(person, as_file(whole(), whole("other")))
    work(clock)
    assert shown(person, import_id).counts["duplicate"] == 2
    accepting.accept(person, import_id, clock(), copies=True)
    work(clock)
    screen = shown(person, import_id)
    assert screen.counts["ready"] == 2
    assert list(questions_of(person.id)) == ["what-is-it", "what-is-it-2", "other"]
    assert {one.status for one in questions_of(person.id).values()} == {"ready"}


def test_what_only_others_may_see_is_no_duplicate_and_is_never_overwritten(
    person: Principal, clock: FakeClock
) -> None:
    olga = an_author("Olga")
    imported(olga, as_file(whole()), clock)
    screen = imported(person, as_file(whole(references=["It is one thing. Mine."])), clock)
    assert screen.counts["duplicate"] == 0
    assert list(questions_of(person.id)) == ["what-is-it-2"]
    theirs = questions_of(olga.id)["what-is-it"]
    assert theirs.owner_id == olga.id


def test_a_question_that_appeared_since_it_was_shown_is_left_out(
    person: Principal, clock: FakeClock
) -> None:
    first, second = send(person, as_file(whole())), send(person, as_file(whole("other")))
    work(clock)
    for import_id in (first, second):
        assert shown(person, import_id).made == 1
        accepting.accept(person, import_id, clock(), copies=False)
    work(clock)
    assert len(questions_of(person.id)) == 1
    late = shown(person, second)
    assert (late.state, late.made, late.counts["duplicate"]) == ("done", 0, 1)


def test_what_is_nearly_the_same_is_told_and_imported(person: Principal, clock: FakeClock) -> None:
    asked = "How does the scheduler of PostgreSQL vacuum its tables in the night?"
    imported(person, as_file(bare("one", asked)), clock)
    file = as_file(bare("two", asked.replace("How does", "How exactly does")))
    screen = imported(person, file, clock)
    assert screen.made == 1
    told = [one.message for one in screen.items[0].notices]
    assert f"The bank has nearly the same question: “{asked}”" in told


def test_names_that_are_taken_get_a_number_and_then_chance(
    person: Principal, clock: FakeClock
) -> None:
    prompts = [f"What is number {n}?" for n in range(8)]
    for n, prompt in enumerate(prompts):
        imported(person, as_file(bare("it", prompt)), clock)
        assert len(questions_of(person.id)) == n + 1
    names = list(questions_of(person.id))
    assert names[:5] == ["it", "it-2", "it-3", "it-4", "it-5"]
    assert all(name.startswith("it-") and len(name) == len("it-12345678") for name in names[5:])
    db.session.rollback()
    assert slugs.unused(db.session(), ["new", "new", "it"])[:2] == ["new", "new-2"]


def test_what_others_have_shared_counts(person: Principal, clock: FakeClock) -> None:
    olga = an_author("Olga")
    imported(olga, as_file(whole()), clock)
    with write() as session:
        session.execute(sa.update(Question).values(audience="authors"))
    assert imported_counts(person, clock)["duplicate"] == 1


def imported_counts(person: Principal, clock: FakeClock) -> dict[str, int]:
    import_id = send(person, as_file(whole()))
    work(clock)
    return dict(shown(person, import_id).counts)


def test_of_other_peoples_questions_what_is_asked_counts_and_not_what_they_have_saved_since(
    person: Principal, clock: FakeClock
) -> None:
    otto = an_author("Otto")
    shared = a_question(otto, audience="authors", prompt="What is asked?")
    state = reading.edited(otto, shared)
    newer = {**state.content, "prompt": "What is thought of?"}
    saving.save(otto, shared, state.standing.revision, newer, START)
    file = as_file(bare("one", "What is asked?"), bare("other", "What is thought of?"))
    import_id = send(person, file)
    work(clock)
    assert [one.outcome for one in shown(person, import_id).items] == ["duplicate", "draft"]
