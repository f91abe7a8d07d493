"""events.list: windows, pages and incremental sync."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

from multidict import MultiMapping

from sandbox.google.contract import moment
from sandbox.google.errors import GoogleError
from sandbox.google.events import at_most
from sandbox.google.showing import calendar_etag, event_resource, stamp, stub
from sandbox.world import Event, Json, Mailbox, World

NOT_WITH_SYNC_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
MUST_STAY_EQUAL = ("singleEvents", "showHiddenInvitations", "eventTypes")
LARGEST_PAGE = 2500

Query = MultiMapping[str]
Test = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class Mark:
    """What page and sync tokens carry: the world's revision they start from, how many entries were shown since,
    and what must be asked again alike."""

    calendar: str
    revision: int
    offset: int
    alike: list[list[str]]

    def text(self) -> str:
        return base64.urlsafe_b64encode(
            json.dumps([self.calendar, self.revision, self.offset, self.alike]).encode()
        ).decode()

    @classmethod
    def read(cls, text: str, calendar: str) -> Mark | None:
        try:
            mark = cls(*json.loads(base64.urlsafe_b64decode(text)))
        except (ValueError, TypeError):
            return None
        return mark if mark.calendar == calendar else None


def listed(world: World, owner: Mailbox, query: Query) -> dict[str, Json]:
    """One page of a calendar's events."""
    since = _sync_start(owner, query)
    alike = [query.getall(name, []) for name in MUST_STAY_EQUAL]
    if since is not None and since.alike != alike:
        raise GoogleError("invalid", "The parameters differ from those of the first synchronization.", "syncToken")
    page = Mark(owner.address, world.revision, 0, alike)
    if "pageToken" in query:
        found = Mark.read(query["pageToken"], owner.address)
        if found is None:
            raise GoogleError("invalid", "Invalid page token value.", "pageToken")
        page = found
    entries = _entries(world, owner, query, since)
    size = min(int(query.get("maxResults", "250")), LARGEST_PAGE)
    shown = entries[page.offset : page.offset + size]
    answer: dict[str, Json] = {
        "kind": "calendar#events",
        "etag": calendar_etag(page.revision),
        "summary": owner.address,
        "updated": stamp(max((each.updated for each in entries), default=world.clock.now())),
        "timeZone": query.get("timeZone", owner.time_zone),
        "accessRole": "owner",
        "defaultReminders": [],
        "items": [_item(world, owner, each, query) for each in shown],
    }
    if page.offset + size < len(entries):
        answer["nextPageToken"] = Mark(owner.address, page.revision, page.offset + size, alike).text()
    else:
        answer["nextSyncToken"] = Mark(owner.address, page.revision, 0, alike).text()
    return answer


def _sync_start(owner: Mailbox, query: Query) -> Mark | None:
    if "syncToken" not in query:
        return None
    if query.get("showDeleted") == "false":
        raise GoogleError("invalid", "Sync token cannot be used with showDeleted=false.", "syncToken")
    for name in NOT_WITH_SYNC_TOKEN:
        if name in query:
            raise GoogleError("invalid", f"Sync token cannot be used with {name}.", "syncToken")
    mark = Mark.read(query["syncToken"], owner.address)
    if mark is None:
        raise GoogleError("fullSyncRequired", location="syncToken")
    return mark


def _entries(world: World, owner: Mailbox, query: Query, since: Mark | None) -> list[Event]:
    if query.get("orderBy") == "startTime" and query.get("singleEvents") != "true":
        raise GoogleError("badRequest", "The requested ordering is not available for the particular query.", "orderBy")
    tests = _tests(owner, query)
    deleted_too = since is not None or query.get("showDeleted") == "true"
    after = since.revision if since is not None else 0
    found = [
        event
        for event in world.events(owner.address)
        if event.revision > after and (deleted_too or not event.deleted) and all(test(event) for test in tests)
    ]
    if query.get("orderBy") == "startTime":
        found.sort(key=lambda event: (event.when.bounds(owner.time_zone)[0], event.id))
    elif query.get("orderBy") == "updated":
        found.sort(key=lambda event: event.revision)
    return found


def _tests(owner: Mailbox, query: Query) -> list[Test]:
    tests: list[Test] = []
    if "timeMin" in query:
        after = moment(query["timeMin"], "timeMin")
        tests.append(lambda event: event.when.bounds(owner.time_zone)[1] > after)
    if "timeMax" in query:
        before = moment(query["timeMax"], "timeMax")
        tests.append(lambda event: event.when.bounds(owner.time_zone)[0] < before)
        if "timeMin" in query and before <= moment(query["timeMin"], "timeMin"):
            raise GoogleError("timeRangeEmpty", location="timeMax")
    if "updatedMin" in query:
        changed = moment(query["updatedMin"], "updatedMin")
        tests.append(lambda event: event.updated >= changed)
    if "iCalUID" in query:
        tests.append(lambda event: event.uid == query["iCalUID"])
    if "q" in query:
        words = query["q"].lower()
        tests.append(lambda event: words in f"{event.title}\n{event.body}\n{event.location}".lower())
    if "eventTypes" in query:
        types = query.getall("eventTypes")
        tests.append(lambda event: ("outOfOffice" if event.shows == "oof" else "default") in types)
    tests += [_has_property(pair, "private") for pair in query.getall("privateExtendedProperty", [])]
    tests += [_has_property(pair, "shared") for pair in query.getall("sharedExtendedProperty", [])]
    return tests


def _has_property(pair: str, which: str) -> Test:
    name, equals, value = pair.partition("=")
    if not equals:
        raise GoogleError("invalid", "Extended property constraints are written name=value.")
    if which == "private":
        return lambda event: event.private_properties.get(name) == value
    return lambda event: event.shared_properties.get(name) == value


def _item(world: World, owner: Mailbox, event: Event, query: Query) -> Json:
    if event.deleted:
        return stub(event)
    return at_most(event_resource(world.seen(event), owner, query.get("timeZone")), query)
