"""What a column can hold, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import JSON, BigInteger, Dialect, Integer, Text
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import KeyedColumnElement
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from calendar_core.interval import EPOCH, Interval
from calendar_core.itinerary import Trip
from calendar_core.people import OwnSettings, Source, WeeklyHours
from calendar_core.programme import Rules

from .vault import key_of

MICROSECOND = timedelta(microseconds=1)
E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")

Id = BigInteger().with_variant(Integer, "sqlite")  # only an INTEGER key numbers itself on SQLite
Minute = BigInteger  # epoch minutes, as in Interval
Columns: TypeAlias = "ReadOnlyColumnCollection[str, KeyedColumnElement[Any]]"  # of a table or an alias of one


class Instant(TypeDecorator[datetime]):
    """An aware instant as whole microseconds since 1970 UTC: exact, sortable, and alike in SQL on both databases."""

    impl = BigInteger  # type: ignore[mutable-override]  # as SQLAlchemy asks for it
    cache_ok = True  # type: ignore[mutable-override]  # the same

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // MICROSECOND

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + value * MICROSECOND


class Word(TypeDecorator[E], Generic[E]):
    """One of an enumeration's values, readable in the table."""

    impl = Text  # type: ignore[mutable-override]  # as SQLAlchemy asks for it
    cache_ok = True  # type: ignore[mutable-override]  # the same

    def __init__(self, words: type[E]) -> None:
        super().__init__()
        self.words = words

    @override
    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        return None if value is None else value.value

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        return None if value is None else self.words(value)


class Sealed(TypeDecorator[str]):
    """What the vault sealed for this very place, and nothing else. `pairtime keys rotate` finds its columns by this
    type."""

    impl = Text  # type: ignore[mutable-override]  # as SQLAlchemy asks for it
    cache_ok = True  # type: ignore[mutable-override]  # the same

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Raises ValueError rather than store a secret as it is."""
        if value is not None:
            key_of(value)
        return value


class Json(TypeDecorator[V], Generic[V]):
    """A value that is only ever read whole."""

    impl = JSON  # type: ignore[mutable-override]  # as SQLAlchemy asks for it
    cache_ok = True  # type: ignore[mutable-override]  # the same

    def __init__(self, dump: Callable[[V], object], load: Callable[[Any], V]) -> None:
        super().__init__(none_as_null=True)
        self.dump = dump
        self.load = load

    @override
    def process_bind_param(self, value: V | None, dialect: Dialect) -> object:
        return None if value is None else self.dump(value)

    @override
    def process_result_value(self, value: object, dialect: Dialect) -> V | None:
        return None if value is None else self.load(value)


def _rules(fields: dict[str, Any]) -> Rules:
    return Rules(**{**fields, "lengths": tuple(fields["lengths"])})


def _hours(days: list[list[tuple[int, int]]]) -> WeeklyHours:
    return WeeklyHours(tuple(tuple((first, end) for first, end in day) for day in days))


def _own(own: OwnSettings) -> dict[str, object]:
    trips = [(each.zone, each.first.isoformat(), each.last.isoformat()) for each in own.trips]
    return {**asdict(own), "trips": trips}


def _own_of(fields: dict[str, Any]) -> OwnSettings:
    """What a row does not say, from before there was such a setting, is as it is for everybody."""
    sources: dict[str, Any] = {name: Source(fields[name]) for name in ("zone_from", "hours_from") if name in fields}
    trips = tuple(
        Trip(date.fromisoformat(first), date.fromisoformat(last), zone) for zone, first, last in fields.get("trips", ())
    )
    calendars = tuple(fields.get("calendars", ()))
    return OwnSettings(**{**fields, **sources, "trips": trips, "calendars": calendars})


def _pair(when: Interval) -> tuple[int, int]:
    return when.start_minute, when.end_minute


Texts = Json[tuple[str, ...]](list, tuple)
Hours = Json[WeeklyHours](lambda hours: hours.days, _hours)
ProgrammeRules = Json[Rules](asdict, _rules)
Own = Json[OwnSettings](_own, _own_of)
Slot = Json[Interval](_pair, lambda pair: Interval(*pair))
Slots = Json[tuple[Interval, ...]](
    lambda slots: [_pair(each) for each in slots], lambda pairs: tuple(Interval(*each) for each in pairs)
)
