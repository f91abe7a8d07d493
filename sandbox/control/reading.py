"""What the control routes are told, checked; every mistake is answered with 400 and a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from sandbox.world import AllDay, Event, Json, Mailbox, Suite, Timed, When, World

SUITES: tuple[Suite, ...] = get_args(Suite)
Choice = TypeVar("Choice", bound=str)


class Mistake(ValueError):
    """A sentence about what was asked."""


class Told:
    """A request's JSON object; every field is asked for by name, and one nobody asked for is a mistake."""

    def __init__(self, fields: Mapping[str, Json]) -> None:
        self._fields = dict(fields)
        self._asked: set[str] = set()

    @classmethod
    async def of(cls, request: web.Request) -> Told:
        try:
            fields = json.loads(await request.read() or b"{}")
        except ValueError as error:
            raise Mistake(f"The body is not JSON: {error}") from error
        if not isinstance(fields, dict):
            raise Mistake("The body must be a JSON object.")
        return cls(fields)

    def done(self) -> None:
        """Refuse what was told and never asked for."""
        if unknown := sorted(set(self._fields) - self._asked):
            raise Mistake(f"Unknown: {', '.join(unknown)}. Known here: {', '.join(sorted(self._asked)) or 'nothing'}.")

    def has(self, name: str) -> bool:
        self._asked.add(name)
        return self._fields.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        value = self._fields.get(name) if self.has(name) else default
        if not isinstance(value, str):
            raise Mistake(f"{name} is missing; it is a text.")
        return value

    def any(self, name: str) -> Json:
        """Whatever it is; None where it was not told."""
        return self._fields.get(name) if self.has(name) else None

    def maybe(self, name: str) -> str | None:
        return self.text(name) if self.has(name) else None

    def number(self, name: str, default: int | None = None) -> int:
        value = self._fields.get(name) if self.has(name) else default
        if not isinstance(value, int) or isinstance(value, bool):
            raise Mistake(f"{name} must be a whole number.")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._fields.get(name) if self.has(name) else default
        if not isinstance(value, bool):
            raise Mistake(f"{name} must be true or false.")
        return value

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self._fields.get(name) if self.has(name) else None
        if not isinstance(value, list):
            raise Mistake(f"{name} must be a list of whole numbers.")
        return tuple(each for each in value if isinstance(each, int))

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._fields.get(name) if self.has(name) else None
        if not isinstance(value, list):
            raise Mistake(f"{name} must be a list of texts.")
        return tuple(each for each in value if isinstance(each, str))

    def fields(self, name: str) -> dict[str, Json]:
        value = self._fields.get(name) if self.has(name) else None
        if not isinstance(value, dict):
            raise Mistake(f"{name} must be a JSON object.")
        return value

    def choice(self, name: str, choices: tuple[Choice, ...], default: Choice | None = None) -> Choice:
        value = self.text(name, default)
        for each in choices:
            if value == each:
                return each
        raise Mistake(f"{name} must be one of {', '.join(choices)}, not {value!r}.")

    def suite(self) -> Suite:
        return self.choice("suite", SUITES)

    def moment(self, name: str) -> datetime:
        return _moment(name, self.text(name))

    def zone(self, name: str) -> str:
        value = self.text(name)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise Mistake(f"{name} {value!r} is no IANA time zone, such as Europe/Berlin.") from error
        return value

    def when(self, zone: str) -> When:
        """`start` and `end`: two RFC 3339 moments with offset, or two dates (all day, the end excluded)."""
        start, end = self.text("start"), self.text("end")
        try:
            all_day = AllDay(date.fromisoformat(start), date.fromisoformat(end))
        except ValueError:
            timed = Timed(_moment("start", start), _moment("end", end), zone, zone)
            if timed.start >= timed.end:
                raise Mistake("end must come after start.") from None
            return timed
        if all_day.start >= all_day.end:
            raise Mistake("end must come after start; it is the first day that is not part of it.")
        return all_day

    def mailbox(self, world: World) -> Mailbox:
        address = self.text("mailbox")
        found = world.mailbox(address)
        if found is None:
            raise Mistake(f"There is no mailbox {address!r}.")
        return found

    def event(self, world: World) -> Event:
        """The event of `mailbox` with this `uid` or `id`, deleted ones excluded."""
        mailbox = self.mailbox(world)
        uid, id = self.maybe("uid"), self.maybe("id")
        if (uid is None) == (id is None):
            raise Mistake("Name the event by either uid or id.")
        found = world.by_uid(mailbox.address, uid) if uid else world.event(mailbox.address, id or "")
        if found is None or found.deleted:
            raise Mistake(f"{mailbox.address} has no event {uid or id!r}.")
        return found


def _moment(name: str, value: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise Mistake(f"{name} {value!r} is no RFC 3339 time, such as 2026-11-23T09:00:00Z.") from error
    if moment.tzinfo is None:
        raise Mistake(f"{name} {value!r} has no offset; write Z or +01:00 after it.")
    return moment
