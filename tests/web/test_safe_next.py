from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.web.safe_next import safe_path

SITE = "https://practice.example.org"
PIECES = st.sampled_from(
    ["/", "//", "\\", "evil.example", "https:", "javascript:", "@", ":", "?", "#", "%2f", "%5c",
     "..", ".", "\t", "\n", "\r", " ", "\x00", "\x85", "\u2028", "a", "[", "]", ";", "\\\\"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda p: "/" + "".join(p))
    )
)
def test_whatever_is_asked_for_the_answer_stays_on_this_site(text: str) -> None:
    path = safe_path(text)
    for as_a_browser_reads_it in (path, path.replace("\\", "/"), path.strip()):
        there = urlsplit(urljoin(f"{SITE}/log-in", as_a_browser_reads_it))
        assert f"{there.scheme}://{there.netloc}" == SITE
    assert path.isprintable() or not any(ord(c) < 33 or 126 < ord(c) < 160 for c in path)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-_./", min_size=1), st.text("abc=&1%"))
def test_a_path_of_this_site_is_kept_with_its_query(path: str, query: str) -> None:
    wanted = f"/{path.lstrip('/')}?{query}"
    assert safe_path(wanted) == wanted


@pytest.mark.parametrize(
    "text",
    [None, "", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
     "https://evil.example/", "javascript:alert(1)", "evil.example", "/a\nSet-Cookie: b=c",
     "/\t/evil.example", " //evil.example", "//[", "/" + "a" * 2_000],
)  # fmt: skip
def test_what_might_lead_away_leads_home(text: str | None) -> None:
    assert safe_path(text) == "/"
    assert safe_path(text, "/elsewhere") == "/elsewhere"
