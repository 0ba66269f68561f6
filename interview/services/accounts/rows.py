"""A user's row as the principal that it stands for."""

from typing import Any

from interview.store.users import User

AS_PRINCIPAL: tuple[Any, ...] = (
    User.id,
    User.display_name,
    User.role,
    User.time_zone,
    User.auth_epoch,
    User.is_guest,
)
"""What a statement that makes or changes a user returns: the fields of `Principal`, in order."""
