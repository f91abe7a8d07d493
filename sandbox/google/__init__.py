"""Google as the bot sees it: Calendar v3 under /google/calendar/v3, tokens and their revocation under /google/oauth2,
the consent screen at /google/o/oauth2/v2/auth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from aiohttp import web
from multidict import MultiMapping

from sandbox.calls import Handler, Operation
from sandbox.consent import Grants
from sandbox.google import calendars
from sandbox.google.access import Access, Bearer
from sandbox.google.account import service_account
from sandbox.google.clients import Client, Clients
from sandbox.google.consenting import PATH, ConsentScreen
from sandbox.google.contract import Method, check_body, check_query, method
from sandbox.google.errors import GoogleError, error_answer
from sandbox.google.events import Events
from sandbox.google.fields import parse
from sandbox.google.granting import UserGrants
from sandbox.google.listing import listed
from sandbox.google.sharing import Reached, Sharing, role_named
from sandbox.google.showing import TIMES_ONLY
from sandbox.google.signing import Signing
from sandbox.google.token import TokenEndpoint
from sandbox.world import Json, Mailbox, World

TITLES = frozenset(
    ["calendar", "calendar.readonly", "calendar.events", "calendar.events.owned", "calendar.events.readonly"]
)
"""With none of these a token may read availability, not what events are about."""
OWNED_ONLY = frozenset(["calendar.events.owned", "calendar.events.owned.readonly"])
"""These stop at calendars that others own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked request: who asks, of whose calendar, with which token, and what was sent."""

    caller: Mailbox
    owner: Mailbox
    bearer: Bearer
    path: Mapping[str, str]
    query: MultiMapping[str]
    body: Mapping[str, Json]
    if_match: str | None


Deed = Callable[[Asked], dict[str, Json] | None]


class Google:
    """The vendor's doors over one world."""

    name = "google"
    at_once: int | None = None

    def __init__(self, world: World) -> None:
        self.access = Access(world)
        self._world = world
        self.clients = Clients(world)
        self.grants = Grants(world, "google")
        people = UserGrants(world, self.access)
        self._token = TokenEndpoint(world, self.access, people)
        screen = ConsentScreen(world)
        self.signing = Signing(world)
        self._events = Events(world)
        self._sharing = Sharing(world)
        self.operations = (
            Operation("token", "POST", "/oauth2/token", self._token.answer),
            Operation("revoke", "POST", "/oauth2/revoke", people.revoke),
            Operation("keys", "GET", "/oauth2/v3/certs", people.published_keys),
            Operation("consent", "GET", PATH, screen.answer),
            Operation("consent", "POST", PATH, screen.answer),
            *self.signing.operations,
            *(self._operation(name, deed) for name, deed in self._deeds().items()),
        )

    def service_account_key(self, url: str, domains: Iterable[str]) -> dict[str, str]:
        """The service account's key file for a sandbox listening at `url`; the admins of `domains` delegate the
        usual scopes to it, unless they have decided otherwise before."""
        key = service_account(self._world, self.access, f"{url}/google/oauth2/token")
        for domain in domains:
            if self.access.delegated(key["client_email"], domain) is None:
                self.access.delegate(key["client_email"], domain)
        return key

    def registration(self, redirect_uris: Iterable[str]) -> Client:
        """The installation's OAuth client, which may send people back to these addresses too."""
        return self.clients.registration(redirect_uris)

    async def mailbox(self, request: web.Request) -> str | None:
        if request.path in ("/google/oauth2/token", "/google/oauth2/revoke"):
            return await self._token.subject(request)
        return self.access.subject(request)

    def error(self, status: int, reason: str | None = None) -> web.Response:
        return error_answer(status, reason)

    def _deeds(self) -> dict[str, Deed]:
        world, events = self._world, self._events
        return {
            "freebusy.query": lambda asked: calendars.free_busy(world, asked.caller, asked.body),
            "events.insert": lambda asked: events.insert(asked.owner, asked.body, asked.query),
            "events.list": lambda asked: listed(world, asked.owner, asked.query),
            "events.get": lambda asked: events.get(asked.owner, asked.path["eventId"], asked.query),
            "events.patch": lambda asked: events.patch(
                asked.owner, asked.path["eventId"], asked.body, asked.query, asked.if_match
            ),
            "events.update": lambda asked: events.update(
                asked.owner, asked.path["eventId"], asked.body, asked.query, asked.if_match
            ),
            "events.delete": lambda asked: events.delete(
                asked.owner, asked.path["eventId"], asked.query, asked.if_match
            ),
            "calendars.get": lambda asked: calendars.calendar(world, asked.owner),
            "calendarList.get": lambda asked: calendars.calendar_list_entry(
                world, asked.caller, asked.path["calendarId"]
            ),
            "calendarList.list": lambda asked: calendars.calendar_list(
                world, asked.caller, role_named(asked.query.get("minAccessRole", ""))
            ),
            "settings.get": lambda asked: calendars.setting(asked.caller, asked.path["setting"]),
        }

    def _operation(self, name: str, deed: Deed) -> Operation:
        of = method(name)

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                body = await _body(request) if of.body is not None else {}
                return self._answer(name, deed, request, body)
            except GoogleError as error:
                return error.answer()

        handler: Handler = answer
        return Operation(name, of.http, of.path, handler)

    def _answer(self, name: str, deed: Deed, request: web.Request, body: Json) -> web.Response:
        """Everything after the body was read: one step, without a pause."""
        of = method(name)
        bearer = self.access.bearer(request, of)
        check_query(of, request.query)
        mask = parse(request.query["fields"], of.answer) if of.answer and "fields" in request.query else None
        checked = check_body(of.body, body) if of.body is not None else {}
        caller = self._caller(bearer, checked)
        reached = self._reached(caller, bearer, of, request.match_info.get("calendarId", "primary"))
        asked = Asked(
            caller=caller,
            owner=reached.calendar,
            bearer=bearer,
            path=request.match_info,
            query=request.query,
            body=checked,
            if_match=request.headers.get("If-Match"),
        )
        result: Json = deed(asked)
        if result is None:
            return web.Response(status=204)
        if name.startswith("events.") and not (bearer.scopes & TITLES and reached.allows("reader")):
            result = _without_titles(result)
        return web.json_response(mask.of(result) if mask is not None else result)

    def _caller(self, bearer: Bearer, body: Mapping[str, Json]) -> Mailbox:
        if not bearer.delegated:
            # A service account without a subject has a calendar of its own, where it can invite nobody.
            raise GoogleError("forbiddenForServiceAccounts" if body.get("attendees") else "notFound")
        caller = self._world.mailbox(bearer.subject)
        if caller is None:
            raise GoogleError("notFound")
        if not caller.has_calendar:
            raise GoogleError("notACalendarUser")
        return caller

    def _reached(self, caller: Mailbox, bearer: Bearer, of: Method, calendar_id: str) -> Reached:
        """The calendar that is named, as far as the caller may go with it."""
        reached = self._sharing.reached(caller, calendar_id)
        if reached is None:
            raise GoogleError("notFound")
        if of.name.startswith("events.") and reached.role != "owner":
            if not bearer.scopes & of.scopes - OWNED_ONLY:
                raise GoogleError("insufficientPermissions")
            if of.http != "GET" and not reached.allows("writer"):
                raise GoogleError("forbidden")
        return reached


async def _body(request: web.Request) -> Json:
    try:
        body: Json = json.loads(await request.read())
    except ValueError:
        raise GoogleError("parseError") from None
    return body


def _without_titles(result: Json) -> Json:
    if not isinstance(result, dict):
        return result
    items = result.get("items")
    if isinstance(items, list):
        return {**result, "items": [_without_titles(each) for each in items]}
    return {name: value for name, value in result.items() if name in TIMES_ONLY}
