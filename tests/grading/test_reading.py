import pytest

from interview.grading.reading import read


def denied(text: str) -> list[str]:
    reading = read(text)
    return [t for t, sign in zip(reading.terms, reading.polarity, strict=True) if sign < 0]


@pytest.mark.parametrize(
    ("text", "denied_terms", "said_terms"),
    [
        ("Caches do not store files, but they store rows", {"file"}, {"row"}),
        ("It does not use cookies. It uses headers", {"cooki"}, {"header"}),
        ("It works without a server and needs a browser", {"server"}, {"browser"}),
        ("No table is created for it", {"tabl", "creat"}, set()),
        ("A table is not created; a view is", {"tabl", "creat"}, {"view"}),
        ("It is a myth that routers store mail", {"router", "mail"}, set()),
        ("Not for shops, portals or networks. Use it", {"shop", "portal", "network"}, {"use"}),
        ("It does not offer three kinds: abstract, proxy", {"kind", "abstract", "proxi"}, set()),
        ("It does not load rows, it waits or sleeps", {"row"}, {"wait", "sleep"}),
        ("Some call it a database. It is neither", {"databas"}, set()),
        ("It is not true that routers store mail", {"router", "mail"}, set()),
        ("Routers store mail. That is wrong. Servers do", {"router", "mail"}, {"server"}),
        ("It is not only fast but safe", set(), {"fast", "safe"}),
        ("It can’t read cookies", {"read", "cooki"}, set()),
        ("Images that do not change are sent as they are", {"chang"}, {"imag"}),
    ],
)
def test_negation_reaches_its_clause_and_no_further(
    text: str, denied_terms: set[str], said_terms: set[str]
) -> None:
    found = set(denied(text))
    assert denied_terms <= found
    assert not said_terms & found


@pytest.mark.parametrize("word", ["until", "unless"])
def test_what_is_not_done_until_something_is_left_open(word: str) -> None:
    reading = read(f"The mail isn't sent {word} it is signed")
    signs = dict(zip(reading.terms, reading.polarity, strict=True))
    assert (signs["mail"], signs["send"], signs["sign"]) == (0, 0, 1)


def test_what_others_are_said_to_believe_is_left_open() -> None:
    reading = read("Many people think that routers store mail")
    assert dict(zip(reading.terms, reading.polarity, strict=True))["router"] == 0


def test_verbs_that_deny_by_meaning_leave_open_what_follows() -> None:
    reading = read("The token stops other sites from forging requests")
    signs = dict(zip(reading.terms, reading.polarity, strict=True))
    assert signs["token"] == 1
    assert signs["forg"] == 0


@pytest.mark.parametrize("gap", ["  ", "\t", "\r\n", "\u00a0", " \n "])
def test_kinds_of_space_make_no_difference(gap: str) -> None:
    text = "The cache stores rows, not files, and it is never shared."
    one, other = read(text), read(text.replace(" ", gap))
    assert (one.terms, one.clauses, one.polarity) == (other.terms, other.clauses, other.polarity)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("- one thing\n- another thing", [0, 0, 1, 1]),
        ("one thing\n\nanother thing", [0, 0, 1, 1]),
        ("1) one thing\n2) another thing", [0, 0, 0, 1, 1, 1]),
        ("GET reads data\nPOST writes data", [0, 0, 0, 1, 1, 1]),
        ("A wrapped line may\nbegin anywhere", [0, 0, 0, 0, 0, 0]),
        ("Pages are served by the\nDjango server", [0] * 7),
        ("A line. It goes on\nPOST and stops", [0, 0, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_only_breaks_between_items_end_a_sentence(text: str, sentences: list[int]) -> None:
    assert read(text).sentences == sentences
