"""The database object, and the one base class that every model extends."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, MetaData, Table, Text
from sqlalchemy.orm import DeclarativeBase, registry

from interview.store.types import UTCDateTime

# Named constraints are what lets a later migration drop or change one on both databases.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Ground of every model: the column types that Python types stand for, and names."""

    registry = registry(
        metadata=MetaData(naming_convention=_NAMES),
        type_annotation_map={datetime: UTCDateTime, str: Text, dict[str, Any]: JSON},
    )


# The schema is migrated by Alembic alone, so the extension gets no metadata of its own.
db = SQLAlchemy(model_class=Base, disable_autonaming=True)

if TYPE_CHECKING:

    class Model(Base):
        """The base of every model, as the type checker sees it."""

        __abstract__ = True
else:
    Model = db.Model


def table(model: type[Model]) -> Table:
    """Return a model's table, for statements that need no row objects."""
    return cast(Table, model.__table__)
