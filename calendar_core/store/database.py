"""The database behind the store: one function is one transaction is one thread.

SQLAlchemy Core, synchronous, in threads of our own: measured faster and simpler than any asynchronous driver
(docs/decisions). SQLite has one writer, which begins IMMEDIATE, and readers that cannot write; PostgreSQL has four
of each. There are as many threads as connections, so nobody ever waits for a connection inside a transaction.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine, QueuePool, Table, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.engine.url import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from calendar_core.errors import StoreUnavailable

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[Connection], T]

BUSY_SECONDS = 10
SQLITE_READERS = 2  # more only wait for each other: SQLite's work is short, and Python runs one of them at a time
POSTGRES_READERS = POSTGRES_WRITERS = 4
TRIES = 5
AT_ONCE = 5_000  # values in one question; SQLite takes 32,766
PATIENCE: Mapping[str, str] = {  # of libpq; what a database's URL says comes before it
    "connect_timeout": "5",  # seconds, as are the keepalives
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",  # milliseconds: for what was sent to one who has gone
    "options": "-cstatement_timeout=15000",  # no space: libpq reads none in a URL
}
AGAIN = frozenset({"40001", "40P01"})  # serialization_failure, deadlock_detected: PostgreSQL asks for another try
_ON_COMMIT = "pairtime: to do once committed"


class Database:
    """Runs functions in transactions. What a cancelled caller had queued still runs to its end: the caller only
    stops waiting, so keys are chosen before the call. Raises StoreUnavailable if the database does not answer."""

    def __init__(self, url: str) -> None:
        self.url = normal(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite:
            writing, reading = sqlite_writer(self.url), _sqlite_readers(self.url)
            writers, readers = 1, SQLITE_READERS
        else:
            writers, readers = POSTGRES_WRITERS, POSTGRES_READERS
            writing, reading = _postgres(self.url, writers), _postgres(self.url, readers, read_only=True)
        self._writing = _Lane(writing, "store-write", writers)
        self._reading = _Lane(reading, "store-read", readers)

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a transaction of its own and commits. PostgreSQL may have it run again from the start."""
        return await self._writing.run(partial(_write, self._writing.engine, work))

    async def read(self, work: Work[T]) -> T:
        """Runs `work` on one consistent state; it cannot write."""
        return await self._reading.run(partial(_read, self._reading.engine, work))

    async def close(self) -> None:
        """Waits for what is queued, then lets go of every connection. Twice is once."""
        for lane in (self._writing, self._reading):
            await asyncio.to_thread(lane.close)


class _Lane:
    """As many threads as connections."""

    def __init__(self, engine: Engine, name: str, threads: int) -> None:
        self.engine = engine
        self._name = name
        self._away = False
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()

        def bring(done: Future[T]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, waiting, done)

        # by hand: run_in_executor within a shield says the same, but goes round the loop once more for each of them
        self._threads.submit(copy_context().run, translated, work).add_done_callback(bring)
        try:
            answer = await waiting
        except StoreUnavailable as outage:
            if not self._away:  # once an outage: whoever works meanwhile tries again every second
                said = type(getattr(outage.__cause__, "orig", outage)).__name__
                log.error("the database does not answer (%s)", self._name, extra={"kind": said})
            self._away = True
            raise
        if self._away:
            log.warning("the database answers again (%s)", self._name)
        self._away = False
        return answer

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def _settle(waiting: asyncio.Future[T], done: Future[T]) -> None:
    """Whoever was cancelled waits no more, and what they had queued was done all the same."""
    if waiting.done():
        return
    if (error := done.exception()) is not None:
        waiting.set_exception(error)
    else:
        waiting.set_result(done.result())


def normal(url: str) -> URL:
    """The URL with the driver we use named in it."""
    parsed = make_url(url)
    return parsed if parsed.get_backend_name() == "sqlite" else parsed.set(drivername="postgresql+psycopg")


def impatient(url: URL) -> URL:
    """With PATIENCE: nobody waits for ever on a database that has gone away."""
    return url.set(query={**PATIENCE, **url.query})


def on_commit(connection: Connection, then: Callable[[], None]) -> None:
    """Has `then` called, in the writer's thread, once the transaction is committed; never if it is not."""
    connection.info.setdefault(_ON_COMMIT, []).append(then)


def insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that may say ON CONFLICT: both databases mean the same by it, SQLAlchemy has one for each."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """The same, for statements that are made once: making one takes longer than running it."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def portions(values: Iterable[int] | Iterable[str]) -> Iterator[list[int | str]]:
    """All of them, in order, as many at a time as may stand in one question."""
    ordered: list[int | str] = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def translated(work: Callable[[], T]) -> T:
    """What it gives. Raises StoreUnavailable where the database did not answer."""
    try:
        return work()
    except (OperationalError, InterfaceError) as error:
        raise StoreUnavailable from error


def _read(engine: Engine, work: Work[T]) -> T:
    with engine.connect() as connection, connection.begin():
        return work(connection)


def _write(engine: Engine, work: Work[T]) -> T:
    tries_left = TRIES
    while True:
        tries_left -= 1
        try:
            return _write_once(engine, work)
        except DBAPIError as error:
            if not tries_left or getattr(error.orig, "sqlstate", None) not in AGAIN:
                raise


def _write_once(engine: Engine, work: Work[T]) -> T:
    with engine.connect() as connection:
        connection.info.pop(_ON_COMMIT, None)
        with connection.begin():
            result = work(connection)
            _refuse_broken(connection)
        for then in connection.info.pop(_ON_COMMIT, ()):
            then()
    return result


def _refuse_broken(connection: Connection) -> None:
    """PostgreSQL answers COMMIT of a failed transaction with a silent rollback: nobody may take that for success."""
    if connection.dialect.name == "sqlite":
        return
    from psycopg import Connection as PsycopgConnection
    from psycopg.pq import TransactionStatus

    driver = connection.connection.driver_connection
    if isinstance(driver, PsycopgConnection) and driver.info.transaction_status is TransactionStatus.INERROR:
        raise RuntimeError("a failed statement was passed over: nothing can be committed")


def sqlite_writer(url: URL) -> Engine:
    """One connection that begins IMMEDIATE; synchronous=FULL, so that what was acknowledged survives a power cut."""
    return _sqlite(url, 1, "BEGIN IMMEDIATE", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def _sqlite_readers(url: URL) -> Engine:
    return _sqlite(url, SQLITE_READERS, "BEGIN", "query_only=ON")


def _sqlite(url: URL, connections: int, begin: str, *pragmas: str) -> Engine:
    url = url if "timeout" in url.query else url.update_query_dict({"timeout": str(BUSY_SECONDS)})
    engine = create_engine(
        url,
        hide_parameters=True,  # of errors' texts
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        connect_args={"isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        cursor = connection.connection.cursor()  # SQLAlchemy's own way takes several times as long, and we begin often
        try:
            cursor.execute(begin)
        except sqlite3.OperationalError as error:
            raise OperationalError(begin, None, error) from error
        finally:
            cursor.close()

    return engine


def _postgres(url: URL, connections: int, *, read_only: bool = False) -> Engine:
    return create_engine(
        impatient(url),
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=True,
        execution_options={"postgresql_readonly": read_only},
        isolation_level="REPEATABLE READ" if read_only else "READ COMMITTED",
    )
