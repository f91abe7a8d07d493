"""What a vendor offers (operations) and what was asked of it (the log of calls)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from aiohttp import web

from sandbox.world import Json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a vendor can be asked: its name ("events.insert"), method, path below the vendor's prefix."""

    name: str
    method: str
    path: str
    handle: Handler


class Asked(Protocol):
    """What the log keeps of an operation."""

    @property
    def name(self) -> str: ...

    @property
    def method(self) -> str: ...

    @property
    def path(self) -> str: ...


class Vendor(Protocol):
    """One vendor's doors. `name` is also the prefix of its paths: /google, /graph, /login ..."""

    @property
    def name(self) -> str: ...

    @property
    def operations(self) -> Sequence[Operation]: ...

    @property
    def at_once(self) -> int | None:
        """How many calls one mailbox takes at the same time; one more is answered with 429. None: any number."""

    async def mailbox(self, request: web.Request) -> str | None:
        """The address this request acts for, as far as it can be told without answering it."""

    def error(self, status: int, reason: str | None = None) -> web.Response:
        """The vendor's own error answer for a status, with the usual reason where none is named."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request that reached a vendor. `path` is the template, never the values in it; `at` is the world's time in
    RFC 3339; `n` counts from 1. `status` is None while it is being answered, 0 if the connection was dropped."""

    n: int
    at: str
    vendor: str
    operation: str
    method: str
    path: str
    mailbox: str | None
    status: int | None

    def json(self) -> dict[str, Json]:
        return {
            "n": self.n,
            "at": self.at,
            "vendor": self.vendor,
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "mailbox": self.mailbox,
            "status": self.status,
        }


class CallLog:
    """Every call since the start or the last `clear`, oldest first."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._count = 0

    def begin(self, at: str, vendor: str, asked: Asked, mailbox: str | None) -> int:
        """Note a call as it arrives; answers its number."""
        self._count += 1
        path = f"/{vendor}{asked.path}"
        self.calls.append(Call(self._count, at, vendor, asked.name, asked.method, path, mailbox, None))
        return self._count

    def finish(self, n: int, status: int) -> None:
        """Note how call `n` was answered."""
        for index in range(len(self.calls) - 1, -1, -1):
            if self.calls[index].n == n:
                self.calls[index] = replace(self.calls[index], status=status)
                return

    def clear(self) -> None:
        self.calls.clear()

    def of(self, *, vendor: str | None = None, operation: str | None = None, mailbox: str | None = None) -> list[Call]:
        """The calls that match everything named."""
        return [
            call
            for call in self.calls
            if vendor in (None, call.vendor) and operation in (None, call.operation) and mailbox in (None, call.mailbox)
        ]
