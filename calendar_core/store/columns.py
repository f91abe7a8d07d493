"""What a column can hold, the same on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from calendar_core.interval import EPOCH

MICROSECOND = timedelta(microseconds=1)
E = TypeVar("E", bound=StrEnum)

Id = BigInteger().with_variant(Integer, "sqlite")  # only an INTEGER key numbers itself on SQLite
Minute = BigInteger  # epoch minutes, as in Interval


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
