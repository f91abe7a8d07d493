"""A call of the Web API, read: arguments from the query, a form or JSON, and the token they came with."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from sandbox.rules.slack_methods import Kind, Method
from sandbox.slack.installed import Token
from sandbox.slack.people import Team
from sandbox.slack.refusals import Refused, badly_shaped
from sandbox.world import Json

WHO = ("user", "user_id", "users", "channel", "channel_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that was let in: `token` is None where none is needed."""

    arguments: Mapping[str, Json]
    caller: Token | None
    base: str

    @property
    def token(self) -> Token:
        if self.caller is None:
            raise Refused("not_authed")
        return self.caller

    def text(self, name: str) -> str:
        """ "" where it was not sent."""
        value = self.arguments.get(name)
        return value if isinstance(value, str) else ""

    def given(self, name: str) -> Json:
        return self.arguments.get(name)

    @property
    def team(self) -> Team:
        """The token's workspace. Raises Refused for an organisation's, which has to name one."""
        if self.token.team is None:
            raise Refused("missing_argument")
        return self.token.team

    def needs(self, scope: str) -> None:
        """Raises Refused unless the token has it."""
        if scope and scope not in self.token.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.token.scopes)))


Answering = Callable[[Asked], dict[str, Json]]


async def read(request: web.Request) -> dict[str, Json]:
    """Everything that was sent, unchecked. Raises Refused for a body that is no form and no JSON object."""
    found: dict[str, Json] = dict(request.query)
    raw = await request.read()
    if request.content_type == "application/json" and raw:
        try:
            sent = json.loads(raw)
        except (ValueError, RecursionError):
            raise Refused("invalid_json") from None
        if not isinstance(sent, dict):
            raise Refused("json_not_object")
        return {**found, **sent}
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        found |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    elif raw:
        raise Refused("invalid_post_type")
    return found


def token_in(request: web.Request, sent: dict[str, Json]) -> str:
    """Taken out of what was sent. Raises Refused where there is none."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    told = sent.pop("token", None)
    if scheme == "Bearer" and bearer:
        return bearer
    if not isinstance(told, str) or not told:
        raise Refused("not_authed")
    return told


def client_in(request: web.Request, sent: Mapping[str, Json]) -> tuple[str, str]:
    """A client's id and secret, from the form or from Basic authentication."""
    scheme, _, packed = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Basic":
        try:
            id, _, secret = base64.b64decode(packed).decode().partition(":")
        except ValueError:
            raise Refused("invalid_client_id") from None
        return id, secret
    return str(sent.get("client_id", "")), str(sent.get("client_secret", ""))


def checked(method: Method, sent: Mapping[str, Json]) -> dict[str, Json]:
    """The arguments as the method takes them. Raises Refused for one it does not know, or one that is missing."""
    kinds = {**method.needs, **method.may}
    if unknown := sorted(sent.keys() - kinds.keys()):
        raise badly_shaped("invalid_arguments", [f"[ERROR] unsupported field: {name}" for name in unknown])
    missing = [name for name in method.needs if sent.get(name) in (None, "")]
    if missing:
        raise badly_shaped("invalid_arguments", [f"[ERROR] missing required field: {name}" for name in missing])
    return {name: _of_kind(name, kinds[name], value) for name, value in sent.items() if value is not None}


def _of_kind(name: str, kind: Kind, value: Json) -> Json:
    wrong = badly_shaped("invalid_arguments", [f"[ERROR] must be a {kind} [json-pointer:/{name}]"])
    if kind == "flag":
        if isinstance(value, bool) or value in ("0", "1", "true", "false"):
            return value in (True, "1", "true")
        raise wrong
    if kind == "number":
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            return int(value)
        raise wrong
    if kind == "json" and isinstance(value, str):
        try:
            read: Json = json.loads(value)
        except (ValueError, RecursionError):
            raise wrong from None
        return read
    if kind == "list":
        return list(value) if isinstance(value, list) else [each for each in str(value).split(",") if each]
    if kind == "text" and not isinstance(value, str):
        raise wrong
    return value


def whom(sent: Mapping[str, Json]) -> str | None:
    """The user or channel a call is about, for the log."""
    for name in WHO:
        value = sent.get(name)
        if isinstance(value, str) and value:
            return value.partition(",")[0]
    return None
