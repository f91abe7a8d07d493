"""Frozen dataclasses <-> few bytes, by the declared types of their fields. Whatever is read back is within bounds.

Known types: bool, int and str (and NewTypes of them), date, Interval, enums, X | None, tuple[X, ...], and dataclasses
of these. Bounds keep later arithmetic with dates and times from overflowing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

from calendar_core.interval import Interval

LARGEST_ID = 2**63 - 1  # of an int with a name of its own
LARGEST_NUMBER = 100_000  # of any other
FIRST_DAY, LAST_DAY = date(1970, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
LATEST_MINUTE = (LAST_DAY - FIRST_DAY) * 24 * 60


class Bytes:
    """Bytes taken from the front."""

    def __init__(self, data: bytes) -> None:
        self.left = data

    def take(self, count: int) -> bytes:
        """Raises ValueError if there are fewer."""
        if count > len(self.left):
            raise ValueError("it ends too early")
        taken, self.left = self.left[:count], self.left[count:]
        return taken


class Packing(NamedTuple):
    """How values of one type are written and read. Both raise ValueError for what is out of bounds."""

    write: Callable[[object, bytearray], None]
    read: Callable[[Bytes], object]


_PACKINGS: dict[object, Packing] = {}


def packing_of(kind: object) -> Packing:
    """Raises TypeError for a type that nothing is known of: at the first use, so a test finds it."""
    if kind not in _PACKINGS:
        _PACKINGS[kind] = _made_for(kind)
    return _PACKINGS[kind]


def _made_for(kind: object) -> Packing:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(next(packing_of(each) for each in get_args(kind) if each is not NoneType))
    if origin is tuple:
        return _TIMES if get_args(kind)[0] is Interval else _many(packing_of(get_args(kind)[0]))
    if isinstance(kind, NewType):
        return _number(LARGEST_ID) if kind.__supertype__ is int else packing_of(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _one_of(tuple(kind))
    if isinstance(kind, type) and kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no packing for {kind}")


def _number(largest: int) -> Packing:
    """LEB128: seven bits a byte, the lowest first."""

    def write(value: object, out: bytearray) -> None:
        if not isinstance(value, int) or not 0 <= value <= largest:
            raise ValueError("a number out of bounds")
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        out.append(value)

    def read(data: Bytes) -> int:
        number = shift = 0
        while True:
            byte = data.take(1)[0]
            number |= (byte & 0x7F) << shift
            if number > largest:
                raise ValueError("a number out of bounds")
            if byte < 0x80:
                return number
            shift += 7

    return Packing(write, read)


def _as_numbers(to_numbers: Callable[..., tuple[int, ...]], back: Callable[..., object], *largest: int) -> Packing:
    """A value that is a few numbers, each with its bound."""
    parts = tuple(_number(each) for each in largest)

    def write(value: object, out: bytearray) -> None:
        for part, number in zip(parts, to_numbers(value), strict=True):
            part.write(number, out)

    def read(data: Bytes) -> object:
        return back(*[part.read(data) for part in parts])

    return Packing(write, read)


_LENGTH = _number(LARGEST_NUMBER)


def _write_text(value: object, out: bytearray) -> None:
    data = str(value).encode()
    _LENGTH.write(len(data), out)
    out += data


def _read_length(data: Bytes) -> int:
    length = _LENGTH.read(data)
    if not isinstance(length, int) or length > len(data.left):
        raise ValueError("longer than what is left")
    return length


_PLAIN = {
    bool: _as_numbers(lambda value: (value,), bool, 1),
    int: _number(LARGEST_NUMBER),
    str: Packing(_write_text, lambda data: data.take(_read_length(data)).decode()),
    date: _as_numbers(
        lambda day: (day.toordinal() - FIRST_DAY,), lambda n: date.fromordinal(FIRST_DAY + n), LAST_DAY - FIRST_DAY
    ),
    Interval: _as_numbers(
        lambda time: (time.start_minute, time.minutes),
        lambda start, minutes: Interval(start, start + minutes),
        LATEST_MINUTE,
        LARGEST_NUMBER,
    ),
}


def _one_of(members: tuple[object, ...]) -> Packing:
    return _as_numbers(lambda member: (members.index(member),), lambda at: members[at], len(members) - 1)


def _optional(some: Packing) -> Packing:
    def write(value: object, out: bytearray) -> None:
        out.append(value is not None)
        if value is not None:
            some.write(value, out)

    return Packing(write, lambda data: some.read(data) if data.take(1)[0] else None)


def _many(each: Packing) -> Packing:
    def write(value: object, out: bytearray) -> None:
        items = value if isinstance(value, tuple) else (value,)
        _LENGTH.write(len(items), out)
        for item in items:
            each.write(item, out)

    return Packing(write, lambda data: tuple([each.read(data) for _ in range(_read_length(data))]))


def _following(reached: int) -> Packing:
    """A time by its gap to where the one before it ends, zigzag: a list of times then takes few bytes."""

    def apart(time: Interval) -> tuple[int, int]:
        gap = _bounded(time.start_minute) - reached
        return 2 * gap if gap >= 0 else -2 * gap - 1, time.minutes

    def back(gap: int, minutes: int) -> Interval:
        start = _bounded(reached + (-(gap + 1) // 2 if gap % 2 else gap // 2))
        return Interval(start, start + minutes)

    return _as_numbers(apart, back, 2 * LATEST_MINUTE, LARGEST_NUMBER)


def _bounded(minute: int) -> int:
    if not 0 <= minute <= LATEST_MINUTE:
        raise ValueError("a time out of bounds")
    return minute


def _write_times(value: object, out: bytearray) -> None:
    times = value if isinstance(value, tuple) else (value,)
    _LENGTH.write(len(times), out)
    reached = 0
    for time in times:
        _following(reached).write(time, out)
        reached = time.end_minute


def _read_times(data: Bytes) -> object:
    times: list[Interval] = []
    for _ in range(_read_length(data)):
        time = _following(times[-1].end_minute if times else 0).read(data)
        if isinstance(time, Interval):
            times.append(time)
    return tuple(times)


_TIMES = Packing(_write_times, _read_times)


def _record(kind: type) -> Packing:
    hints = get_type_hints(kind)
    fields = {field.name: packing_of(hints[field.name]) for field in dataclasses.fields(kind)}

    def write(value: object, out: bytearray) -> None:
        for name, packing in fields.items():
            packing.write(getattr(value, name), out)

    return Packing(write, lambda data: kind(**{name: packing.read(data) for name, packing in fields.items()}))
