"""What drives Slack under /_/slack. JSON in, JSON out; a mistake is 400 {"error"}. "as" is a person's address,
"channel" the direct messages with the application where none is named. What is delivered answers {"status", "text"}:
the application's answer, status 0 where there was none.

POST /_/slack/app          {"url"?, "messages_tab"?, "rotating"?, "rates"?, "redirect_uris"?} -> what the application
                           has to know: {"app", "client_id", "client_secret", "signing_secret", "app_token", "api",
                           "lines": how many are open}
POST /_/slack/install      {"domain", "scopes"?} or {"enterprise", "scopes"?} -> {"token", "refresh_token", "place"}
POST /_/slack/uninstall    {"place"}: app_uninstalled and tokens_revoked are delivered, tokens dead
POST /_/slack/enterprise   {"name", "domains"} -> {"enterprise"}: these workspaces are one organisation's
POST /_/slack/person       {"as", "guest"?: ""|"multi"|"single", "locale"?, "time_zone"?, "deleted"?, "bot"?,
                           "stranger"?, "admin"?, "confirmed"?, "email"?: what the profile shows, "also"?: the domain
                           of a further workspace} -> {"user", "team"}; user_change is delivered where the
                           application is installed
POST /_/slack/channel      {"domain", "name", "members": addresses, "bot"?, "archived"?} -> {"channel"}
POST /_/slack/command      {"as", "line", "channel"?}
POST /_/slack/say          {"as", "text", "channel"?} -> {"ts", ...}
POST /_/slack/press        {"as", "channel", "ts" | "view", "block", "action", "value"?, "values"?}: `value` is an
                           option's, a date, or what was typed; `values` are what else stands in a view by then
POST /_/slack/submit       {"as", "view", "values": {block: {action: value}}} -> {"errors": {block: text}, "trouble"}
POST /_/slack/close        {"as", "view", "all"?}
POST /_/slack/suggest      {"as", "channel" and "ts" | "view", "block", "action", "value"} -> {"options"}
POST /_/slack/shortcut     {"as", "callback"} or {"as", "callback", "channel", "ts"} for a message's
POST /_/slack/home         {"as", "tab"?: "home"|"messages"}
POST /_/slack/event        {"as", "event"}: any event, in its envelope
POST /_/slack/age          trigger ids given so far are too old now
POST /_/slack/lines        {"reason"?: "refresh_requested"|"warning"|"link_disabled"}: every line is told to come back
POST /_/slack/consent      {"url", "as", "decision"?: "allow"|"cancel", "org"?} -> {"method", "url", "form"}: where
                           the page on which one installs leads; `org`: for a whole organisation
GET  /_/slack/screen?as=A[&channel=C][&seen=N]   what this person sees; with `seen`, once it is newer than that
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

from sandbox.consent.outcome import Blocked, Return
from sandbox.control.reading import Mistake, Told
from sandbox.slack.courier import Receipt
from sandbox.slack.filled_in import Impossible
from sandbox.slack.lines import REASONS, Reason
from sandbox.slack.messages import Message
from sandbox.slack.people import FLAGS
from sandbox.slack.refusals import Refused
from sandbox.slack.screen import screen
from sandbox.slack.vendor import Slack
from sandbox.slack.views import View
from sandbox.world import Json

Deed = Callable[[Told], Awaitable[Json]]
WAIT_SECONDS = 20.0


def slack_routes(slack: Slack) -> list[web.RouteDef]:
    """Every route of this module's docstring."""
    persons, operator = Person(slack), Operator(slack)
    deeds: dict[str, Deed] = {
        "app": operator.register,
        "install": operator.install,
        "uninstall": operator.uninstall,
        "enterprise": operator.organise,
        "person": operator.describe,
        "channel": operator.add_channel,
        "event": operator.event,
        "age": operator.age,
        "lines": operator.refresh,
        "consent": operator.consent,
        "command": persons.command,
        "say": persons.say,
        "press": persons.press,
        "submit": persons.submit,
        "close": persons.close,
        "suggest": persons.suggest,
        "shortcut": persons.shortcut,
        "home": persons.home,
    }

    async def show(request: web.Request) -> web.StreamResponse:
        query = request.query
        seen = query.get("seen", "")
        if seen.isdecimal():
            await slack.state.changes.since(int(seen), WAIT_SECONDS)
        try:
            return web.json_response(screen(slack, query.get("as", ""), query.get("channel", "")))
        except Impossible as mistake:
            return web.json_response({"error": str(mistake)}, status=400)

    return [
        web.get("/_/slack/screen", show),
        *(web.post(f"/_/slack/{name}", _route(deed)) for name, deed in deeds.items()),
    ]


