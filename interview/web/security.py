"""What every answer carries and every write must show: headers, CSRF tokens, limits."""

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

from interview.web.assets import content_security_policy
from interview.web.config import Settings

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)


def install(app: Flask, settings: Settings) -> None:
    """Attach CSRF protection, rate limits and security headers to the app."""
    csrf.init_app(app)
    limiter.init_app(app)
    policy = content_security_policy(settings.assets)

    @app.after_request
    def add_headers(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = policy
        headers["X-Content-Type-Options"] = "nosniff"
        # no-referrer would make browsers send no Referer at all, which CSRF needs on HTTPS.
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if settings.secure_cookies:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if request.endpoint != "static":
            # Pages hold one person's work: neither a shared cache nor a later user of the
            # same browser may find them.
            headers.setdefault("Cache-Control", "no-store")
        return response
