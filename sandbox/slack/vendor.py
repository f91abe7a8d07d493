"""The doors of Slack: the Web API, uploads, response URLs, the page on which one installs, and Socket Mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from aiohttp import web

from sandbox.calls import Handler, Operation
from sandbox.rules.slack_methods import METHODS, Method
from sandbox.slack.answering import respond
from sandbox.slack.asked import Answering, Asked, checked, client_in, read, token_in, whom
from sandbox.slack.courier import Courier, Receipt
from sandbox.slack.filing import Filing
from sandbox.slack.filled_in import Impossible
from sandbox.slack.forms import Forms
from sandbox.slack.hands import Hands
from sandbox.slack.installed import Token, bot_user
from sandbox.slack.knowing import Knowing
from sandbox.slack.letting_in import LettingIn
from sandbox.slack.lines import Lines
from sandbox.slack.payloads import Payloads
from sandbox.slack.refusals import Refused, TooOften, rate_limited
from sandbox.slack.saying import Saying
from sandbox.slack.state import State
from sandbox.slack.viewing import Viewing
from sandbox.world import Json, World

USUAL_REASON: Mapping[int, str] = {400: "invalid_arguments", 404: "unknown_method", 429: "ratelimited"}


class Slack:
    """A Vendor. `base` tells where the sandbox listens."""

    name = "slack"
    at_once: int | None = None

    def __init__(self, world: World, base: Callable[[], str]) -> None:
        self.state = State.of(world, base)
        self.people, self.installed = self.state.people, self.state.installed
        self.saying, self.letting_in = Saying(self.state), LettingIn(self.state)
        self.lines = Lines(self.installed.app.id)
        self.courier = Courier(self.state, self.lines)
        self.hands = Hands(self.state, self.courier)
        self.forms = Forms(self.hands)
        filing = Filing(self.state)
        answers = self._answers(filing)
        self.operations: Sequence[Operation] = (
            *(
                Operation(name, verb, f"/api/{name}", self._door(name, answers[name]))
                for name in METHODS
                for verb in VERBS
            ),
            *(Operation("unknown", verb, "/api/{method:.*}", _unknown) for verb in VERBS),
            Operation("upload", "POST", "/upload/v1/{key}", filing.receive),
            Operation("response_url", "POST", "/response/{team}/{key}", self._respond),
            Operation("line", "GET", "/link/", self.lines.answer),
            Operation("authorize", "GET", "/oauth/v2/authorize", self.letting_in.page),
            Operation("authorize", "POST", "/oauth/v2/authorize", self.letting_in.page),
        )

    @property
    def api(self) -> str:
        """The Web API's address, without a slash at the end."""
        return f"{self.state.base()}/slack/api"

    async def close(self) -> None:
        """Lines end, nothing is brought any more, and whoever waits for news is answered."""
        self.state.changes.end()
        await self.courier.close()

    async def uninstall(self, place: str) -> Receipt:
        """Its tokens are dead, and the application is told so. Raises Impossible where it is not installed."""
        teams = [team for team in (self.people.team(place), *self.people.teams_of(place)) if team is not None]
        if place not in self.installed.places() or not teams:
            raise Impossible(f"The application is not installed in {place}.")
        member = self.people.everybody(teams[0].domain)[0]
        told = Payloads(self.state, member, teams[0], place)
        self.installed.uninstall(place)
        revoked: Json = {"oauth": [], "bot": [bot_user(place)]}
        await self.courier.event(_bare(told.event({"type": "tokens_revoked", "tokens": revoked})))
        return await self.courier.event(_bare(told.event({"type": "app_uninstalled"})))

    async def mailbox(self, request: web.Request) -> str | None:
        """The person a call is about: the user it names, or the one of the direct messages it names; of a response URL
        the one whose it is."""
        if request.path.startswith("/slack/response/"):
            member = self.people.member(self.state.response_urls.whose(request.path.rpartition("/")[2]) or "")
            return None if member is None else member.address
        if not request.path.startswith("/slack/api/"):
            return None
        try:
            id = whom(await read(request))
        except Refused:
            return None
        channel = self.state.channels.of(id or "")
        if channel is not None and channel.kind == "im":
            id = channel.members[0]
        member = self.people.member(id or "")
        return None if member is None else member.address

    def error(self, status: int, reason: str | None = None) -> web.Response:
        body: Json = {"ok": False, "error": reason or USUAL_REASON.get(status, "internal_error")}
        return web.json_response(body, status=status, headers={"Retry-After": "1"} if status == 429 else None)

    def _answers(self, filing: Filing) -> Mapping[str, Answering]:
        knowing, viewing = Knowing(self.state), Viewing(self.state)
        return {
            "auth.test": knowing.test,
            "auth.revoke": knowing.revoke,
            "team.info": knowing.team,
            "users.info": knowing.user,
            "users.lookupByEmail": knowing.by_email,
            "conversations.open": self.saying.open,
            "conversations.history": self.saying.past,
            "chat.postMessage": self.saying.post,
            "chat.postEphemeral": self.saying.whisper,
            "chat.update": self.saying.update,
            "chat.delete": self.saying.delete,
            "views.open": viewing.open,
            "views.push": viewing.push,
            "views.update": viewing.update,
            "views.publish": viewing.publish,
            "files.getUploadURLExternal": filing.begin,
            "files.completeUploadExternal": filing.complete,
            "files.delete": filing.delete,
            "apps.connections.open": self._connect,
            "oauth.v2.access": self.letting_in.exchange,
        }

    def _door(self, name: str, answering: Answering) -> Handler:
        method = METHODS[name]

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                asked = self._admitted(method, request, await read(request))
                if asked.caller is not None:
                    asked.needs(method.scope)
                    place = asked.caller.team.id if asked.caller.team else asked.caller.enterprise
                    self.state.rates.count(name, place, asked.text("channel"))
                return web.json_response(answering(asked))
            except Refused as refused:
                return web.json_response(refused.body())
            except TooOften as often:
                return rate_limited(often.seconds)

        return handle

    def _admitted(self, method: Method, request: web.Request, sent: dict[str, Json]) -> Asked:
        caller: Token | None = None
        if method.caller == "client":
            sent["client_id"], sent["client_secret"] = client_in(request, sent)
        else:
            text = token_in(request, sent)
            is_app = text == self.installed.app.app_token
            if is_app != (method.caller == "app"):
                raise Refused("not_allowed_token_type")
            caller = None if is_app else self.installed.read(text)
        return Asked(checked(method, sent), caller, self.state.base())

    def _connect(self, _asked: Asked) -> dict[str, Json]:
        """apps.connections.open."""
        return {"ok": True, "url": self.lines.ticket(self.state.base())}

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await respond(self.state, request)


VERBS = ("GET", "POST")


def _bare(envelope: Mapping[str, Json]) -> dict[str, Json]:
    """There is no authorization any more that could stand in it."""
    return {name: told for name, told in envelope.items() if name not in ("authorizations", "is_ext_shared_channel")}


async def _unknown(request: web.Request) -> web.StreamResponse:
    return web.json_response({"ok": False, "error": "unknown_method", "req_method": request.match_info["method"][:80]})
