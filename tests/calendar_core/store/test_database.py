"""One function is one transaction: what it writes is there whole, or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from contextvars import ContextVar
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from calendar_core.errors import StoreUnavailable
from calendar_core.store import migrate
from calendar_core.store.database import BUSY_SECONDS, PATIENCE, POSTGRES_WRITERS, Database, insert, on_commit
from calendar_core.store.schema import tick

asker: ContextVar[str] = ContextVar("asker")


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    database = Database(migrated_url)
    yield database
    await database.close()


@pytest.fixture
async def postgres_database(migrated_postgres_url: str) -> AsyncIterator[Database]:
    database = Database(migrated_postgres_url)
    yield database
    await database.close()


def add(connection: Connection, name: str, number: int = 0) -> None:
    connection.execute(insert(connection, tick).values(name=name, number=number))


def names(connection: Connection) -> list[str]:
    return list(connection.execute(select(tick.c.name).order_by(tick.c.name)).scalars())


async def test_what_is_written_can_be_read_at_once(database: Database) -> None:
    await database.write(lambda connection: add(connection, "a"))
    assert await database.read(names) == ["a"]


async def test_what_fails_is_undone_whole(database: Database) -> None:
    def fail(connection: Connection) -> None:
        add(connection, "a")
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fail)
    assert await database.read(names) == []


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, StoreUnavailable)):
        await database.read(lambda connection: add(connection, "a"))
    assert await database.read(names) == []


async def test_a_reader_sees_one_state_while_others_write(database: Database) -> None:
    looked, written = threading.Event(), threading.Event()

    def look_twice(connection: Connection) -> tuple[list[str], list[str]]:
        first = names(connection)
        looked.set()
        assert written.wait(60)
        return first, names(connection)

    reading = asyncio.create_task(database.read(look_twice))
    await asyncio.to_thread(looked.wait, 60)
    await database.write(lambda connection: add(connection, "a"))
    written.set()
    assert await reading == ([], [])


async def test_a_caller_that_is_cancelled_only_stops_waiting(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(connection: Connection) -> None:
        begun.set()
        assert go_on.wait(60)
        add(connection, "slow")

    waiting = asyncio.create_task(database.write(slow))
    await asyncio.to_thread(begun.wait, 60)
    queued = [asyncio.create_task(database.write(partial(add, name=each))) for each in "abcd"]
    await asyncio.sleep(0)
    for task in (waiting, *queued):
        task.cancel()
    await asyncio.wait({waiting, *queued})
    assert waiting.cancelled()
    go_on.set()
    await database.close()
    again = Database(database.url.render_as_string(hide_password=False))
    assert await again.read(names) == ["a", "b", "c", "d", "slow"]
    await again.close()


async def test_the_work_knows_who_asked(database: Database) -> None:
    asker.set("ana")
    assert await database.read(lambda _connection: asker.get()) == "ana"


async def test_what_follows_a_commit_follows_no_failure(database: Database) -> None:
    done: list[str] = []

    def write(connection: Connection, *, fails: bool) -> None:
        on_commit(connection, lambda: done.append("failed" if fails else "committed"))
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await database.write(lambda connection: write(connection, fails=True))
    await database.write(lambda connection: add(connection, "a"))
    await database.write(lambda connection: write(connection, fails=False))
    assert done == ["committed"]


async def test_closing_twice_is_once(database: Database) -> None:
    await database.close()
    await database.close()


async def test_a_lock_that_is_never_let_go_is_a_store_that_does_not_answer(tmp_path: Path) -> None:
    path = tmp_path / "file.sqlite3"
    migrate(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}?timeout=0.1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            await database.write(lambda connection: add(connection, "a"))
        assert await database.read(names) == []
    await database.write(lambda connection: add(connection, "a"))
    await database.close()


async def test_an_outage_is_logged_once_and_so_is_its_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database(f"sqlite:///{tmp_path / 'not yet migrated.sqlite3'}")
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await database.write(lambda connection: add(connection, "a"))
    migrate(f"sqlite:///{tmp_path / 'not yet migrated.sqlite3'}")
    await database.write(lambda connection: add(connection, "a"))
    assert [record.getMessage() for record in caplog.records if record.name == "calendar_core.store.database"] == [
        "the database does not answer (store-write)",
        "the database answers again (store-write)",
    ]
    await database.close()


async def test_sqlite_is_opened_as_it_must_be(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/file.sqlite3"
    migrate(url)
    database = Database(url)

    def pragma(connection: Connection, name: str) -> object:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_SECONDS * 1000}
    for name, value in wanted.items():
        assert await database.write(partial(pragma, name=name)) == value
    assert await database.read(lambda connection: pragma(connection, "query_only")) == 1
    assert await database.read(lambda connection: pragma(connection, "busy_timeout")) == BUSY_SECONDS * 1000
    await database.close()


async def test_a_server_that_is_not_there_does_not_answer(migrated_postgres_url: str) -> None:
    nowhere = Database(migrated_postgres_url.split("?", maxsplit=1)[0] + "?host=/nowhere")
    with pytest.raises(StoreUnavailable):
        await nowhere.read(names)
    await nowhere.close()


async def test_no_statement_is_waited_for_for_ever(migrated_postgres_url: str, postgres_database: Database) -> None:
    def patience(connection: Connection) -> object:
        return connection.exec_driver_sql("SHOW statement_timeout").scalar()

    assert (await postgres_database.read(patience), await postgres_database.write(patience)) == ("15s", "15s")
    hasty = Database(f"{migrated_postgres_url}&options=-c%20statement_timeout%3D50")
    with pytest.raises(StoreUnavailable):
        await hasty.read(lambda connection: connection.exec_driver_sql("SELECT pg_sleep(600)"))
    await hasty.close()


async def test_a_server_that_has_gone_silent_is_noticed(postgres_database: Database) -> None:
    def parameters(connection: Connection) -> dict[str, str]:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        return driver.info.get_parameters()

    assert (await postgres_database.read(parameters)).items() >= PATIENCE.items()


async def test_a_failure_passed_over_is_never_taken_for_success(postgres_database: Database) -> None:
    def pass_over(connection: Connection) -> None:
        add(connection, "a")
        try:
            add(connection, "a")
        except IntegrityError:
            return

    with pytest.raises(RuntimeError, match="nothing can be committed"):
        await postgres_database.write(pass_over)
    assert await postgres_database.read(names) == []


async def test_two_that_wait_for_each_other_both_get_through(postgres_database: Database) -> None:
    both, runs = threading.Barrier(2), 0
    for name in "ab":
        await postgres_database.write(partial(add, name=name))

    def take(connection: Connection, first: str, then: str) -> None:
        nonlocal runs
        runs += 1
        lock = "UPDATE tick SET number = number + 1 WHERE name = :name"
        connection.execute(text(lock), {"name": first})
        if runs <= 2:
            both.wait(60)
        connection.execute(text(lock), {"name": then})

    await asyncio.gather(
        postgres_database.write(lambda connection: take(connection, "a", "b")),
        postgres_database.write(lambda connection: take(connection, "b", "a")),
    )
    assert runs > 2
    total = select(func.sum(tick.c.number))
    assert await postgres_database.read(lambda connection: connection.execute(total).scalar()) == 4


async def test_as_many_write_at_once_as_there_are_connections(postgres_database: Database) -> None:
    all_at_once = threading.Barrier(POSTGRES_WRITERS)
    await asyncio.gather(
        *(postgres_database.write(lambda _connection: all_at_once.wait(60)) for _ in range(POSTGRES_WRITERS))
    )
