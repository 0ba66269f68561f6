"""Passwords: kept as Argon2id hashes, and checked in the same time where there is none."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

# The least memory and passes that OWASP's Password Storage Cheat Sheet recommends for
# Argon2id with one lane: about 35 ms a try on one core.
PASSES = 2
MEMORY_KIB = 19 * 1024
LANES = 1

_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)

# A well-formed hash of salt and digest bytes that are all zero. Nobody knows a password for
# it, and checking against it costs as much as checking against a real one.
_NOBODYS_HASH = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${'A' * 22}${'A' * 43}"


def hash_password(password: str) -> str:
    """Make the hash under which a password is kept.

    Parameters
    ----------
    password : str
        Its length was checked before: hashing takes time in proportion.

    Returns
    -------
    str
        Algorithm, parameters, salt and digest in one line.
    """
    return _HASHER.hash(_bytes(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept.

    Parameters
    ----------
    kept : str or None
        The hash; None where there is no account, which takes as long and is never right.
    password : str
        What was typed.
    """
    try:
        _HASHER.verify(kept or _NOBODYS_HASH, _bytes(password))
    except VerificationError:
        return False
    return kept is not None


def _bytes(password: str) -> bytes:
    # Keyboards compose accented letters differently; NIST SP 800-63B names this form.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
