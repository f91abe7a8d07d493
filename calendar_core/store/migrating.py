"""Brings a database to the present schema."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL
from sqlalchemy.schema import CreateIndex, CreateTable

from .database import impatient, normal, sqlite_writer, translated
from .schema import REVISION, metadata

if TYPE_CHECKING:
    from alembic.config import Config

version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def migrate(url: str) -> None:
    """Up to the present schema; nothing if it is there already. May be called by several processes at once.

    A new SQLite file gets the tables at once and is marked as migrated (a test compares the two ways): the demo
    starts quicker without the tool. Raises StoreUnavailable.
    """
    translated(partial(_migrate, url))


def is_migrated(url: str) -> bool:
    """Whether the database is at the present schema. Changes nothing. Raises StoreUnavailable."""
    return translated(partial(_is_migrated, url))


def _is_migrated(url: str) -> bool:
    engine = create_engine(impatient(normal(url)) if normal(url).get_backend_name() != "sqlite" else normal(url))
    try:
        with engine.connect() as connection:
            return _revision(connection) == REVISION
    finally:
        engine.dispose()


def _migrate(url: str) -> None:
    if normal(url).get_backend_name() == "sqlite" and _made_at_once(normal(url)):
        return
    from alembic import command

    command.upgrade(configuration(url), "head")


def configuration(url: str) -> Config:
    """For alembic's own commands: up, down, history."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = normal(url)
    return config


def _revision(connection: Connection) -> str | None:
    return connection.execute(select(version)).scalar() if inspect(connection).has_table(version.name) else None


def _made_at_once(url: URL) -> bool:
    """False, and nothing done, if the file has tables already."""
    engine = sqlite_writer(url)
    try:
        with engine.begin() as connection:
            if inspect(connection).get_table_names():
                return _revision(connection) == REVISION
            for statement in _making_all():
                connection.exec_driver_sql(statement)
            connection.execute(insert(version).values(version_num=REVISION))
            return True
    finally:
        engine.dispose()


@cache
def _making_all() -> tuple[str, ...]:
    """The statements that make every table and index of a new SQLite file. They take longer to write than to run."""
    dialect = sqlite.dialect()
    tables = [*metadata.sorted_tables, version]
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda each: str(each.name))]
    making: list[CreateTable | CreateIndex] = [CreateTable(table) for table in tables]
    making += [CreateIndex(index) for index in indexes]
    return tuple(str(each.compile(dialect=dialect)) for each in making)
