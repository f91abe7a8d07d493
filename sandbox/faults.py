"""Trouble on demand: what a vendor answers, how late, and whether the work was done all the same."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from html import escape
from typing import Literal

from aiohttp import web

from sandbox.calls import Operation, Vendor
from sandbox.world import Json

Kind = Literal["status", "html", "empty", "truncate", "drop", "delay"]
KINDS: tuple[Kind, ...] = ("status", "html", "empty", "truncate", "drop", "delay")

IN_WORDS = ("message", "error_description")
HTML = "<!DOCTYPE html><html><head><title>Error</title></head><body><p>That’s an error.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble, for calls that match `vendor`, `mailbox` and `operation` (None matches all).

    kind: status (the vendor's own error body for `status` and `reason`), html, empty (both with `status`),
    truncate (half of the true answer), drop (the connection ends without an answer), delay (`delay_ms`, then as
    usual; other kinds wait so long too). `after_commit`: the work is done first and only the answer is spoilt.
    `times`: for so many calls, None until cleared. `retry_after`: seconds, sent as Retry-After. `text`: what the answer
    says in words, in whatever form it has.
    """

    kind: Kind
    vendor: str | None = None
    mailbox: str | None = None
    operation: str | None = None
    status: int = 503
    reason: str | None = None
    retry_after: int | None = None
    after_commit: bool = False
    delay_ms: int = 0
    times: int | None = 1
    text: str | None = None
    id: int = 0

    def matches(self, vendor: str, operation: str, mailbox: str | None) -> bool:
        return self.vendor in (None, vendor) and self.operation in (None, operation) and self.mailbox in (None, mailbox)


@dataclass
class Faults:
    """The trouble in store, oldest first, and the latency every call has."""

    waiting: list[Fault] = field(default_factory=list)
    latency_ms: dict[str, int] = field(default_factory=dict)
    """By vendor; "" for all without an entry of their own."""
    _made: int = 0

    def add(self, fault: Fault) -> Fault:
        """Arm it; answers the same with its id."""
        self._made += 1
        armed = replace(fault, id=self._made)
        self.waiting.append(armed)
        return armed

    def clear(self, id: int | None = None) -> None:
        """Forget one fault, or all."""
        self.waiting = [fault for fault in self.waiting if id is not None and fault.id != id]

    def next(self, vendor: str, operation: str, mailbox: str | None) -> Fault | None:
        """The first fault that matches, used up by one call."""
        for index, fault in enumerate(self.waiting):
            if fault.matches(vendor, operation, mailbox):
                if fault.times is not None:
                    left = replace(fault, times=fault.times - 1)
                    self.waiting[index : index + 1] = [left] if left.times else []
                return fault
        return None

    async def answer(
        self, vendor: Vendor, asked: Operation, mailbox: str | None, request: web.Request
    ) -> web.StreamResponse | None:
        """Let the vendor answer, with whatever trouble is in store. None: the connection was dropped."""
        await _pause(self.latency_ms.get(vendor.name, self.latency_ms.get("", 0)))
        fault = self.next(vendor.name, asked.name, mailbox)
        if fault is None:
            return await asked.handle(request)
        await _pause(fault.delay_ms)
        done = fault.after_commit or fault.kind in ("truncate", "delay")
        answer = await asked.handle(request) if done else None
        if fault.kind == "delay":
            return answer
        if fault.kind == "drop":
            _drop(request)
            return None
        if fault.kind == "truncate" and isinstance(answer, web.Response):
            return await _half(request, answer)
        return _spoilt(vendor, fault)


def _spoilt(vendor: Vendor, fault: Fault) -> web.Response:
    if fault.kind == "html":
        page = HTML if fault.text is None else HTML.replace("That’s an error.", escape(fault.text))
        answer = web.Response(status=fault.status, text=page, content_type="text/html")
    elif fault.kind == "empty":
        answer = web.Response(status=fault.status)
    else:
        answer = vendor.error(fault.status, fault.reason)
        if fault.text is not None and answer.text is not None:
            answer.text = json.dumps(_saying(json.loads(answer.text), fault.text))
    if fault.retry_after is not None:
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def _saying(body: Json, text: str) -> Json:
    """The same answer with these words in place of the vendor's own."""
    if isinstance(body, list):
        return [_saying(each, text) for each in body]
    if not isinstance(body, dict):
        return body
    return {name: text if name in IN_WORDS else _saying(value, text) for name, value in body.items()}


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.close()


async def _half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = answer.body if isinstance(answer.body, bytes) else b""
    half = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.headers["Content-Type"]})
    half.content_length = len(body)
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    _drop(request)
    return half


async def _pause(milliseconds: int) -> None:
    if milliseconds > 0:
        await asyncio.sleep(milliseconds / 1000)
