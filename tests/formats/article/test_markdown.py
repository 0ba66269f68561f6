"""Articles in Markdown: questions as headings, numbers, bold lines, pairs and folds."""

import pytest

from interview.formats.imported import Unreadable
from tests.support.articles import answer, answers, messages, prompts, read


def test_headings_are_questions_and_deeper_ones_belong_to_the_answer() -> None:
    reading = read(
        """
        # Caching

        ## What is a cache?

        A store of results that are dear to compute.

        ### An example

        A page that is kept for a minute.

        ## How is a cache emptied?

        By time, by size or by hand.
        """
    )
    assert reading.title == "Caching"
    assert prompts(reading) == ["What is a cache?", "How is a cache emptied?"]
    assert answer(reading.questions[0]).endswith(
        "### An example\n\nA page that is kept for a minute."
    )
    assert messages(reading) == []


def test_a_table_of_contents_asks_nothing() -> None:
    reading = read(
        """
        # Sorting

        ## Table of contents

        1. [What is sorting?](#what-is-sorting)
        2. [Why sort?](#why-sort)

        | No. | Question |
        | --- | --- |
        | 1 | [What is sorting?](#what-is-sorting) |

        ## What is sorting?

        Bringing things into an order.

        **[⬆ Back to top](#table-of-contents)**

        ## Why sort?

        To find things sooner.

        **[⬆ Back to top](#table-of-contents)**
        """
    )
    assert prompts(reading) == ["What is sorting?", "Why sort?"]
    assert answers(reading) == ["Bringing things into an order.", "To find things sooner."]


def test_sections_become_tags_and_what_asks_nothing_is_left_out_with_a_warning() -> None:
    reading = read(
        """
        # Networks

        Read this first.

        ## Basics

        ### What is a port?

        A number of a service.

        ## Routing

        Some words about routing.

        ### What is a route?

        A way to a network.

        ## Conclusion

        That was all.
        """
    )
    assert [found.fields["tags"] for found in reading.questions] == [["Basics"], ["Routing"]]
    assert answers(reading) == ["A number of a service.", "A way to a network."]
    assert [(one.line, one.message) for one in reading.notices] == [
        (3, "This line stands before the first question and was left out."),
        (5, "“Basics” is no question: it became a tag of those below."),
        (11, "“Routing” is no question: it became a tag of those below."),
        (13, "This line stands below “Routing” without a question and was left out."),
        (19, "“Conclusion” is no question: it and the text below it were left out."),
    ]


def test_numbered_headings_are_questions_even_where_their_words_are_none() -> None:
    reading = read(
        """
        ## 1. What is a view?
        A function that answers a request.
        ## 2. Middleware
        Hooks around every view.
        ## 3. Explain the settings
        They are read once.
        """
    )
    assert prompts(reading) == ["What is a view?", "Middleware", "Explain the settings"]


def test_numbered_lists_hold_questions_with_their_paragraphs() -> None:
    reading = read(
        """
        1. What is a process?

           A running program:

           1. with memory
           2. with threads

           ```sh
           ps aux
           ```

        2. What is the difference between a thread
           and a process?

           A thread shares memory.
        3) Why use threads?
        They are cheap.
        """
    )
    assert prompts(reading) == [
        "What is a process?",
        "What is the difference between a thread and a process?",
        "Why use threads?",
    ]
    assert answer(reading.questions[0]) == (
        "A running program:\n\n1. with memory\n2. with threads\n\n```sh\nps aux\n```"
    )
    assert answers(reading)[1:] == ["A thread shares memory.", "They are cheap."]


def test_headings_within_a_numbered_list_are_questions() -> None:
    reading = read(
        """
        1. ### What is a hook?

            A place to add to.

            ```js
            use(hook)
            ```

           **[⬆ Back to Top](#table-of-contents)**

        2. ### When is it called?

            Before every write.
        """
    )
    assert prompts(reading) == ["What is a hook?", "When is it called?"]
    assert answer(reading.questions[0]) == "A place to add to.\n\n```js\nuse(hook)\n```"


def test_bold_lines_are_questions_and_bold_words_are_not() -> None:
    reading = read(
        """
        ## Databases

        **1. What is an index?**

        **Note:** it costs memory.

        **Example:**

        A phone book.

        **2. What is the difference between a view
        and a table?**
        A view holds *no* rows.
        """
    )
    assert reading.title == "Databases"
    assert prompts(reading) == [
        "What is an index?",
        "What is the difference between a view and a table?",
    ]
    assert answers(reading) == [
        "**Note:** it costs memory.\n\n**Example:**\n\nA phone book.",
        "A view holds *no* rows.",
    ]


def test_code_and_tables_of_answers_are_left_as_they_are() -> None:
    code = "```python\n# What is this?\n\n\nprint('Q: what?')   # twice\n```"
    table = "| a | b |\n|---|:-:|\n| What is it? | `x` |"
    reading = read(f"## What is shown?\n\n{code}\n\n{table}\n\n    indented   code\n")
    assert answers(reading) == [f"{code}\n\n{table}\n\n    indented   code"]


def test_front_matter_gives_the_title_and_lines_are_counted_from_the_top() -> None:
    reading = read(
        '---\ntitle: "Types"\ntags: [a]\n---\n\nWhat is a type?\n===\n\nA set of values.\n'
    )
    assert reading.title == "Types"
    assert reading.questions[0].line == 6
    assert answers(reading) == ["A set of values."]


def test_code_that_is_never_closed_ends_with_its_answer() -> None:
    reading = read("## What is one?\n\n```python\nx = 1\n\n## What is two?\n\nMore.\n")
    assert answers(reading) == ["```python\nx = 1\n```", "More."]
    assert messages(reading) == ["The code that begins here is never closed."]


def test_decorated_headings_lose_their_decoration() -> None:
    reading = read("## **What is a [link](https://example.org/a)?** 🔗 ##\n\nA way.\n")
    assert prompts(reading) == ["What is a link?"]


def test_titles_that_ask_are_no_questions_where_questions_stand_below() -> None:
    reading = read("# What is new?\n\n## What is a?\n\nA.\n\n## What is b?\n\nB.\n")
    assert (reading.title, prompts(reading)) == ("What is new?", ["What is a?", "What is b?"])


def test_an_article_without_questions_is_refused_with_what_would_be_one() -> None:
    with pytest.raises(Unreadable, match="Questions can be headings"):
        read("# Notes\n\n## Monday\n\nIt rained.\n")
