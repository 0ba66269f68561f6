"""Lists, code and tables of plain text, which become those of Markdown."""

import pytest

from interview.formats.imported import Found
from tests.support.articles import answer, read


def only(text: str) -> Found:
    (found,) = read(text, "bank.txt").questions
    return found


def test_bullets_of_all_kinds_become_lists() -> None:
    found = only(
        """
        What is in a header?

        It has:
          • a name
            that may be long
            ◦ in any case
          – a value
          * an end
        """
    )
    assert answer(found) == (
        "It has:\n- a name\n  that may be long\n  - in any case\n- a value\n- an end"
    )


def test_code_is_found_and_gets_plain_signs() -> None:
    found = only(
        """
        How is a package installed?

        Run the following command:

        pip install –upgrade requests

        Then use it:

        import requests

        reply = requests.get(“https://example.org”)

        That’s all – it works.
        """
    )
    assert answer(found) == (
        "Run the following command:\n\n```\npip install --upgrade requests\n```\n\n"
        "Then use it:\n\n"
        '```python\nimport requests\n\nreply = requests.get("https://example.org")\n```\n\n'
        "That’s all – it works."
    )


def test_code_right_below_its_announcement_is_parted_from_it() -> None:
    found = only("How is it run?\n\nType the following:\ncd /srv\nmake install\n")
    assert answer(found) == "Type the following:\n\n```\ncd /srv\nmake install\n```"


def test_sentences_about_code_are_no_code() -> None:
    text = "What is an import?\n\nimport duties are taxes.\n\nfor example, a tax on tea.\n"
    assert "```" not in answer(only(text))


@pytest.mark.parametrize("sign", ["\t", " | "])
def test_tables_with_borders_become_tables(sign: str) -> None:
    rows = [["Name", "Size"], ["int", "4"], ["long", "8"]]
    table = "\n".join(sign.join(row) for row in rows)
    assert answer(only(f"What are the sizes?\n\n{table}\n")) == (
        "| Name | Size |\n| --- | --- |\n| int | 4 |\n| long | 8 |"
    )


def test_a_comparison_without_borders_is_parted_where_that_is_certain() -> None:
    found = only(
        """
        What is the difference between a list and a tuple?

        List Tuple
        It can be changed at any time It can never be changed
        Slower to make. Needs more memory. Grows. Quick to make
        """
    )
    assert answer(found).split("\n") == [
        "| List | Tuple |",
        "| --- | --- |",
        "| It can be changed at any time | It can never be changed |",
        "| Slower to make. Needs more memory. Grows. Quick to make |  |",
    ]
    assert [one.line for one in found.notices] == [3, 5]


def test_signs_of_markdown_in_plain_text_are_shown_as_they_are() -> None:
    found = only("What is __init__ for?\n\n#1 reason: <b> is not **kwargs.\n\n> or so\n")
    assert found.fields["prompt"] == "What is `__init__` for?"
    assert answer(found) == "\\#1 reason: `<b>` is not `**kwargs`.\n\n\\> or so"
