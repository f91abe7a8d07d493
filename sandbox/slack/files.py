"""Files the application shares: asked for, sent, and finished, in this order."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, replace

from sandbox.world import Json, World


@dataclass(frozen=True, slots=True)
class File:
    """`key` is the upload URL's secret. `channels`: where it was shared; finished once it has a title."""

    id: str
    key: str
    team: str
    name: str
    length: int
    alt: str
    content: bytes = b""
    title: str = ""
    channels: tuple[str, ...] = ()
    sent: bool = False
    finished: bool = False


class Files:
    def __init__(self, world: World) -> None:
        self._world = world

    def begin(self, team: str, name: str, length: int, alt: str) -> File:
        id = "F0" + secrets.token_hex(5).upper()[:9]
        return self._keep(File(id, secrets.token_urlsafe(24), team, name, length, alt))

    def of(self, id: str) -> File | None:
        kept = self._world.fact(f"slack file {id}")
        return _file(id, kept) if isinstance(kept, dict) else None

    def by_key(self, key: str) -> File | None:
        id = self._world.fact(f"slack upload {key}")
        return self.of(id) if isinstance(id, str) else None

    def sent(self, file: File, content: bytes) -> File:
        return self._keep(replace(file, content=content, sent=True))

    def finish(self, file: File, title: str, channel: str) -> File:
        channels = (*file.channels, channel) if channel else file.channels
        return self._keep(replace(file, title=title or file.name, channels=channels, finished=True))

    def delete(self, file: File) -> None:
        self._world.remember(f"slack file {file.id}", None)
        self._world.remember(f"slack upload {file.key}", None)

    def all(self) -> list[File]:
        return [
            _file(key.removeprefix("slack file "), kept)
            for key, kept in self._world.facts("slack file ")
            if isinstance(kept, dict)
        ]

    def _keep(self, file: File) -> File:
        channels: list[Json] = list(file.channels)
        self._world.remember(f"slack upload {file.key}", file.id)
        self._world.remember(
            f"slack file {file.id}",
            {
                "key": file.key,
                "team": file.team,
                "name": file.name,
                "length": file.length,
                "alt": file.alt,
                "content": base64.b64encode(file.content).decode(),
                "title": file.title,
                "channels": channels,
                "sent": file.sent,
                "finished": file.finished,
            },
        )
        return file


def kind_of(file: File) -> str:
    """Its media type, by its name's ending."""
    endings = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "csv": "text/csv",
        "txt": "text/plain",
        "pdf": "application/pdf",
    }
    return endings.get(file.name.rpartition(".")[2].lower(), "application/octet-stream")


def file_json(file: File, base: str) -> dict[str, Json]:
    channels: list[Json] = list(file.channels)
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": kind_of(file),
        "size": file.length,
        "alt_txt": file.alt,
        "is_external": False,
        "is_public": False,
        "channels": channels,
        "url_private": f"{base}/slack/files-pri/{file.team}-{file.id}/{file.name}",
        "permalink": f"{base}/slack/files/{file.id}",
    }


def _file(id: str, kept: dict[str, Json]) -> File:
    length, channels = kept["length"], kept["channels"]
    return File(
        id,
        str(kept["key"]),
        str(kept["team"]),
        str(kept["name"]),
        length if isinstance(length, int) else 0,
        str(kept["alt"]),
        base64.b64decode(str(kept["content"])),
        str(kept["title"]),
        tuple(map(str, channels)) if isinstance(channels, list) else (),
        kept["sent"] is True,
        kept["finished"] is True,
    )
