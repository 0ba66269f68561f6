"""What holds of any article: nothing breaks the reading of it, and no answer is lost."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.formats.article import reader as article
from interview.formats.imported import Unreadable
from tests.support.articles import answer, prompts

NAMES = ["bank.md", "bank.txt", "bank.html"]
PIECES = [
    "What is x?", "Q: ", "A: ", "# ", "## What?", "```", "~~~ py", "**", "1. ", "- ", "<details>",
    "</details>", "<summary>", "</summary>", "<b>", "<table><tr><td>", "</table>", "<pre>", "<ul>",
    "<li>", "</ul>", "<h2>", "</h2>", "<nav>", "<script>", "<!--", "&#0;", "\n", "\n\n", "\t", "  ",
    "|", "a", ".", ":", "the file is", "python run", "\u00a0", "\ufffd", "\x00", "\ud800", "---",
    "===", "Register Login", "Part 1", "{ %", "import x", "Explain y", "•", "[a](#a)", "\u2028",
]  # fmt: skip
LONG = [
    "a", "#", "`", "=", "*", "_", "<", " ", "\n", "Q: ", "Q:\n", "```a\n", "<details>", "<summary>",
    "<ul>", "<!--", "<a ", "What is x?\n\n", "**a ", "[a](", "The file is. ", "1. What is x?\n",
]  # fmt: skip
SMALL = "abcdefghijklmnoprstuvwxyz"
WORD = st.text(SMALL, min_size=2, max_size=8)
SENTENCE = st.lists(WORD, min_size=3, max_size=9).map(lambda words: f"Yes, {' '.join(words)} ok.")
PARAGRAPHS = st.lists(SENTENCE, min_size=1, max_size=3).map("\n\n".join)
LAYOUTS = {
    "pairs": "Q: What is {0}?\nA: {1}\n\n",
    "headings": "## What is {0}?\n\n{1}\n\n",
    "bold": "**What is {0}?**\n\n{1}\n\n",
    "numbers": "{2}. What is {0}?\n\n{1}\n\n",
    "folds": "<details><summary>What is {0}?</summary>\n\n{1}\n\n</details>\n",
    "bare": "What is the {0}?\n\n{1}\n\n",
}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40), st.sampled_from(NAMES))
def test_no_text_breaks_the_reading_and_lines_are_within_the_file(
    pieces: list[str], name: str
) -> None:
    text = "".join(pieces)
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    try:
        reading = article.read(text, name)
    except Unreadable:
        return
    notices = [*reading.notices, *(one for found in reading.questions for one in found.notices)]
    lines = [found.line for found in reading.questions] + [one.line for one in notices]
    lines += [line for found in reading.questions for line in found.lines.values()]
    assert all(1 <= line <= last for line in lines)
    assert all(found.fields["prompt"].strip() for found in reading.questions)
    assert all(text.strip() for found in reading.questions for text in found.fields["references"])


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=15, deadline=None)
@given(
    pairs=st.lists(st.tuples(WORD, PARAGRAPHS), min_size=1, max_size=6, unique_by=lambda p: p[0])
)
def test_no_text_of_an_answer_is_lost(layout: str, pairs: list[tuple[str, str]]) -> None:
    file = "".join(
        LAYOUTS[layout].format(word, text, number)
        for number, (word, text) in enumerate(pairs, start=1)
    )
    reading = article.read(file, "bank.txt" if layout == "bare" else "bank.md")
    assert [prompt.split()[-1][:-1] for prompt in prompts(reading)] == [word for word, _ in pairs]
    assert [answer(found) for found in reading.questions] == [text for _, text in pairs]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("piece", LONG)
def test_long_repetitions_are_read_once(name: str, piece: str) -> None:
    # Time is not measured here: what grows with the square of a file takes minutes for this one.
    size = 1_000_000 if piece in ("a", "#", "Q: ") else 100_000
    with suppress(Unreadable):
        article.read("What is this?\n\nIt is. " + piece * (size // len(piece)), name)
