"""The doors of Microsoft Graph: which calls there are, and what each is checked for before it is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from sandbox.calls import Operation
from sandbox.graph.access import Doorkeeper
from sandbox.graph.errors import GraphError, answer, refuse_shape, request_ids
from sandbox.graph.events import Events
from sandbox.graph.mailboxes import calendar_json, settings_json
from sandbox.graph.outlook import OutlookMailboxes
from sandbox.graph.paging import Pages
from sandbox.graph.preferences import Preferences
from sandbox.graph.querying import Options, options, window
from sandbox.graph.schedules import Schedules
from sandbox.graph.showing import event_json
from sandbox.login import Access, Entra
from sandbox.rules import graph as rules
from sandbox.rules.graph_permissions import READ_BODIES
from sandbox.rules.shapes import Misshapen, Record
from sandbox.world import Event, Json, Mailbox, World

CONTEXT = "https://graph.microsoft.com/v1.0/$metadata#"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that was let in."""

    request: web.Request
    access: Access
    mailbox: Mailbox
    prefer: Preferences
    body: Mapping[str, Json]

    @property
    def event_id(self) -> str:
        return self.request.match_info["event"]

    @property
    def if_match(self) -> str | None:
        return self.request.headers.get("If-Match")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer's status, body and headers."""

    body: Json = None
    status: int = 200
    headers: Mapping[str, str] | None = None


Answering = Callable[[Asked], Given]


