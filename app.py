"""Local run: `flask …` commands and `python -m interview.web.serve` find the app here."""

import os
import sys

from dotenv import load_dotenv

from interview.services.database import attach_migrations
from interview.web.app import create_app
from interview.web.config import ROOT, Settings, SettingsError

load_dotenv()

try:
    app = create_app(Settings.from_env(os.environ, production=False))
    attach_migrations(app, ROOT / "migrations")
except SettingsError as error:
    sys.exit(f"Mock Interview cannot start: {error}")
