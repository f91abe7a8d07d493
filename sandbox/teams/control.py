"""What drives Teams under /_/teams. JSON in, JSON out; a mistake is 400 {"error"}. "as" is a person's address,
"conversation" their chat with the bot where none is named. What is delivered answers {"status", "text"}: the bot's
answer, status 0 where there was none in time.

POST /_/teams/app          {"url"?, "rates"?, "manifest"?, "texts"?: its localisation by language} -> what the bot has
                           to know: {"app_id", "tenant", "secret", "service", "metadata", "login"}
POST /_/teams/token        CLAIMS, or {"claims": CLAIMS, "key"?: "current"|"previous"|"foreign"|"unendorsed", "kid"?}
                           -> {"token"}: signed as told. Where neither iss nor exp nor nbf is among them, they are
                           completed to a good token's
POST /_/teams/keys/rotate  {"keep"?: the one before stays published, true by default} -> {"kid"}
POST /_/teams/person       {"as", "guest"?, "nameless"?, "deleted"?, "locale"?, "time_zone"?} -> {"id", "aadObjectId",
                           "tenant", "conversation": the chat with the bot}
POST /_/teams/group        {"name", "members": addresses, "bot"?} -> {"conversation"}
POST /_/teams/channel      {"team", "name", "members": addresses, "bot"?} -> {"conversation", "team"}
POST /_/teams/install, /_/teams/uninstall   {"as", "conversation"?, "upgrade"?}
POST /_/teams/block        {"as", "blocked"? (default true)}
POST /_/teams/disable      {"domain", "disabled"? (default true)}: the tenant's administrator forbids the app
POST /_/teams/join, /_/teams/leave          {"as", "conversation"}
POST /_/teams/move         {"domain", "region"} -> {"service"}: the tenant's serviceUrl is another from now on
POST /_/teams/say          {"as", "text", "conversation"?, "mention"?, "slash"?, "thread"?} -> {"message", ...}
POST /_/teams/edit         {"as", "message", "text", "conversation"?}
POST /_/teams/delete       {"as", "message", "conversation"?}
POST /_/teams/event        {"as", "type", "more"?, "conversation"?}: any activity, in its envelope
POST /_/teams/again        {"activity": id}: brought once more, as when its answer was lost
POST /_/teams/invoke       {"as", "name", "value"?, "message"?, "conversation"?} -> {"body", ...}: any invoke
GET  /_/teams/screen?as=A[&conversation=C][&seen=N]   what this person sees; with `seen`, once it is newer than that
What people do with cards answers {"errors": {input: what Teams asks for}, "trouble": what Teams says in the app's
place, "said", "card", "url", "attachments"} too:
POST /_/teams/press        {"as", "message", "title", "values"?: by input, "conversation"?, "at"?: which of several,
                           "old"?: with a client that submits instead of executing}
POST /_/teams/refresh      {"as", "message", "manual"?, "conversation"?}: the person looks at a card of their own
POST /_/teams/suggest      {"as", "message", "input", "text", "conversation"?} -> {"choices"}
POST /_/teams/submit       {"as", "title", "values"?}: in the open dialog
POST /_/teams/close        {"as"}
POST /_/teams/consent      {"as", "message", "decision"?: "accept"|"decline", "conversation"?}: a file may come, or not
POST /_/teams/search       {"as", "command", "parameters"?: {name: value}, "conversation"?}: the message extension
POST /_/teams/choose       {"as", "attachment", "conversation"?} -> {"message"}: what it found, sent
POST /_/teams/ask          {"as", "command", "message"?, "conversation"?}: a command of it, about a message or none
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.control.reading import Mistake, Told
from sandbox.teams.acting import Acting, receipt_json
from sandbox.teams.hands import Impossible
from sandbox.teams.offered import APP_ID
from sandbox.teams.people import FLAGS
from sandbox.teams.screen import screen
from sandbox.teams.signing import WHICH
from sandbox.teams.vendor import Teams
from sandbox.world import Json

Deed = Callable[[Told], Awaitable[Json]]
WAIT_SECONDS = 20.0


def teams_routes(teams: Teams) -> list[web.RouteDef]:
    """Every route of this module's docstring."""
    persons, operator, acting = Persons(teams), Operator(teams), Acting(teams)
    deeds: dict[str, Deed] = {
        "app": operator.register,
        "keys/rotate": operator.rotate,
        "person": operator.describe,
        "group": operator.add_group,
        "channel": operator.add_channel,
        "block": operator.block,
        "disable": operator.disable,
        "move": operator.move,
        "again": operator.again,
        "install": persons.install,
        "uninstall": persons.uninstall,
        "join": persons.join,
        "leave": persons.leave,
        "say": persons.say,
        "edit": persons.edit,
        "delete": persons.delete,
        "event": persons.event,
        "press": acting.press,
        "refresh": acting.refresh,
        "suggest": acting.suggest,
        "submit": acting.submit,
        "close": acting.close,
        "consent": acting.consent,
        "search": acting.search,
        "choose": acting.choose,
        "ask": acting.ask,
        "invoke": acting.invoke,
    }

    async def token(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response({"token": signed(teams, await request.json())})
        except ValueError as mistake:
            return web.json_response({"error": str(mistake)}, status=400)

    async def show(request: web.Request) -> web.StreamResponse:
        query = request.query
        if (seen := query.get("seen", "")).isdecimal():
            await teams.state.changes.since(int(seen), WAIT_SECONDS)
        try:
            return web.json_response(screen(teams, query.get("as", ""), query.get("conversation", "")))
        except Impossible as mistake:
            return web.json_response({"error": str(mistake)}, status=400)

    return [
        web.get("/_/teams/screen", show),
        web.post("/_/teams/token", token),
        *(web.post(f"/_/teams/{name}", _route(deed)) for name, deed in deeds.items()),
    ]


def signed(teams: Teams, told: Json) -> str:
    """A token with these claims. Raises ValueError."""
    if not isinstance(told, dict):
        raise Mistake("The body must be a JSON object.")
    wrapped = told.get("claims")
    claims, more = (wrapped, told) if isinstance(wrapped, dict) else (told, {})
    which, kid = more.get("key", "current"), more.get("kid")
    key = next((teams.state.keys.key(each) for each in WHICH if each == which), None)
    if key is None or not isinstance(kid, str | None):
        raise Mistake(f"key must be one of {', '.join(WHICH)}; kid is a text.")
    if not claims.keys() & {"iss", "exp", "nbf"}:
        claims = {**teams.courier.claims(teams.state.service(teams.state.bot.tenant)), **claims}
    return key.signed(claims, kid)


class Persons:
    """What somebody in Teams does."""

    def __init__(self, teams: Teams) -> None:
        self._hands = teams.hands
        self._installing = teams.installing

    async def install(self, told: Told) -> Json:
        address, conversation, upgrade = told.text("as"), told.text("conversation", ""), told.flag("upgrade")
        told.done()
        return receipt_json(await self._installing.add(address, conversation, upgrade=upgrade))

    async def uninstall(self, told: Told) -> Json:
        address, conversation, upgrade = told.text("as"), told.text("conversation", ""), told.flag("upgrade")
        told.done()
        return receipt_json(await self._installing.remove(address, conversation, upgrade=upgrade))

    async def join(self, told: Told) -> Json:
        address, conversation = told.text("as"), told.text("conversation")
        told.done()
        return receipt_json(await self._installing.join(address, conversation))

    async def leave(self, told: Told) -> Json:
        address, conversation = told.text("as"), told.text("conversation")
        told.done()
        return receipt_json(await self._installing.leave(address, conversation))

    async def say(self, told: Told) -> Json:
        address, text, conversation = told.text("as"), told.text("text"), told.text("conversation", "")
        mention, slash, thread = told.flag("mention"), told.flag("slash"), told.text("thread", "")
        told.done()
        said, receipt = await self._hands.say(
            address.lower(), conversation, text, mention=mention, slash=slash, thread=thread
        )
        return {"message": said.id, "conversation": said.conversation, **receipt_json(receipt)}

    async def edit(self, told: Told) -> Json:
        address, message, text = told.text("as"), told.text("message"), told.text("text")
        conversation = told.text("conversation", "")
        told.done()
        return receipt_json(await self._hands.edit(address, conversation, message, text))

    async def delete(self, told: Told) -> Json:
        address, message, conversation = told.text("as"), told.text("message"), told.text("conversation", "")
        told.done()
        return receipt_json(await self._hands.take_back(address, conversation, message))

    async def event(self, told: Told) -> Json:
        address, kind, conversation = told.text("as"), told.text("type"), told.text("conversation", "")
        more = told.fields("more") if told.has("more") else {}
        told.done()
        return receipt_json(await self._hands.happen(address, conversation, kind, more))


class Operator:
    """Nobody in the world sees this hand."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams
        self._installing = teams.installing

    async def register(self, told: Told) -> Json:
        state, url = self._teams.state, told.maybe("url")
        state.rates.on = told.flag("rates", state.rates.on)
        manifest = told.fields("manifest") if told.has("manifest") else None
        texts = told.fields("texts") if told.has("texts") else {}
        told.done()
        if url is not None:
            self._teams.courier.deliver_to(url)
        if manifest is not None:
            try:
                state.offered.upload(manifest, texts)
            except ValueError as wrong:
                raise Mistake(str(wrong)) from wrong
        bot = state.bot
        return {
            "app_id": bot.app_id,
            "tenant": bot.tenant,
            "secret": bot.secret,
            "service": state.service(bot.tenant),
            "metadata": self._teams.metadata,
            "login": f"{state.base()}/login",
        }

    async def rotate(self, told: Told) -> Json:
        keep = told.flag("keep", default=True)
        told.done()
        return {"kid": self._teams.state.keys.rotate(keep=keep).id}

    async def describe(self, told: Told) -> Json:
        address = told.text("as")
        changes: dict[str, str | bool] = {name: told.flag(name) for name in FLAGS if told.has(name)}
        if told.has("locale"):
            changes["locale"] = told.text("locale")
        if told.has("time_zone"):
            changes["time_zone"] = told.zone("time_zone")
        told.done()
        try:
            person = self._teams.state.people.describe(address, **changes)
        except ValueError as error:
            raise Mistake(str(error)) from error
        self._teams.state.changes.tell()
        chat = self._teams.state.conversations.personal(person, APP_ID)
        return {
            "id": person.id,
            "aadObjectId": person.object_id,
            "tenant": person.tenant,
            "conversation": chat.id,
        }

    async def add_group(self, told: Told) -> Json:
        name, members, bot = told.text("name"), told.texts("members"), told.flag("bot")
        told.done()
        return {"conversation": self._installing.group("groupChat", name, members, bot=bot).id}

    async def add_channel(self, told: Told) -> Json:
        team, name = told.text("team"), told.text("name")
        members, bot = told.texts("members"), told.flag("bot")
        told.done()
        made = self._installing.group("channel", name, members, bot=bot, team=team)
        return {"conversation": made.id, "team": made.team}

    async def block(self, told: Told) -> Json:
        address, blocked = told.text("as"), told.flag("blocked", default=True)
        told.done()
        self._installing.block(address, blocked=blocked)
        return {}

    async def disable(self, told: Told) -> Json:
        domain, disabled = told.text("domain"), told.flag("disabled", default=True)
        told.done()
        self._teams.state.disable(self._teams.state.people.tenant_of(domain), disabled)
        return {}

    async def move(self, told: Told) -> Json:
        domain, region = told.text("domain"), told.text("region")
        told.done()
        return {"service": self._installing.move(domain, region)}

    async def again(self, told: Told) -> Json:
        id = told.text("activity")
        told.done()
        receipt = await self._teams.courier.once_more(id)
        if receipt is None:
            raise Mistake("There was no such activity.")
        return receipt_json(receipt)


def _route(deed: Deed) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await deed(await Told.of(request)))
        except (Mistake, Impossible) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)

    return answer
