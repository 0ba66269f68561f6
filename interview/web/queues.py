"""Where the workers' tasks wait: in a file of one machine, or in a PostgreSQL that many share."""

from huey import Huey, PostgresHuey, SqliteHuey
from huey.serializer import SignedSerializer

from interview.web.config import Settings, SettingsError

NAME = "interview"


def make_queue(settings: Settings) -> Huey:
    """Open the queue that the settings name, and make its tables where there are none.

    Parameters
    ----------
    settings : Settings
        What is stored is signed with their key, because it is unpickled.

    Returns
    -------
    Huey
        Without tasks yet.

    Raises
    ------
    SettingsError
        When the database of the queue cannot be used.
    """
    serializer = SignedSerializer(secret=settings.secret_key, salt="jobs")
    if settings.jobs_url:
        return _shared(settings.jobs_url, serializer)
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = str(settings.instance / "jobs.db")
    return SqliteHuey(NAME, filename=file, serializer=serializer, results=False)


def _shared(url: str, serializer: SignedSerializer) -> Huey:
    try:
        import psycopg  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError("JOBS_URL needs the package psycopg to be installed") from error
    # The driver's own name is SQLAlchemy's; libpq does not know it.
    dsn = f"postgresql://{url.partition('://')[2]}"
    try:
        try:
            return _connected(dsn, serializer)
        except (psycopg.IntegrityError, psycopg.ProgrammingError):
            # Of two that make the tables at once, PostgreSQL lets one fail; they are there now.
            return _connected(dsn, serializer)
    except psycopg.Error as error:
        why = str(error).strip().partition("\n")[0]
        raise SettingsError(f"JOBS_URL names a database that cannot be used: {why}") from error


def _connected(dsn: str, serializer: SignedSerializer) -> Huey:
    return PostgresHuey(NAME, dsn=dsn, serializer=serializer, results=False)
