"""What a question still lacks before it can be asked."""

from collections.abc import Iterator

from interview.services.authoring.content import has_word
from interview.services.authoring.records import RUBRIC_LIMIT, Content, Problem, Unfit
from interview.services.principals import Principal
from interview.store.types import AnyRow as Row

ADMINISTRATORS_ALONE = "Only an administrator can have everyone who practises asked a question."


def check_audience(person: Principal, question: Row | None, content: Content) -> None:
    """Refuse what an author may not decide alone.

    Raises
    ------
    Unfit
        When everyone would be asked a question that no administrator has let them be asked.
    """
    already = question is not None and question.audience == "everyone"
    if content["audience"] == "everyone" and not (person.is_admin or already):
        raise Unfit([Problem("audience", ADMINISTRATORS_ALONE)])


def lacking(content: Content) -> Iterator[Problem]:
    """Find what has to be filled in before a question can be asked."""
    if not has_word(content["prompt"]):
        yield Problem("prompt", "Write the question.")
    if not has_word(content["topic"]):
        yield Problem("topic", "Name its topic: that is how it is found.")
    if not content["references"]:
        yield Problem("references", "Write at least one complete answer.")
    for at, text in enumerate(content["references"]):
        if not has_word(text):
            yield Problem(f"reference-{at}", "Write an answer in words, or remove this one.")
    yield from _lacking_of_rubric(content)
    yield from _lacking_beside(content)
    if (size := graded_size(content)) > RUBRIC_LIMIT:
        yield Problem("references", too_long(size))


def _lacking_of_rubric(content: Content) -> Iterator[Problem]:
    for at, point in enumerate(content["key_points"]):
        if not has_word(point["text"]):
            yield Problem(f"point-{at}-text", "Say the point in one sentence, or remove it.")
    for at, idea in enumerate(content["misconceptions"]):
        if not has_word(idea["text"]):
            yield Problem(f"idea-{at}-text", "Say what is mistaken, or remove it.")
        if not has_word(idea["feedback"]):
            yield Problem(f"idea-{at}-feedback", "Put it right for whoever believes it.")


def _lacking_beside(content: Content) -> Iterator[Problem]:
    for at, sample in enumerate(content["samples"]):
        if not has_word(sample["text"]):
            yield Problem(f"sample-{at}-text", "Write the answer in words, or remove it.")
    for at, source in enumerate(content["sources"]):
        for name, wanted in (("title", "Name the source."), ("url", "Enter its address.")):
            if not has_word(source[name]):
                yield Problem(f"source-{at}-{name}", wanted)
    for name, text in (content["valid_for"] or {}).items():
        if not has_word(text):
            yield Problem(name, "Fill in all three of these, or none of them.")


def graded_size(content: Content) -> int:
    """Characters of everything that answers are compared with."""
    items = (*content["key_points"], *content["misconceptions"])
    texts = [text for one in items for text in (one["text"], *one["phrasings"])]
    return sum(map(len, (content["prompt"], *content["references"], *texts)))


def too_long(size: int) -> str:
    """Say that a question has too much to be graded by."""
    return (
        f"References, key points and misconceptions have {size:,} characters together. At most "
        f"{RUBRIC_LIMIT:,} can be graded by."
    )
