"""Production entry: `gunicorn wsgi:app` or `waitress-serve wsgi:app`."""

import os
import sys

from interview.web.app import create_app
from interview.web.config import Settings, SettingsError

try:
    app = create_app(Settings.from_env(os.environ, production=True))
except SettingsError as error:
    sys.exit(f"Mock Interview cannot start: {error}")
