"""Periodic jobs: one for each period over all workers, and one for all the periods that nobody was there for."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, select

from calendar_core.errors import StoreUnavailable
from calendar_core.interval import EPOCH
from calendar_core.job import Job
from calendar_core.ports import Clock

from . import schema
from .database import Database, insert
from .jobs import Deferral, Pace, Queue


async def tick_for_ever(
    database: Database, queue: Queue, clock: Clock, periodic: Mapping[str, timedelta], pace: Pace
) -> None:
    """Defers each periodic job once a period; the first one at once. Returns at once if there are none."""

    def tick(connection: Connection, now: datetime) -> None:
        for name, period in periodic.items():
            if _is_first(connection, name, (now - EPOCH) // period):
                queue.defer_in(connection, Deferral(Job(name)))

    while periodic:
        now = clock.now()
        try:
            await database.write(partial(tick, now=now))
        except StoreUnavailable:
            await asyncio.sleep(pace.poll)
        else:
            await clock.sleep_until(min(EPOCH + ((now - EPOCH) // each + 1) * each for each in periodic.values()))


async def newest_tick(database: Database, name: str, period: timedelta) -> datetime | None:
    """When a periodic job was last handed out, by whoever works; None: never."""
    query = select(schema.tick.c.number).where(schema.tick.c.name == name)
    number = await database.read(lambda connection: connection.execute(query).scalar())
    return None if number is None else EPOCH + number * period


def _is_first(connection: Connection, name: str, number: int) -> bool:
    """True for the one worker that writes this tick down."""
    tick = schema.tick
    statement = (
        insert(connection, tick)
        .values(name=name, number=number)
        .on_conflict_do_update(index_elements=["name"], set_={"number": number}, where=tick.c.number < number)
        .returning(tick.c.name)
    )
    return connection.execute(statement).first() is not None
