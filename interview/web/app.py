"""The application factory."""

import os
from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from interview.services import database
from interview.web import cli, errors, notice_targets, pages, security
from interview.web.clock import install_clock
from interview.web.config import ROOT, Settings
from interview.web.principal import install_login
from interview.web.requests import FormRequest
from interview.web.routes import BLUEPRINTS

REQUEST_LIMIT_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the app.

    Parameters
    ----------
    settings : Settings, optional
        What the operator set; read from the environment when not given.

    Returns
    -------
    Flask
        Ready to serve, with every command of `flask` attached.

    Raises
    ------
    SettingsError
        When a setting is missing or cannot be used.
    """
    settings = settings or Settings.from_env(os.environ, production=False)
    app = Flask(
        "interview",
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
        instance_path=str(settings.instance.resolve()),
    )
    app.request_class = FormRequest
    app.extensions["settings"] = settings
    app.config.from_mapping(_flask_config(settings))
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    # The clock comes first: the arrival of a request is noted before anything else is done.
    install_clock(app)
    database.connect(app, settings.database_url)
    install_login(app)
    security.install(app, settings)
    errors.install(app)
    pages.install(app, settings)
    notice_targets.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    cli.install(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_SECURE": settings.secure_cookies,
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "MAX_CONTENT_LENGTH": REQUEST_LIMIT_BYTES,
        "MAX_FORM_MEMORY_SIZE": REQUEST_LIMIT_BYTES,
        # The default hour would refuse an answer that took longer than that to write.
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": settings.limits_storage,
        "RATELIMIT_HEADERS_ENABLED": True,
    }
