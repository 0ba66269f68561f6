import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.services.accounts.details import (
    _NOT_IN_NAMES,
    EMAIL_MOST,
    NAME_MOST,
    PASSWORD_LEAST,
    PASSWORD_MOST,
    DetailError,
    check_password,
    check_role,
    check_zone,
    clean_name,
    normalise_email,
    time_zones,
)


@given(st.emails())
def test_an_address_has_one_form_however_it_is_typed(address: str) -> None:
    try:
        one = normalise_email(address)
    except DetailError:
        return
    assert one == one.lower()
    assert one.isascii()
    assert normalise_email(one) == one
    assert normalise_email(f"  {address}\n") == one
    local, _, domain = address.rpartition("@")
    assert normalise_email(f"{local.upper()}@{domain}") == one


@given(st.text())
def test_any_text_is_an_address_or_is_refused_with_a_reason(text: str) -> None:
    try:
        said = normalise_email(text)
    except DetailError as error:
        said = str(error)
    assert said


@pytest.mark.parametrize(
    "text",
    ["", "ada", "ada@", "@example.org", "ada@@example.org", "a b@example.org", "ada@localhost",
     "ada@example.org\x00", "ada@example.org\nBcc: eve@example.org"],
)  # fmt: skip
def test_what_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(DetailError):
        normalise_email(text)


def test_an_address_may_have_as_many_characters_as_mail_allows() -> None:
    labels = ".".join("d" * 60 for _ in range(3))
    longest = f"{'a' * 64}@{labels}.{'e' * (EMAIL_MOST - 65 - len(labels) - 5)}.org"
    assert len(longest) == EMAIL_MOST
    assert normalise_email(longest) == longest
    with pytest.raises(DetailError):
        normalise_email(longest.replace(".org", "x.org"))


def test_a_domain_in_another_script_is_found_by_its_encoded_form() -> None:
    assert normalise_email("ada@BÜCHER.example") == "ada@xn--bcher-kva.example"


@given(st.text())
def test_a_name_is_one_line_of_storable_characters_or_is_refused(text: str) -> None:
    try:
        name = clean_name(text)
    except DetailError:
        assert not text.strip() or len(text) > NAME_MOST or _NOT_IN_NAMES.search(text)
        return
    assert 1 <= len(name) <= NAME_MOST
    assert name == clean_name(name)
    assert not set(name) & {"\x00", "\n", "\r", "\u202e", "\u2066"}
    name.encode("utf-8")


def test_names_keep_the_letters_of_every_language() -> None:
    assert clean_name("  Ада \t Лавлейс ") == "Ада Лавлейс"
    assert clean_name("עדה 👩🏽‍💻") == "עדה 👩🏽‍💻"


@pytest.mark.parametrize("length", [PASSWORD_LEAST, PASSWORD_MOST])
def test_passwords_of_the_stated_lengths_are_taken(length: int) -> None:
    assert check_password("x" * length) == "x" * length


@pytest.mark.parametrize("length", [0, PASSWORD_LEAST - 1, PASSWORD_MOST + 1])
def test_passwords_beyond_the_stated_lengths_are_refused(length: int) -> None:
    with pytest.raises(DetailError, match=r"10|1,000"):
        check_password("x" * length)


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "America/Argentina/Buenos_Aires"])
def test_named_zones_can_be_chosen(zone: str) -> None:
    assert check_zone(zone) == zone
    assert zone in time_zones()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "posixrules", "utc"])
def test_other_zones_are_refused(zone: str) -> None:
    with pytest.raises(DetailError, match="list"):
        check_zone(zone)


def test_there_are_three_roles_and_no_more() -> None:
    assert [check_role(name) for name in ("learner", "instructor", "admin")]
    with pytest.raises(DetailError, match="learner, instructor, admin"):
        check_role("root")