class Person:
    """What somebody in Slack does."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def command(self, told: Told) -> Json:
        address, line, channel = told.text("as"), told.text("line"), told.text("channel", "")
        told.done()
        return _receipt(await self._slack.hands.command(address, channel, line))

    async def say(self, told: Told) -> Json:
        address, text, channel = told.text("as"), told.text("text"), told.text("channel", "")
        told.done()
        message, receipt = await self._slack.hands.say(address, channel, text)
        return {"ts": message.ts, "channel": message.channel, **_receipt(receipt)}

    async def press(self, told: Told) -> Json:
        address, where = told.text("as"), self._where(told)
        block, action, value = told.text("block"), told.text("action"), told.any("value")
        values = told.fields("values") if told.has("values") else {}
        told.done()
        if isinstance(where, View):
            self._slack.forms.fill(address, where.id, _by_block(values))
            return _receipt(await self._slack.forms.choose(address, where.id, block, action, value))
        return _receipt(await self._slack.hands.press(address, where, block, action, value))

    async def submit(self, told: Told) -> Json:
        address, view, values = told.text("as"), told.text("view"), told.fields("values")
        told.done()
        sent = await self._slack.forms.submit(address, view, _by_block(values))
        return {"errors": dict(sent.errors), "trouble": sent.trouble}

    async def close(self, told: Told) -> Json:
        address, view, all = told.text("as"), told.text("view"), told.flag("all")
        told.done()
        await self._slack.forms.close(address, view, all=all)
        return {}

    async def suggest(self, told: Told) -> Json:
        address, where = told.text("as"), self._where(told)
        block, action, value = told.text("block"), told.text("action"), told.text("value", "")
        told.done()
        return {"options": await self._slack.forms.suggest(address, where, block, action, value)}

    async def shortcut(self, told: Told) -> Json:
        address, callback = told.text("as"), told.text("callback")
        where = self._where(told) if told.has("ts") else None
        told.done()
        if isinstance(where, Message):
            return _receipt(await self._slack.hands.message_shortcut(address, where, callback))
        return _receipt(await self._slack.hands.shortcut(address, callback))

    async def home(self, told: Told) -> Json:
        address, tab = told.text("as"), told.choice("tab", ("home", "messages"), "home")
        told.done()
        return _receipt(await self._slack.hands.look_at_home(address, tab))

    def _where(self, told: Told) -> Message | View:
        if told.has("view"):
            return self._slack.forms.view(told.text("as"), told.text("view"))
        message = self._slack.state.messages.one(told.text("channel"), told.text("ts"))
        if message is None:
            raise Mistake("There is no such message.")
        return message


class Operator:
    """Nobody in the world sees this hand."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def register(self, told: Told) -> Json:
        slack = self._slack
        url, redirects = told.maybe("url"), told.texts("redirect_uris") if told.has("redirect_uris") else ()
        slack.saying.messages_tab = told.flag("messages_tab", slack.saying.messages_tab)
        slack.installed.rotating = told.flag("rotating", slack.installed.rotating)
        slack.state.rates.on = told.flag("rates", slack.state.rates.on)
        told.done()
        if url is not None:
            slack.courier.deliver_to(url)
        slack.letting_in.register(redirects)
        app = slack.installed.app
        return {
            "app": app.id,
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "signing_secret": app.signing_secret,
            "app_token": app.app_token,
            "api": slack.api,
            "lines": slack.lines.open,
        }

    async def install(self, told: Told) -> Json:
        enterprise, domain = told.maybe("enterprise"), told.maybe("domain")
        scopes = {"scopes": told.texts("scopes")} if told.has("scopes") else {}
        told.done()
        if (enterprise is None) == (domain is None):
            raise Mistake("Say either domain or enterprise.")
        installed = self._slack.installed
        fresh = installed.install(domain, **scopes) if domain else installed.install_org(enterprise or "", **scopes)
        place = self._slack.people.team_of(domain).id if domain else enterprise
        return {"token": fresh.access, "refresh_token": fresh.refresh, "place": place}

    async def uninstall(self, told: Told) -> Json:
        place = told.text("place")
        told.done()
        return _receipt(await self._slack.uninstall(place))

    async def organise(self, told: Told) -> Json:
        name, domains = told.text("name"), told.texts("domains")
        told.done()
        return {"enterprise": self._slack.people.organise(name, domains)}

    async def describe(self, told: Told) -> Json:
        address = told.text("as")
        changes: dict[str, str | bool] = {name: told.flag(name) for name in FLAGS if told.has(name)}
        changes |= {name: told.text(name) for name in ("guest", "locale", "email", "also") if told.has(name)}
        if told.has("time_zone"):
            changes["time_zone"] = told.zone("time_zone")
        told.done()
        try:
            member = self._slack.people.describe(address, **changes)
        except ValueError as error:
            raise Mistake(str(error)) from error
        if changes and not member.deleted and self._slack.installed.of(member.team):
            await self._slack.hands.changed(address)
        self._slack.state.changes.tell()
        return {"user": member.id, "team": member.team.id}

    async def add_channel(self, told: Told) -> Json:
        domain, name, members = told.text("domain"), told.text("name"), told.texts("members")
        bot, archived = told.flag("bot"), told.flag("archived")
        told.done()
        people = self._slack.people
        ids = [people.id_of(address) for address in members]
        channel = self._slack.state.channels.add(people.team_of(domain), name, ids, bot=bot, archived=archived)
        self._slack.state.changes.tell()
        return {"channel": channel.id}

    async def event(self, told: Told) -> Json:
        address, event = told.text("as"), told.fields("event")
        told.done()
        payload = self._slack.hands.payloads(address).event(event)
        receipt = await self._slack.courier.event(payload)
        return {"event_id": payload["event_id"], **_receipt(receipt)}

    async def age(self, told: Told) -> Json:
        told.done()
        self._slack.state.triggers.age()
        return {}

    async def refresh(self, told: Told) -> Json:
        reason: Reason = told.choice("reason", REASONS, "refresh_requested")
        told.done()
        return {"lines": await self._slack.lines.refresh(reason)}

    async def consent(self, told: Told) -> Json:
        url, address = urlsplit(told.text("url")), told.text("as")
        decision = told.choice("decision", ("allow", "cancel"), "allow")
        org = told.flag("org")
        told.done()
        try:
            outcome = self._slack.letting_in.visit(dict(parse_qsl(url.query)), address, decision, org=org)
        except Blocked as blocked:
            raise Mistake(str(blocked)) from blocked
        if not isinstance(outcome, Return):
            raise Mistake(f"There is no mailbox {address!r}.")
        return outcome.json()


def _by_block(values: Mapping[str, Json]) -> dict[str, dict[str, Json]]:
    return {block: each for block, each in values.items() if isinstance(each, dict)}


def _receipt(receipt: Receipt | None) -> dict[str, Json]:
    if receipt is None:
        return {"status": None, "text": ""}
    return {"status": receipt.status, "text": receipt.text}


def _route(deed: Deed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await deed(await Told.of(request)))
        except (Mistake, Impossible) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)
        except Refused as refused:
            return web.json_response({"error": refused.code}, status=400)

    return answer
