"""Where something could leak to, read whole: the log, whatever was served, and the database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import aiohttp
import psycopg
from psycopg import sql
from yarl import URL


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the log, one page or reply, or one table; `where` names it."""

    where: str
    content: bytes


@dataclass
class Served:
    """Every body that a browser or a chat was sent by the installation at `url`, its sandbox's controls aside."""

    url: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def tracing(self) -> aiohttp.TraceConfig:
        """For a client session, which then keeps all it receives."""
        config = aiohttp.TraceConfig()
        config.on_response_chunk_received.append(self._received)
        return config

    async def _received(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, got: aiohttp.TraceResponseChunkReceivedParams
    ) -> None:
        if got.url.origin() == URL(self.url).origin() and not got.url.path.startswith("/_/"):
            self.pieces.append(Piece(f"{got.method} {got.url.path}", got.chunk))


def log_lines(written: str) -> list[Piece]:
    """One piece a line, named by its logger; without those of the sandbox's own mail server, which lives in the same
    process."""
    lines = [(json.loads(line)["logger"], line) for line in written.splitlines()]
    return [Piece(logger, line.encode()) for logger, line in lines if not logger.startswith("mail.")]


def dump(database: str) -> list[Piece]:
    """All of it: the bytes of SQLite's files, or every table of PostgreSQL as text."""
    if database.startswith("sqlite:///"):
        file = Path(database.removeprefix("sqlite:///"))
        return [Piece(each.name, each.read_bytes()) for each in sorted(file.parent.glob(f"{file.name}*"))]
    with psycopg.connect(re.sub(r"^postgresql\+\w+://", "postgresql://", database)) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return [
            Piece(name, str(row[0]).encode())
            for (name,) in names
            for row in connection.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name)))
        ]


def found(markers: Iterable[str], pieces: Iterable[Piece]) -> dict[str, list[str]]:
    """Where each marker stands, as it is, as in an address, or in hexadecimal digits; those that stand nowhere are
    left out. Six digits are found where they stand alone, in two halves too."""
    patterns = {marker: re.compile(b"|".join(_forms(marker))) for marker in markers}
    seen: dict[str, list[str]] = {}
    for piece in pieces:
        for marker, pattern in patterns.items():
            if pattern.search(piece.content):
                seen.setdefault(marker, []).append(piece.where)
    return seen


def _forms(marker: str) -> Iterator[bytes]:
    if marker.isdigit():
        yield rf"(?<!\d){marker[:3]} ?{marker[3:]}(?!\d)".encode()
        return
    for form in {marker, quote(marker, safe=""), marker.encode().hex()}:
        yield re.escape(form.encode())
