import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters

from interview.services import passwords
from interview.services.passwords import hash_password, is_right


def test_a_password_is_right_for_its_own_hash_alone() -> None:
    kept = hash_password("correct horse battery")
    assert is_right(kept, "correct horse battery")
    assert not is_right(kept, "correct horse batterz")
    assert not is_right(kept, "")


def test_equal_passwords_have_different_hashes() -> None:
    assert hash_password("correct horse") != hash_password("correct horse")


def test_hashes_are_made_with_the_recommended_parameters() -> None:
    made = extract_parameters(hash_password("correct horse"))
    assert (made.type.name, made.time_cost, made.memory_cost, made.parallelism) == (
        "ID", 2, 19 * 1024, 1,
    )  # fmt: skip


def test_where_there_is_no_account_the_same_work_is_done_and_nothing_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []
    verify = PasswordHasher.verify

    def note(self: PasswordHasher, kept: str, password: bytes) -> bool:
        checked.append(kept)
        return bool(verify(self, kept, password))

    monkeypatch.setattr(PasswordHasher, "verify", note)
    kept = hash_password("correct horse")
    assert is_right(kept, "correct horse")
    assert not is_right(None, "correct horse")
    real, nobodys = (extract_parameters(one) for one in checked)
    assert real == nobodys


def test_nothing_is_right_where_there_is_no_account_even_if_the_hash_matched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "_NOBODYS_HASH", hash_password("guessed"))
    assert not is_right(None, "guessed")


def test_accents_typed_on_another_keyboard_are_the_same_password() -> None:
    composed = unicodedata.normalize("NFC", "crème brûlée")
    assert is_right(hash_password(composed), unicodedata.normalize("NFD", composed))
