"""Durable work."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from calendar_core.store.columns import Id, Instant, Texts
from calendar_core.store.metadata import metadata

tick = Table(  # the newest tick of each periodic job, counted in periods since 1970
    "tick",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)

job = Table(  # the embedded runner's; on PostgreSQL procrastinate has its own
    "job",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("subject", Texts, nullable=False),
    Column("lock", Text),
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker", Text),
    Column("lease_until", BigInteger),  # milliseconds since 1970 by the machine's clock
    Column("dead_because", Text),
    Index("job_due", "due_at"),
    Index("job_lock", "lock"),
    sqlite_autoincrement=True,
)
