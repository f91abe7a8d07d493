"""Who was shown whose times, and how often a pair has looked on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from sqlalchemy import Connection, Executable, and_, bindparam, case, delete, select

from calendar_core.people import UserId
from calendar_core.ports import Receipt

from .database import Database, insert_of
from .schema import lookup, receipt

_COLUMNS = ("owner", "viewer", "match", "day", "first", "last", "automatic")


class SqlReceipts:
    """The port `Receipts`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shown(self, receipts: Iterable[Receipt], limit: int) -> bool:
        given = tuple(receipts)
        looks = sorted({_look(each) for each in given if not each.automatic})

        def write(connection: Connection) -> bool:
            if not _counted(connection, looks, limit):
                return False
            for each in sorted(given, key=lambda each: (each.owner, each.viewer, each.match, each.day)):
                _record(connection, each)
            return True

        return await self._database.write(write)

    async def of(self, owner: UserId, since: date) -> tuple[Receipt, ...]:
        query = (
            select(receipt)
            .where(receipt.c.owner == owner, receipt.c.day >= since)
            .order_by(receipt.c.day.desc(), receipt.c.viewer, receipt.c.match)
        )

        def read(connection: Connection) -> tuple[Receipt, ...]:
            return tuple(
                Receipt(row.owner, row.viewer, row.match, row.day, row.first, row.last, row.automatic)
                for row in connection.execute(query)
            )

        return await self._database.read(read)

    async def forget(self, before: date) -> None:
        def write(connection: Connection) -> None:
            for table in (receipt, lookup):
                connection.execute(delete(table).where(table.c.day < before))

        await self._database.write(write)


def _look(each: Receipt) -> tuple[UserId, UserId, date]:
    """The pair, whoever looks, and the day."""
    return min(each.owner, each.viewer), max(each.owner, each.viewer), each.day


def _counted(connection: Connection, looks: Sequence[tuple[UserId, UserId, date]], limit: int) -> bool:
    """All of them, or none."""
    if len(looks) == 1:
        return _count(connection, *looks[0], limit)
    with connection.begin_nested() as counting:
        if all(_count(connection, *each, limit) for each in looks):
            return True
        counting.rollback()
        return False


def _count(connection: Connection, low: UserId, high: UserId, day: date, limit: int) -> bool:
    """One look-up more; False if that would be too many."""
    told = {"a_low": low, "a_high": high, "a_day": day, "a_limit": limit}
    return limit > 0 and connection.execute(_counting(connection.dialect.name), told).first() is not None


@cache
def _counting(dialect: str) -> Executable:
    return (
        insert_of(dialect, lookup)
        .values(low=bindparam("a_low"), high=bindparam("a_high"), day=bindparam("a_day"), number=1)
        .on_conflict_do_update(
            index_elements=["low", "high", "day"],
            set_={"number": lookup.c.number + 1},
            where=lookup.c.number < bindparam("a_limit"),
        )
        .returning(lookup.c.number)
    )


def _record(connection: Connection, new: Receipt) -> None:
    """Widens the day's receipt, if there is one."""
    told = {f"a_{column}": getattr(new, column) for column in _COLUMNS}
    connection.execute(_widening(connection.dialect.name), told)


@cache
def _widening(dialect: str) -> Executable:
    statement = insert_of(dialect, receipt).values({column: bindparam(f"a_{column}") for column in _COLUMNS})
    there, added = receipt.c, statement.excluded
    widest = {
        "first": case((added.first < there.first, added.first), else_=there.first),
        "last": case((added.last > there.last, added.last), else_=there.last),
        "automatic": and_(there.automatic, added.automatic),
    }
    return statement.on_conflict_do_update(index_elements=["owner", "viewer", "match", "day"], set_=widest)
