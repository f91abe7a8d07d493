"""The doors of the service that bots talk to: its keys, conversations, activities, rosters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from sandbox.calls import Operation
from sandbox.login import Entra
from sandbox.login.tokens import BOTS, SECONDS
from sandbox.teams.asked import Asked
from sandbox.teams.connector import Connector
from sandbox.teams.consenting import Consenting
from sandbox.teams.courier import Courier
from sandbox.teams.dialogs import Dialogs
from sandbox.teams.extension import Extension
from sandbox.teams.files import Files
from sandbox.teams.hands import Hands
from sandbox.teams.installing import Installing
from sandbox.teams.pressing import Pressing
from sandbox.teams.refusals import Refused, unauthorised
from sandbox.teams.roster import Roster
from sandbox.teams.signing import ISSUER
from sandbox.teams.state import State
from sandbox.world import World

Answering = Callable[[Asked], Awaitable[web.Response]]
METADATA = "/v1/.well-known/openidconfiguration"
KEYS = "/v1/.well-known/keys"


class Teams:
    """A Vendor. `base` tells where the sandbox listens."""

    name = "teams"
    at_once: int | None = None

    def __init__(self, world: World, entra: Entra, base: Callable[[], str]) -> None:
        self.state = State.of(world, entra, base)
        self.courier = Courier(self.state)
        self.hands = Hands(self.state, self.courier)
        self.installing = Installing(self.hands)
        self.dialogs = Dialogs(self.hands)
        self.pressing = Pressing(self.hands, self.dialogs)
        self.extension = Extension(self.hands, self.dialogs)
        connector, roster, self.files = Connector(self.state), Roster(self.state), Files(self.state)
        self.consenting = Consenting(self.hands, self.files)
        conversations = "/{region}/v3/conversations"
        one = f"{conversations}/{{conversation}}"
        activity = f"{one}/activities/{{activity}}"
        attachment = "/{region}/v3/attachments/{attachment}"
        self.operations: Sequence[Operation] = (
            Operation("metadata", "GET", METADATA, self._metadata),
            Operation("keys", "GET", KEYS, self._keys),
            self._asked("conversations.create", "POST", conversations, connector.create),
            self._asked("activities.send", "POST", f"{one}/activities", connector.send),
            self._asked("activities.reply", "POST", activity, connector.send),
            self._asked("activities.update", "PUT", activity, connector.update),
            self._asked("activities.delete", "DELETE", activity, connector.delete),
            self._asked("members.list", "GET", f"{one}/members", roster.everybody),
            self._asked("members.get", "GET", f"{one}/members/{{member}}", roster.one),
            self._asked("members.paged", "GET", f"{one}/pagedmembers", roster.page),
            self._asked("attachments.upload", "POST", f"{one}/attachments", self.files.attach),
            self._asked("attachments.get", "GET", attachment, self.files.describe),
            self._asked("attachments.view", "GET", f"{attachment}/views/{{view}}", self.files.content),
            Operation("upload", "PUT", "/upload/{key}", self.files.receive),
            Operation("machine", "GET", "/metadata/identity/oauth2/token", self._machine),
            self._asked("teams.get", "GET", "/{region}/v3/teams/{team}", roster.team),
            self._asked("teams.channels", "GET", "/{region}/v3/teams/{team}/conversations", roster.channels),
        )

    @property
    def metadata(self) -> str:
        """The address of the OpenID configuration."""
        return f"{self.state.base()}/teams{METADATA}"

    async def close(self) -> None:
        """Nothing is brought any more, and whoever waits for news is answered."""
        self.state.changes.end()
        await self.courier.close()

    async def mailbox(self, request: web.Request) -> str | None:
        """The person of the personal chat that a call is about."""
        found = self.state.conversations.of(request.match_info.get("conversation", ""))
        return found.members[0] if found is not None and found.kind == "personal" else None

    def error(self, status: int, reason: str | None = None) -> web.Response:
        if status == 401 and reason is None:
            return unauthorised()
        return Refused(status, reason or "", retry_after=1 if status == 429 else None).answer()

    def _asked(self, name: str, method: str, path: str, answering: Answering) -> Operation:
        async def handle(request: web.Request) -> web.StreamResponse:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme != "Bearer" or not self.state.is_admitted(token):
                return unauthorised()
            try:
                return await answering(Asked(self.state, request))
            except Refused as refused:
                return refused.answer()

        return Operation(name, method, path, handle)

    async def _metadata(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(
            {
                "issuer": ISSUER,
                "authorization_endpoint": "https://invalid.botframework.com",
                "jwks_uri": f"{self.state.base()}/teams{KEYS}",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def _keys(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self.state.keys.published())

    async def _machine(self, request: web.Request) -> web.StreamResponse:
        """What Azure's machines are asked for the bot's token (IMDS): without a proof, and with a header that no
        browser sends by itself."""
        bot = self.state.bot
        if request.headers.get("Metadata", "").lower() != "true" or "api-version" not in request.query:
            return web.json_response({"error": "invalid_request", "error_description": "Required metadata"}, status=400)
        if request.query.get("resource") != BOTS or request.query.get("client_id", bot.app_id) != bot.app_id:
            return web.json_response({"error": "invalid_resource", "error_description": "Unknown resource"}, status=400)
        token = self.state.entra.tokens.given(bot.tenant, bot.app_id, (), BOTS)
        ends = int(self.state.world.clock.real_now().timestamp()) + SECONDS
        return web.json_response(
            {
                "access_token": token,
                "expires_in": str(SECONDS),
                "expires_on": str(ends),
                "resource": BOTS,
                "token_type": "Bearer",
            }
        )
