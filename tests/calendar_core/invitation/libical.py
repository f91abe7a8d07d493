"""The system's libical, which Evolution, Thunderbird's ancestors and KDE read calendar files with."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

NAME = "libical.so.3"  # the structures below are those of version 3
LIBRARY = None
with suppress(OSError):
    ctypes.CDLL(NAME)
    LIBRARY = NAME


class Time(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [  # type: ignore[mutable-override]  # as ctypes asks for it
        ("year", ctypes.c_int),
        ("month", ctypes.c_int),
        ("day", ctypes.c_int),
        ("hour", ctypes.c_int),
        ("minute", ctypes.c_int),
        ("second", ctypes.c_int),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader found in a calendar file. `people` are addresses with their names."""

    method: str
    uid: str
    sequence: int
    start: datetime
    end: datetime
    status: str
    organizer: str
    people: tuple[tuple[str, str], ...]
    title: str
    description: str
    link: str | None


class Libical:
    """Parses with the C library; every error it notes counts."""

    def __init__(self, library: str) -> None:
        self._c = ctypes.CDLL(library)
        for name, result in (
            ("icalparser_parse_string", ctypes.c_void_p),
            ("icalcomponent_get_first_component", ctypes.c_void_p),
            ("icalcomponent_get_next_component", ctypes.c_void_p),
            ("icalcomponent_get_first_property", ctypes.c_void_p),
            ("icalcomponent_get_next_property", ctypes.c_void_p),
            ("icalcomponent_get_dtstart", Time),
            ("icalcomponent_get_dtend", Time),
            ("icalproperty_get_value_as_string", ctypes.c_char_p),
            ("icalproperty_get_parameter_as_string", ctypes.c_char_p),
            ("icalcomponent_get_summary", ctypes.c_char_p),
            ("icalcomponent_get_description", ctypes.c_char_p),
            ("icalcomponent_get_location", ctypes.c_char_p),
            ("icaltime_as_timet", ctypes.c_long),
        ):
            getattr(self._c, name).restype = result
        self._c.icaltime_as_timet.argtypes = [Time]

    def read(self, data: bytes) -> Read:
        """Of one event. Raises AssertionError for anything libical stumbles over."""
        calendar = ctypes.c_void_p(self._c.icalparser_parse_string(data))
        assert calendar.value, "libical reads nothing"
        try:
            assert self._c.icalcomponent_count_errors(calendar) == 0, "libical notes errors"
            kind = self._c.icalcomponent_string_to_kind(b"VEVENT")
            event = ctypes.c_void_p(self._c.icalcomponent_get_first_component(calendar, kind))
            assert event.value, "libical finds no event"
            assert not self._c.icalcomponent_get_next_component(calendar, kind), "libical finds a second event"
            (method,) = self._values(calendar, b"METHOD")
            (uid,), (status,), (sequence,) = (self._values(event, each) for each in (b"UID", b"STATUS", b"SEQUENCE"))
            (organizer,) = self._values(event, b"ORGANIZER")
            return Read(
                method=method,
                uid=uid,
                sequence=int(sequence),
                start=self._instant(self._c.icalcomponent_get_dtstart(event)),
                end=self._instant(self._c.icalcomponent_get_dtend(event)),
                status=status,
                organizer=organizer,
                people=self._people(event),
                title=_text(self._c.icalcomponent_get_summary(event)),
                description=_text(self._c.icalcomponent_get_description(event)),
                link=_text(self._c.icalcomponent_get_location(event)) or None,
            )
        finally:
            self._c.icalcomponent_free(calendar)

    def _instant(self, time: Time) -> datetime:
        assert self._c.icaltime_is_utc(time), "libical does not see UTC"
        return datetime.fromtimestamp(self._c.icaltime_as_timet(time), UTC)

    def _people(self, event: ctypes.c_void_p) -> tuple[tuple[str, str], ...]:
        found = []
        for each in self._properties(event, b"ATTENDEE"):
            name = self._c.icalproperty_get_parameter_as_string(each, b"CN")
            found.append((self._value(each), _text(name)))
        return tuple(found)

    def _values(self, component: ctypes.c_void_p, name: bytes) -> list[str]:
        return [self._value(each) for each in self._properties(component, name)]

    def _value(self, each: ctypes.c_void_p) -> str:
        value: bytes = self._c.icalproperty_get_value_as_string(each)
        return value.decode()

    def _properties(self, component: ctypes.c_void_p, name: bytes) -> list[ctypes.c_void_p]:
        kind = self._c.icalproperty_string_to_kind(name)
        found = []
        each = self._c.icalcomponent_get_first_property(component, kind)
        while each:
            found.append(ctypes.c_void_p(each))
            each = self._c.icalcomponent_get_next_property(component, kind)
        return found


def _text(found: bytes | None) -> str:
    return "" if found is None else found.decode()
