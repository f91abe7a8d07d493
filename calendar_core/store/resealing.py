"""Changes the key under everything that is sealed: every column of type Sealed, of every table there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Connection, Text, func, select, tuple_, type_coerce, update

from calendar_core.ports import Resealed

from .columns import Sealed
from .database import Database
from .schema import metadata
from .vault import SealBroken, Vault

AT_ONCE = 200  # rows: nobody else waits longer for the database than these take
NO_KEY = ""  # sealed nothing
ROUNDS = 5  # whoever goes on sealing with an old key has to be restarted, not chased

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A sealed text, in the row with that primary key."""

    row: Key
    sealed: str


class SqlSecrets:
    """The port `Secrets`."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    @property
    def newest_key(self) -> str | None:
        return next(iter(self._vault.key_ids), None)

    async def sealed_by(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for column in sealed_columns():
            found.update(await self._database.read(partial(_by_key, column)))
        return dict(sorted(found.items()))

    async def unopened(self) -> int:
        broken = 0
        for column in sealed_columns():
            last: Key | None = None
            while found := await self._database.read(partial(_outdated, column, NO_KEY, last)):
                last = found[-1].row
                broken += sum(not self._opens(column, each) for each in found)
        return broken

    async def reseal(self, progress: Callable[[int, int], None]) -> Resealed:
        if self.newest_key is None:
            raise SealBroken("no key to seal with")
        about = sum(number for key, number in (await self.sealed_by()).items() if key != self.newest_key)
        renewed = unopened = 0
        for _ in range(ROUNDS):
            before, unopened = renewed, 0
            for column in sealed_columns():
                last: Key | None = None
                while found := await self._database.read(partial(_outdated, column, self.newest_key, last)):
                    last = found[-1].row
                    changes = [change for each in found if (change := self._change(column, each)) is not None]
                    renewed += await self._database.write(partial(_exchange, column, changes))
                    unopened += len(found) - len(changes)
                    progress(renewed, max(about, renewed))
            if renewed == before:
                break
        return Resealed(renewed, unopened)

    def _opens(self, column: Column[str], found: _Found) -> bool:
        try:
            self._vault.open(column, found.row, found.sealed)
        except SealBroken:
            return False
        return True

    def _change(self, column: Column[str], found: _Found) -> tuple[_Found, str] | None:
        try:
            text = self._vault.open(column, found.row, found.sealed)
        except SealBroken:
            return None
        return found, self._vault.seal(column, found.row, text)


def sealed_columns() -> list[Column[str]]:
    """Wherever something is sealed."""
    return [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Sealed)]


def _by_key(column: Column[str], connection: Connection) -> dict[str, int]:
    if connection.dialect.name == "sqlite":
        key = func.substr(column, 1, func.instr(column, "|") - 1, type_=Text)
    else:
        key = func.split_part(column, "|", 1, type_=Text)
    counted = select(key, func.count()).where(column.is_not(None)).group_by(key)
    return {name: number for name, number in connection.execute(counted)}  # noqa: C416 - rows are no pairs to dict


def _outdated(column: Column[str], newest: str, last: Key | None, connection: Connection) -> list[_Found]:
    """The next rows, by their keys, whose text the newest key did not seal."""
    keys = column.table.primary_key.columns
    wanted = select(*keys, column).where(column.is_not(None))
    wanted = wanted.where(~type_coerce(column, Text).startswith(f"{newest}|"))
    if last is not None:
        wanted = wanted.where(tuple_(*keys) > last)
    rows = connection.execute(wanted.order_by(*keys).limit(AT_ONCE))
    return [_Found(tuple(row[:-1]), row[-1]) for row in rows]


def _exchange(column: Column[str], changes: list[tuple[_Found, str]], connection: Connection) -> int:
    """Each only where the text still is the one that was opened: no nonce comes twice, so neither does a text."""
    changed = 0
    for found, sealed in changes:
        here = [key == value for key, value in zip(column.table.primary_key.columns, found.row, strict=True)]
        change = update(column.table).where(*here, column == found.sealed).values({column.name: sealed})
        changed += connection.execute(change).rowcount
    return changed
