"""getSchedule: when people are free and busy, one entry an address, errors inside the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast  # bodies arrive checked against sandbox.rules.graph

from sandbox.graph.errors import GraphError
from sandbox.graph.hours import working_hours
from sandbox.graph.outlook import OutlookMailboxes, OutlookSettings
from sandbox.graph.preferences import Preferences
from sandbox.graph.reading import instant
from sandbox.graph.showing import SHOW_AS
from sandbox.login import CONSUMERS, Access, Directory
from sandbox.rules import graph as rules
from sandbox.world import Event, Json, Mailbox, World

VIEW = {"free": 0, "elsewhere": 4, "tentative": 1, "busy": 2, "oof": 3}
RANK = ("free", "elsewhere", "tentative", "busy", "oof")
NOT_FOUND, TOO_MANY, NO_ACCESS = "5009", "5006", "ErrorNoFreeBusyAccess"


@dataclass(frozen=True, slots=True)
class _Window:
    """What was asked of each; `step` is one digit of availabilityView."""

    start: datetime
    end: datetime
    step: timedelta
    prefer: Preferences


@dataclass(frozen=True, slots=True)
class Schedules:
    """Answers for every mailbox of the caller's tenant."""

    world: World
    directory: Directory
    outlook: OutlookMailboxes

    def answer(self, sent: Mapping[str, Json], access: Access, prefer: Preferences) -> list[Json]:
        """One scheduleInformation an address, in the order asked. Raises GraphError for the request as a whole."""
        if access.tenant == CONSUMERS:
            raise GraphError(400, "BadRequest", "This API is not supported for MSA accounts.")
        body = cast("dict[str, Any]", sent)
        start, end = instant(body["startTime"]), instant(body["endTime"])
        if end <= start:
            raise GraphError(400, "ErrorInvalidTimeInterval", "FreeBusyViewOptions.TimeWindow is invalid.")
        if end - start >= rules.LONGEST_SCHEDULE:
            raise GraphError(400, "ErrorTimeIntervalTooBig", "FreeBusyViewOptions.TimeWindow is too long.")
        step = timedelta(minutes=body.get("availabilityViewInterval", 30))
        asked = _Window(start, end, step, prefer)
        return [self._schedule(address, access, asked) for address in body["schedules"]]

    def _schedule(self, address: str, access: Access, asked: _Window) -> Json:
        mailbox = self.directory.person(access.tenant, address) if "@" in address else None
        if mailbox is None or mailbox.suite != "microsoft" or not mailbox.has_calendar or mailbox.suspended:
            return _error(address, NOT_FOUND, "Unable to resolve e-mail address to an Active Directory object.")
        settings = self.outlook.settings(mailbox)
        if access.person is None and self.world.is_revoked(mailbox.address):
            return _error(address, NO_ACCESS, "The application has no permission to look up free/busy information.")
        if settings.schedule_error is not None:
            return _error(address, settings.schedule_error, "The schedule could not be read.")
        found = self.world.between(mailbox, asked.start, asked.end)
        if len(found) > rules.MOST_SCHEDULE_ITEMS:
            return _error(address, TOO_MANY, "The result set contains too many calendar entries.")
        return {
            "scheduleId": address,
            "availabilityView": _view(mailbox, found, asked),
            "scheduleItems": [_item(mailbox, event, settings, asked.prefer) for event in found],
            "workingHours": working_hours(mailbox, settings, asked.start.year),
        }


def _item(mailbox: Mailbox, event: Event, settings: OutlookSettings, prefer: Preferences) -> dict[str, Json]:
    begins, ends = event.when.bounds(mailbox.time_zone)
    item: dict[str, Json] = {
        "status": SHOW_AS[event.availability],
        "start": prefer.moment(begins),
        "end": prefer.moment(ends),
    }
    if settings.shares_titles and not event.private:
        item |= {"isPrivate": False, "subject": event.title, "location": event.location}
    return item


def _view(mailbox: Mailbox, found: list[Event], asked: _Window) -> str:
    start, end, step = asked.start, asked.end, asked.step
    slots = [0] * -((start - end) // step)
    for event in found:
        begins, ends = event.when.bounds(mailbox.time_zone)
        first, last = max(0, (begins - start) // step), min(len(slots), -((start - ends) // step))
        for slot in range(first, last):
            slots[slot] = max(slots[slot], RANK.index(event.availability))
    return "".join(str(VIEW[RANK[slot]]) for slot in slots)


def _error(address: str, code: str, message: str) -> Json:
    return {"scheduleId": address, "error": {"message": message, "responseCode": code}}