class Graph:
    """A Vendor. `entra` gives the tokens it reads."""

    name = "graph"
    at_once: int | None = rules.CALLS_AT_ONCE

    def __init__(self, world: World, entra: Entra) -> None:
        self.outlook = OutlookMailboxes(world)
        self._world = world
        self._door = Doorkeeper(world, entra.directory, entra.tokens)
        self._events = Events(world)
        self._schedules = Schedules(world, entra.directory, self.outlook)
        self._pages = Pages()
        self.operations: Sequence[Operation] = (
            *self._operations_of("/v1.0/users/{user}"),
            *self._operations_of("/v1.0/me"),
            *(Operation("unknown", method, "/{segments:.*}", _no_such_segment) for method in METHODS),
        )

    def _operations_of(self, user: str) -> Sequence[Operation]:
        """What can be asked of one mailbox."""
        event = f"{user}/events/{{event}}"
        return (
            self._operation("getSchedule", "POST", f"{user}/calendar/getSchedule", self._schedule, rules.GET_SCHEDULE),
            self._operation("calendar.get", "GET", f"{user}/calendar", self._calendar),
            self._operation("mailboxSettings.get", "GET", f"{user}/mailboxSettings", self._settings),
            self._operation("calendarView", "GET", f"{user}/calendarView", self._view),
            self._operation("events.list", "GET", f"{user}/events", self._list),
            self._operation("events.create", "POST", f"{user}/events", self._create, rules.NEW_EVENT),
            self._operation("events.get", "GET", event, self._get),
            self._operation("events.update", "PATCH", event, self._update, rules.EVENT_CHANGE),
            self._operation("events.delete", "DELETE", event, self._delete),
            self._operation("events.cancel", "POST", f"{event}/cancel", self._cancel, rules.CANCEL),
            self._operation("events.accept", "POST", f"{event}/accept", self._accept, rules.ACCEPT),
            self._operation("events.decline", "POST", f"{event}/decline", self._decline, rules.PROPOSE),
            self._operation(
                "events.tentativelyAccept", "POST", f"{event}/tentativelyAccept", self._unsure, rules.PROPOSE
            ),
        )

    async def mailbox(self, request: web.Request) -> str | None:
        return self._door.address(request)

    def error(self, status: int, reason: str | None = None) -> web.Response:
        headers = {"Retry-After": "1"} if status == 429 else None
        ids = request_ids(None)
        return answer(status, GraphError(status, reason).body(ids), ids, headers)

    def _operation(
        self, name: str, method: str, path: str, answering: Answering, shape: Record | None = None
    ) -> Operation:
        permission = f"{method} {_in_general(path)}"

        async def handle(request: web.Request) -> web.StreamResponse:
            raw = await request.read()
            ids = request_ids(request)
            try:
                access = self._door.admitted(request, permission)
                prefer = Preferences.of(request)
                mailbox = self._door.mailbox(access, request.match_info.get("user"))
                body = _body(raw, shape) if shape is not None else {}
                given = answering(Asked(request, access, mailbox, prefer, body))
            except GraphError as error:
                return answer(error.status, error.body(ids), ids, error.headers)
            return answer(given.status, given.body, ids, given.headers)

        return Operation(name, method, path, handle)

    # Calendars and mailboxes

    def _schedule(self, asked: Asked) -> Given:
        found = self._schedules.answer(asked.body, asked.access, asked.prefer)
        return Given({"@odata.context": f"{CONTEXT}Collection(microsoft.graph.scheduleInformation)", "value": found})

    def _calendar(self, asked: Asked) -> Given:
        wanted = options(asked.request.query, "$select", rules.CALENDAR_PROPERTIES).select
        return _chosen(calendar_json(asked.mailbox), wanted)

    def _settings(self, asked: Asked) -> Given:
        wanted = options(asked.request.query, "$select", rules.MAILBOX_PROPERTIES).select
        settings = self.outlook.settings(asked.mailbox)
        return _chosen(settings_json(asked.mailbox, settings, self._world.clock.now().year), wanted)

    # Events

    def _view(self, asked: Asked) -> Given:
        start, end = window(asked.request.query)
        wanted = self._options(asked, "$select $expand $top $orderby $skiptoken")
        return self._page(asked, wanted, self._world.between(asked.mailbox, start, end))

    def _list(self, asked: Asked) -> Given:
        wanted = self._options(asked, "$select $expand $top $orderby $filter $skiptoken")
        return self._page(asked, wanted, self._events.listed(asked.mailbox, wanted))

    def _get(self, asked: Asked) -> Given:
        wanted = self._options(asked, "$select $expand")
        return self._shown(asked, self._events.found(asked.mailbox, asked.event_id), wanted)

    def _create(self, asked: Asked) -> Given:
        whole = self._options(asked, "")
        return self._shown(asked, self._events.create(asked.mailbox, asked.body), whole, 201)

    def _update(self, asked: Asked) -> Given:
        whole = self._options(asked, "")
        changed = self._events.change(asked.mailbox, asked.event_id, asked.body, asked.if_match)
        return self._shown(asked, changed, whole)

    def _delete(self, asked: Asked) -> Given:
        self._events.delete(asked.mailbox, asked.event_id, asked.if_match)
        return Given(status=204)

    def _cancel(self, asked: Asked) -> Given:
        self._events.cancel(asked.mailbox, asked.event_id)
        return Given(status=202)

    def _accept(self, asked: Asked) -> Given:
        self._events.answer(asked.mailbox, asked.event_id, "accepted", asked.body)
        return Given(status=202)

    def _decline(self, asked: Asked) -> Given:
        self._events.answer(asked.mailbox, asked.event_id, "declined", asked.body)
        return Given(status=202)

    def _unsure(self, asked: Asked) -> Given:
        self._events.answer(asked.mailbox, asked.event_id, "tentative", asked.body)
        return Given(status=202)

    # Showing

    def _options(self, asked: Asked, allowed: str) -> Options:
        return options(asked.request.query, allowed, rules.EVENT_PROPERTIES, asked.prefer.page)

    def _page(self, asked: Asked, wanted: Options, found: list[Event]) -> Given:
        page, link = self._pages.page(asked.request, found, wanted)
        body: dict[str, Json] = {
            "@odata.context": f"{CONTEXT}users('{asked.mailbox.address}')/events",
            "value": [self._event(asked, event, wanted) for event in page],
        }
        return Given(body if link is None else {**body, "@odata.nextLink": link})

    def _shown(self, asked: Asked, event: Event, wanted: Options, status: int = 200) -> Given:
        shown = self._event(asked, event, wanted)
        context = f"{CONTEXT}users('{asked.mailbox.address}')/events/$entity"
        return Given({"@odata.context": context, **shown}, status)

    def _event(self, asked: Asked, event: Event, wanted: Options) -> dict[str, Json]:
        bodies = bool(asked.access.permissions & READ_BODIES)
        return event_json(self._world.seen(event), asked.prefer, wanted, bodies=bodies)


METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


async def _no_such_segment(request: web.Request) -> web.StreamResponse:
    ids = request_ids(request)
    error = GraphError(400, "BadRequest", f"Resource not found for the segment '{request.path.rpartition('/')[2]}'.")
    return answer(400, error.body(ids), ids)


def _in_general(path: str) -> str:
    """As the tables of permissions name a path: /me is one of the users."""
    return path.removeprefix("/v1.0").replace("/me", "/users/{id}").replace("{user}", "{id}").replace("{event}", "{id}")


def _chosen(whole: Mapping[str, Json], wanted: frozenset[str] | None) -> Given:
    return Given({name: value for name, value in whole.items() if wanted is None or name in wanted})


def _body(raw: bytes, shape: Record) -> Mapping[str, Json]:
    try:
        sent = json.loads(raw or b"{}")
    except ValueError:
        raise GraphError(400, "BadRequest", "Unable to read JSON request payload.") from None
    if shape is rules.GET_SCHEDULE and isinstance(sent, dict) and sent.get("availabilityViewInterval", 0) is None:
        raise GraphError(500)  # as the service does
    try:
        return shape.checked(sent)
    except Misshapen as wrong:
        if wrong.path == "schedules" and wrong.fault == "limit":
            raise GraphError(400, "ErrorMailboxDataArrayTooBig", "Too many entries in MailboxDataArray.") from wrong
        refuse_shape(wrong)
