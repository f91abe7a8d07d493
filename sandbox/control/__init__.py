"""The control routes under /_/: look at the world and drive it. JSON in, JSON out; a mistake is 400 {"error"}.

An event is named by {"mailbox", "uid"} or {"mailbox", "id"}. Times are RFC 3339 with an offset; where `start` and
`end` are dates the event is all-day, its end excluded.

GET  /_/world[?mailbox=A&mailbox=B]  {"now", "mailboxes": {address: {"name", "suite": "google"|"microsoft",
     "time_zone", "suspended", "owner": whose secondary calendar it is|null, "grants": [{"vendor", "client_id",
     "scopes", "refresh_tokens": how many are alive}], "events": [EVENT], "deleted": [EVENT]}}, "tenants": {id:
     {"domains", "people_decide", "administrators", "applications": {client id: roles}}}},
     EVENT = {"id", "uid", "title", "start", "end", "all_day", "organizer", "attendees": [{"email", "response":
     "needsAction"|"accepted"|"tentative"|"declined"}], "busy", "shows": "free"|"tentative"|"busy"|"oof"|"elsewhere",
     "status": "confirmed"|"tentative"|"cancelled", "private", "conference": {"kind": "Meet"|"Teams", "state":
     "pending"|"success"|"failure", "url"}|null, "sequence", "revision"}; "events" is what the owner sees, "deleted"
     what has gone from there. Times are UTC, days are dates.
     And {"letters": {address: [{"n", "at", "from", "to", "subject", "message_id", "after", "text", "invitation":
     {"method", "uid", "sequence", "start", "end", "organizer", "link"}|null}]}}: what came by mail, for anybody.
GET  /_/log[?after=N]      {"calls": [{"n", "at", "vendor", "operation", "method", "path", "mailbox", "status"}]}
POST /_/log/clear
POST /_/clock              {"now"} or {"jump_seconds"} -> {"now"}
POST /_/event              {"mailbox", "start", "end", "title"?, "shows"?, "private"?} -> EVENT
POST /_/move               event, {"start", "end"} -> EVENT. Only its organizer can.
POST /_/cancel             event -> EVENT. Only its organizer can.
POST /_/delete             event -> EVENT: out of this calendar (the organizer's: cancelled).
POST /_/accept, /_/decline, /_/tentative   event, {"comment"?} -> EVENT. Of an invitation that came by mail its
                           organizer hears by mail.
POST /_/counter            event, {"start", "end", "comment"?} -> EVENT: another time is proposed, by mail.
POST /_/mailbox            {"address", "suite", "time_zone", "name"?, "days"? [0 = Monday], "day_start"?, "day_end"?
                           (minutes from midnight), "conference"?, "has_calendar"?, "suspended"?,
                           "purpose"?: "user"|"shared"|"room"|"list", "apart"? (no administrator's consent reaches it)}
POST /_/suspend            {"mailbox", "suspended"? (default true)}
POST /_/leave              {"mailbox"}: the account is deleted
POST /_/calendar           {"mailbox", "name", "id"?, "time_zone"?} -> {"id"}: a further Google calendar this person
                           owns; its id is a "mailbox" wherever events are meant
POST /_/share              {"mailbox": the calendar, "with", "role"?: "freeBusyReader"|"reader"|"writer"|"owner"}
POST /_/revoke, /_/restore {"mailbox"} or {"domain"}: what administrators consented to for it is withdrawn, tokens
                           dead; and given again. A mailbox's own consent goes too, and comes by a new one alone
POST /_/consent            {"url", "mailbox", "decision"?: "allow"|"cancel"|"return", "scopes"?} -> {"method", "url",
                           "form"}: what a browser would send to the application next, had this person opened the
                           consent page at this address and pressed so. `scopes`: which boxes are ticked; all of them
                           where none is named
POST /_/consent/withdraw   {"mailbox"}: whatever this person allowed, on the account's own page; tokens dead
POST /_/tokens/kill        {"mailbox"}: refresh tokens are refused (invalid_grant), access tokens live to their end
POST /_/tokens/expire      {"mailbox"} or {"domain"}: access tokens end, refresh tokens live
POST /_/tokens/challenge   {"mailbox"}: Graph refuses this person's tokens until the claims it names are asked for,
                           where the client has said that it understands that (cp1)
POST /_/tokens/drop        {"mailbox", "times"? (default 1)}: the next answers come without a refresh token
POST /_/tokens/rotate      {"tolerated_seconds"}: how long Entra takes a refresh token that was used once (a day)
POST /_/tokens/alter       {"mailbox", "claims", "times"? (default 1)}: the next id tokens say this instead, null
                           leaves a claim out; they are signed all the same
POST /_/policy             {"domain", "people_decide"}: whether its people may let applications in by themselves.
                           Microsoft asks for an administrator where not; Google blocks, what was allowed before too
POST /_/client             {"suite", "redirect_uris", "client_id"?} -> {"client_id", "client_secret"}: registered, and
                           may send people back to these addresses too
POST /_/conference         {"suite", "pending_answers"?, "pending_ms"?, "outcome"?: "success"|"failure"}
POST /_/outlook            {"mailbox", "shares_titles"?, "custom_zone"?, "zone_name"?, "schedule_error"?}: how
                           Outlook keeps it and what getSchedule tells of it
POST /_/google/delegation  {"domain", "scopes", "client_email"?}: domain-wide delegation as its admin enters it;
                           no scopes: taken away
POST /_/entra/tenant       {"tenant": a GUID, "domains"}
POST /_/entra/administrators {"tenant": its id or a domain, "mailboxes"}: these and no others
POST /_/entra/permissions  {"roles", "scopes"?, "client_id"?}: what the registration asks administrators for
POST /_/entra/consent      {"tenant", "client_id", "roles"}: what an administrator consents to, and nothing else
POST /_/entra/remove       {"tenant", "permission", "client_id"?}: one permission taken away, tokens live on
GET  /_/faults             {"faults": [FAULT], "latency_ms": {vendor: milliseconds}}
POST /_/faults             {"kind": "status"|"html"|"empty"|"truncate"|"drop"|"delay", "vendor"?, "mailbox"?,
                           "operation"?, "status"?, "reason"?, "retry_after"?, "after_commit"?, "delay_ms"?,
                           "times"? (default 1; 0 = until cleared), "text"?: what it says in words} -> {"id"}
POST /_/faults/clear       {"id"?}
POST /_/latency            {"ms", "vendor"?}: every call takes so much longer
     /_/slack/...          is listed in sandbox/slack/control.py, /_/teams/... in sandbox/teams/control.py
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.calls import CallLog
from sandbox.clock import WorldClock
from sandbox.control.accounts import Accounts
from sandbox.control.administering import Administrator
from sandbox.control.consents import Consents
from sandbox.control.driving import Owner
from sandbox.control.operating import Operator
from sandbox.control.reading import Mistake, Told
from sandbox.control.showing import event_json, world_json
from sandbox.control.visiting import Visitor
from sandbox.faults import Faults
from sandbox.mailbox import Answering
from sandbox.world import Json, World

__all__ = ["Visitor", "control_routes", "event_json", "world_json"]

Deed = Callable[[Told], Json]


def control_routes(
    world: World, clock: WorldClock, faults: Faults, log: CallLog, answering: Answering
) -> list[web.RouteDef]:
    """Every route of this module's docstring."""

    async def show_world(request: web.Request) -> web.StreamResponse:
        return web.json_response(world_json(world, request.query.getall("mailbox", [])))

    owner = Owner(world, answering)
    administrator = Administrator(world)
    visitor = Visitor(world)
    accounts = Accounts(world)
    consents = Consents(world)
    operator = Operator(clock, faults, log)
    deeds: dict[str, Deed] = {
        "clock": operator.set_clock,
        "event": owner.add_event,
        "move": owner.move,
        "cancel": owner.cancel,
        "delete": owner.delete,
        "accept": owner.accept,
        "decline": owner.decline,
        "tentative": owner.tentative,
        "counter": owner.counter,
        "mailbox": owner.add_mailbox,
        "revoke": owner.revoke,
        "restore": owner.restore,
        "conference": owner.mint,
        "outlook": administrator.set_outlook,
        "suspend": accounts.suspend,
        "leave": accounts.delete,
        "calendar": accounts.add_calendar,
        "share": accounts.share,
        "consent": visitor.decide,
        "consent/withdraw": consents.withdraw,
        "tokens/kill": consents.kill,
        "tokens/expire": consents.expire,
        "tokens/challenge": consents.challenge,
        "tokens/drop": consents.drop,
        "tokens/rotate": consents.rotate,
        "tokens/alter": consents.alter,
        "client": administrator.register,
        "policy": administrator.set_policy,
        "google/delegation": administrator.delegate,
        "entra/consent": administrator.consent,
        "entra/remove": administrator.remove_permission,
        "entra/permissions": administrator.list_permissions,
        "entra/tenant": administrator.add_tenant,
        "entra/administrators": administrator.set_administrators,
        "faults": operator.add_fault,
        "faults/clear": operator.clear_faults,
        "latency": operator.set_latency,
        "log/clear": operator.clear_log,
    }
    return [
        web.get("/_/world", show_world),
        web.get("/_/log", operator.show_log),
        web.get("/_/faults", operator.show_faults),
        *(web.post(f"/_/{name}", _route(deed)) for name, deed in deeds.items()),
    ]


def _route(deed: Deed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(deed(await Told.of(request)))
        except Mistake as mistake:
            return _mistake(str(mistake))

    return answer


def _mistake(sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=400)
