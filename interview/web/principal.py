"""Log-ins: who is asking, and what a log-in cookie holds."""

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user

from interview.services.principals import Principal, load_principal

login = LoginManager()
# Phones change networks: "strong" would log them out in the middle of an answer.
login.session_protection = "basic"


class LogIn(UserMixin):  # type: ignore[misc]  # flask-login ships no types
    """A principal as Flask-Login wants to see one."""

    def __init__(self, principal: Principal) -> None:
        self.principal = principal

    def get_id(self) -> str:
        """The user and the epoch of the log-in, so that a raised epoch ends it."""
        return f"{self.principal.id}.{self.principal.epoch}"


@login.user_loader  # type: ignore[untyped-decorator]  # flask-login ships no types
def load(identity: str) -> LogIn | None:
    """Read the log-in that a cookie names."""
    user_id, _, epoch = identity.partition(".")
    if not (user_id.isdecimal() and epoch.isdecimal()):
        return None
    principal = load_principal(int(user_id), int(epoch))
    return LogIn(principal) if principal else None


def install_login(app: Flask) -> None:
    """Attach log-ins to the app."""
    login.init_app(app)


def viewer() -> Principal | None:
    """Who is asking; None for a visitor."""
    principal: Principal | None = getattr(current_user, "principal", None)
    return principal


def me() -> Principal:
    """Who is asking, on routes that are open to logged-in people alone."""
    principal = viewer()
    if principal is None:
        raise RuntimeError("the route is not guarded")
    return principal
