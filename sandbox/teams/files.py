"""Files that a bot hands to people, and how they come there: a person allows it, the bot uploads, a card shows it. And
attachments as the connector keeps them, which Teams itself does not show."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiohttp import web

from sandbox.teams.asked import Asked
from sandbox.teams.refusals import Refused
from sandbox.teams.state import State
from sandbox.world import Json

RANGE = re.compile(r"bytes (\d{1,10})-(\d{1,10})/(\d{1,10})")


@dataclass(frozen=True, slots=True)
class File:
    """`size` is what the bot said it would be; complete once `content` has that."""

    id: str
    name: str
    size: int
    content: bytes = b""

    @property
    def kind(self) -> str:
        """As Teams names file types: by what follows the last dot."""
        return self.name.rpartition(".")[2].lower() if "." in self.name else ""

    @property
    def is_complete(self) -> bool:
        return len(self.content) == self.size


class Files:
    """Not kept across restarts."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._shared: dict[str, File] = {}
        self._ways: dict[str, str] = {}
        self._attached: dict[str, tuple[str, str, bytes]] = {}

    def allowed(self, name: str, size: int) -> Mapping[str, Json]:
        """A person allows a file: where the bot is to upload it (uploadInfo)."""
        file = File(secrets.token_hex(16), name, size)
        key = secrets.token_urlsafe(24)
        self._shared[file.id], self._ways[key] = file, file.id
        return {
            "contentUrl": f"{self._state.base()}/teams/shared/{file.id}",
            "name": name,
            "uploadUrl": f"{self._state.base()}/teams/upload/{key}",
            "uniqueId": file.id,
            "fileType": file.kind,
        }

    def of(self, id: str) -> File | None:
        """One that was uploaded whole."""
        found = self._shared.get(id)
        return found if found is not None and found.is_complete else None

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """PUT of a part, or of the whole, as OneDrive takes them: in order, each with its range."""
        file = self._shared.get(self._ways.get(request.match_info["key"], ""))
        if file is None:
            return web.json_response({"error": {"code": "itemNotFound"}}, status=404)
        raw, told = await request.read(), RANGE.fullmatch(request.headers.get("Content-Range", ""))
        if told is None or int(told[3]) != file.size or int(told[2]) - int(told[1]) + 1 != len(raw):
            return web.json_response({"error": {"code": "invalidRequest"}}, status=400)
        if int(told[1]) != len(file.content):
            return web.json_response({"error": {"code": "invalidRange"}}, status=416)
        file = self._shared[file.id] = replace(file, content=file.content + raw)
        if not file.is_complete:
            left: list[Json] = [f"{len(file.content)}-"]
            return web.json_response({"nextExpectedRanges": left}, status=202)
        del self._ways[request.match_info["key"]]
        self._state.changes.tell()
        return web.json_response({"id": file.id, "name": file.name, "size": file.size}, status=201)

    async def attach(self, asked: Asked) -> web.Response:
        """POST v3/conversations/{id}/attachments."""
        asked.writable()
        sent = await asked.body()
        name, kind, encoded = (sent.get(each) for each in ("name", "type", "originalBase64"))
        if not isinstance(name, str) or not isinstance(kind, str) or not isinstance(encoded, str):
            raise Refused(400, "BadArgument", "An attachment has name, type and originalBase64.")
        try:
            content = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise Refused(400, "BadArgument", "originalBase64 is no base64.") from None
        id = secrets.token_hex(16)
        self._attached[id] = (name, kind, content)
        return web.json_response({"id": id}, status=201)

    async def describe(self, asked: Asked) -> web.Response:
        """GET v3/attachments/{id}."""
        name, kind, content = self._of(asked)
        views: list[Json] = [{"viewId": "original", "size": len(content)}]
        return web.json_response({"name": name, "type": kind, "views": views})

    async def content(self, asked: Asked) -> web.Response:
        """GET v3/attachments/{id}/views/{view}."""
        _, _, content = self._of(asked)
        if asked.request.match_info["view"] != "original":
            raise Refused(404, "BadArgument", "There is no such view.")
        return web.Response(body=content, content_type="application/octet-stream")

    def _of(self, asked: Asked) -> tuple[str, str, bytes]:
        found = self._attached.get(asked.request.match_info["attachment"])
        if found is None:
            raise Refused(404, "BadArgument", "There is no such attachment.")
        return found
