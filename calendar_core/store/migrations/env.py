"""What alembic runs around each migration. The URL comes from `migrating.configuration`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import create_engine

from calendar_core.store.database import sqlite_writer
from calendar_core.store.schema import metadata

LOCK = 7246893  # of PostgreSQL's advisory locks: two processes that migrate at once take turns


def run() -> None:
    url = context.config.attributes["url"]
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = sqlite_writer(url) if is_sqlite else create_engine(url)
    try:
        with engine.begin() as connection:
            if not is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            context.configure(connection=connection, target_metadata=metadata, render_as_batch=is_sqlite)
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


run()
