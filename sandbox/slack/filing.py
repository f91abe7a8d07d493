"""files.*: the three steps of sharing a file, and taking it away."""

from __future__ import annotations

from typing import Any  # what was sent, looked into

from aiohttp import web

from sandbox.slack.asked import Asked
from sandbox.slack.content import content
from sandbox.slack.files import File, file_json
from sandbox.slack.messages import Message
from sandbox.slack.refusals import Refused
from sandbox.slack.state import State
from sandbox.world import Json

BYTES_AT_MOST = 10_000_000


class Filing:
    def __init__(self, state: State) -> None:
        self._state = state

    def begin(self, asked: Asked) -> dict[str, Json]:
        """files.getUploadURLExternal."""
        length, name = asked.given("length"), asked.text("filename")
        if not isinstance(length, int) or not 0 < length <= BYTES_AT_MOST:
            raise Refused("invalid_arguments")
        place = asked.token.team.id if asked.token.team else asked.token.enterprise
        file = self._state.files.begin(place, name, length, asked.text("alt_txt"))
        return {"ok": True, "upload_url": f"{asked.base}/slack/upload/v1/{file.key}", "file_id": file.id}

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """The upload URL: the bytes themselves, or a form with one file in it. Once."""
        file = self._state.files.by_key(request.match_info["key"])
        if file is None or file.sent:
            return web.Response(status=404, text="not found")
        raw = await request.read()
        if request.content_type == "multipart/form-data":
            parts = [part.file.read() for part in (await request.post()).values() if isinstance(part, web.FileField)]
            raw = parts[0] if parts else b""
        if len(raw) != file.length:
            return web.Response(status=400, text="length mismatch")
        self._state.files.sent(file, raw)
        return web.Response(text=f"OK - {len(raw)}")

    def complete(self, asked: Asked) -> dict[str, Json]:
        """files.completeUploadExternal."""
        told: Any = asked.given("files")
        if not isinstance(told, list) or not told or not all(isinstance(each, dict) for each in told):
            raise Refused("invalid_arguments")
        channel_id = asked.text("channel_id") or asked.text("channels")
        channel = self._state.channel(asked.token, channel_id) if channel_id else None
        if channel is not None and not channel.bot:
            raise Refused("not_in_channel")
        sent = [self._sent(str(each.get("id"))) for each in told]
        place = channel.id if channel is not None else ""
        done = [
            self._state.files.finish(file, str(each.get("title") or ""), place)
            for file, each in zip(sent, told, strict=True)
        ]
        if channel is not None:
            self._share(asked, channel.id, done)
        return {"ok": True, "files": [file_json(file, asked.base) for file in done]}

    def delete(self, asked: Asked) -> dict[str, Json]:
        """files.delete."""
        file = self._state.files.of(asked.text("file"))
        if file is None:
            raise Refused("file_not_found")
        self._state.files.delete(file)
        for channel in file.channels:
            for message in self._state.messages.of(channel):
                if message.files == (file.id,):
                    self._state.messages.remove(message)
        self._state.changes.tell()
        return {"ok": True}

    def _sent(self, id: str) -> File:
        file = self._state.files.of(id)
        if file is None or not file.sent:
            raise Refused("file_not_found")
        return file

    def _share(self, asked: Asked, channel: str, files: list[File]) -> None:
        comment, blocks = asked.text("initial_comment"), asked.given("blocks")
        said = content(self._state, {"text": comment, "blocks": blocks}) if comment or blocks else None
        self._state.messages.keep(
            Message(
                channel,
                self._state.messages.stamp(),
                asked.token.bot_user,
                said.text if said else "",
                said.blocks if said else (),
                bot=True,
                thread=asked.text("thread_ts"),
                files=tuple(file.id for file in files),
            )
        )
        self._state.changes.tell()
