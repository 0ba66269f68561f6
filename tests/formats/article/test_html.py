"""Articles in HTML: read as Markdown, whatever state the page is in."""

import pytest

from interview.formats.article.html import is_html, to_markdown
from interview.formats.imported import Reading
from tests.support.articles import answer, answers, messages, prompts
from tests.support.articles import read as read_article


def read(text: str) -> Reading:
    return read_article(text, "page.html")


def test_a_page_is_read_without_what_surrounds_its_article() -> None:
    reading = read(
        """
        <!DOCTYPE html>
        <html><head><title>Threads | A site</title>
        <style>h2 { color: red }</style><script>var q = "<h2>What is this?</h2>";</script>
        </head><body>
        <header><a href="/">Home</a> <h2>What is our site?</h2></header>
        <nav><ul><li>What is in the menu?</li></ul></nav>
        <!-- <h2>What is hidden?</h2> -->
        <main>
        <h1>Threads &amp; locks</h1>
        <h2 id="q1">What is a thread?</h2>
        <p>A line of <b>work</b> in <a href="/p">a process</a>&nbsp;&ndash; it&rsquo;s small.</p>
        <form action="/mail"><input name="mail"> What is your address?</form>
        <h2 id="q2">What is a lock?</h2>
        <p>A right<br>to be alone.</p>
        </main>
        <aside><h3>Related</h3></aside>
        <footer><p>What is next?</p></footer>
        </body></html>
        """
    )
    assert reading.title == "Threads & locks"
    assert prompts(reading) == ["What is a thread?", "What is a lock?"]
    assert [found.line for found in reading.questions] == [10, 13]
    assert answers(reading) == [
        "A line of **work** in a process – it’s small.",
        "A right\nto be alone.",
    ]
    assert messages(reading) == []


def test_terms_and_their_descriptions_are_questions_and_answers() -> None:
    reading = read(
        "<dl><dt>What is a bit?<dd>A yes or a no.<dt><b>What is a byte?</b><dd><p>Eight bits.</dl>"
    )
    assert prompts(reading) == ["What is a bit?", "What is a byte?"]
    assert answers(reading) == ["A yes or a no.", "Eight bits."]


@pytest.mark.parametrize(
    "page",
    [
        "<details><summary>What is x?</summary><p>A letter.</p></details>",
        "<details><summary><h3>What is x?</h3></summary>A letter.</details>",
        "<details><summary>What is x?<p>A letter.</p></details>",
        "<div><p><strong>What is x?</strong></p><p>A letter.</p></div>",
        "<div><p><strong>1. What is x?</strong><br>A letter.</p></div>",
        "<div><p><b>Q:</b> What is x?</p><p><b>A:</b> A letter.</p></div>",
        "<body><ol><li>What is x?<p>A letter.</p></li></ol>",
        "<body><h3><button>What is x?</button></h3><div>A letter.</div>",
        "<body><label>What is x?</label><div>A letter.</div><label>Your name</label>",
        "<body><table><tr><td><h2>What is x?</h2><p>A letter.</p></td></tr></table>",
        "<body><form><h2>What is x?</h2>A letter.</form>",
        "<body><nav><h2>What is x?</h2>A letter.",
        "<body><p>What is x?</p><p>A letter.</p>",
        "<body><h2>What is x?</h3><p>A letter.</div></p></body",
    ],
)
def test_questions_are_found_however_a_page_sets_them_apart(page: str) -> None:
    reading = read(page)
    assert (prompts(reading), answers(reading)) == (["What is x?"], ["A letter."])


def test_code_keeps_its_rows_and_tells_its_language() -> None:
    page = (
        '<h2>How?</h2><pre><code class="hljs language-python">def f(x):\n'
        "    return x &lt; 1  # `why`\n\n\nf(2)\n</code></pre>"
        '<div class="highlight-sh notranslate"><pre>ls -l</pre></div><pre>1\n2\n3</pre>'
        "<p>Use <code>a_b*c</code> and <code>`</code>.</p>"
    )
    assert to_markdown(page) == (
        "## How?\n\n```python\ndef f(x):\n    return x < 1  # `why`\n\n\nf(2)\n```\n\n"
        "```sh\nls -l\n```\n\nUse `a_b*c` and `` ` ``."
    )


def test_lists_are_nested_as_they_were() -> None:
    page = (
        "<p>It has</p><ul><li>one</li><li>two<ol start=3><li>deep<li>deeper<p>and more</ol></li>"
        "<li><pre>x\ny</pre></li></ul><p>after</p>"
    )
    assert to_markdown(page) == (
        "It has\n\n- one\n- two\n\n   3. deep\n   4. deeper\n\n      and more\n\n"
        "- \n   ```\n   x\n   y\n   ```\n\nafter"
    )


def test_tables_become_tables_and_layouts_paragraphs() -> None:
    table = (
        "<table><thead><tr><th>A</th><th>B|C</th></tr></thead>"
        "<tr><td>1<br>2<td><b>3</b><tr><td>4</table>"
    )
    assert to_markdown(table) == "| A | B\\|C |\n| --- | --- |\n| 1 2 | **3** |\n| 4 |  |"
    assert to_markdown("<table><tr><td>one<tr><td>two</table>") == "one\n\ntwo"


def test_signs_of_markdown_in_a_page_mean_themselves() -> None:
    page = "<p># not *a* heading: _x_ `y` &lt;b&gt; a_b</p><p>- no item</p><p>&gt; no quote</p>"
    assert to_markdown(page) == (
        "\\# not \\*a\\* heading: \\_x\\_ \\`y\\` \\<b> a_b\n\n\\- no item\n\n\\> no quote"
    )


def test_blanks_around_bold_words_stand_outside_the_signs() -> None:
    assert to_markdown("<p>a<b> b </b>c <i></i><em><b>d</em></b></p>") == "a **b** c ***d***"


def test_quotations_and_rules_are_kept() -> None:
    assert to_markdown("<blockquote><p>a</p><p>b</p></blockquote><hr><p>c") == "> a\n\n> b\n\nc"


def test_pictures_are_told_with_what_describes_them_kept() -> None:
    reading = read('<h2>What is drawn?</h2><p>See <img src="a.png" alt="a plan"> here.<img></p>')
    assert answers(reading) == ["See a plan here."]
    assert messages(reading) == [
        "2 pictures were left out (the first stood here); what describes them is kept."
    ]


def test_an_article_may_have_a_header_of_its_own() -> None:
    reading = read(
        "<header>Menu</header><article><header><h1>Trees</h1></header>"
        "<h2>What is a tree?</h2><p>A graph.</p></article>"
    )
    assert (reading.title, answers(reading)) == ("Trees", ["A graph."])


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<!doctype html><p>a", True),
        ("\n<html><body>", True),
        ('<?xml version="1.0"?>\n<!DOCTYPE html><html>', True),
        ("<!-- saved --><html>", True),
        ("<div><p>What?</p><p>That.</p></div>", True),
        ("<details>\n<summary>What?</summary>\n\nThat.\n</details>", False),
        ("What is <b>?", False),
        ("", False),
    ],
)
def test_html_is_told_from_markdown_with_some_of_it(text: str, *, html: bool) -> None:
    assert is_html(text) is html


def test_damage_of_a_page_is_told_on_its_own_lines() -> None:
    reading = read("<h2>What is x?</h2>\n\n<p>a\nb</p>\n<pre>\n&lt;form&gt;\n\n{ % y % }\n</pre>\n")
    assert answer(reading.questions[0]).endswith("```\n<form>\n\n{ % y % }\n```")
    assert [one.line for one in reading.questions[0].notices] == [6, 8]
