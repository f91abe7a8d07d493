"""What the operator of the sandbox does: the clock, trouble in store, latency, the log of calls."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

from aiohttp import web

from sandbox.calls import CallLog
from sandbox.clock import WorldClock
from sandbox.control.reading import Mistake, Told
from sandbox.faults import KINDS, Fault, Faults
from sandbox.world import Json


class Operator:
    """Nobody in the world sees this hand."""

    def __init__(self, clock: WorldClock, faults: Faults, log: CallLog) -> None:
        self._clock = clock
        self._faults = faults
        self._log = log

    def set_clock(self, told: Told) -> Json:
        if told.has("now") == told.has("jump_seconds"):
            raise Mistake("Say either now or jump_seconds.")
        if told.has("now"):
            moment = told.moment("now")
            told.done()
            self._clock.set(moment)
        else:
            by = timedelta(seconds=told.number("jump_seconds"))
            told.done()
            self._clock.jump(by)
        return {"now": self._clock.now().isoformat()}

    def add_fault(self, told: Told) -> Json:
        times = told.number("times", 1)
        fault = Fault(
            kind=told.choice("kind", KINDS),
            vendor=told.maybe("vendor"),
            mailbox=told.maybe("mailbox"),
            operation=told.maybe("operation"),
            status=told.number("status", 503),
            reason=told.maybe("reason"),
            retry_after=told.number("retry_after") if told.has("retry_after") else None,
            after_commit=told.flag("after_commit"),
            delay_ms=told.number("delay_ms", 0),
            times=times or None,
            text=told.maybe("text"),
        )
        told.done()
        return {"id": self._faults.add(fault).id}

    def clear_faults(self, told: Told) -> Json:
        id = told.number("id") if told.has("id") else None
        told.done()
        self._faults.clear(id)
        return {}

    def set_latency(self, told: Told) -> Json:
        milliseconds, vendor = told.number("ms"), told.text("vendor", "")
        told.done()
        self._faults.latency_ms[vendor] = milliseconds
        return {}

    def clear_log(self, told: Told) -> Json:
        told.done()
        self._log.clear()
        return {}

    async def show_log(self, request: web.Request) -> web.StreamResponse:
        after = request.query.get("after", "0")
        if not after.isdecimal():
            return web.json_response({"error": "after must be the number of a call."}, status=400)
        return web.json_response({"calls": [call.json() for call in self._log.calls if call.n > int(after)]})

    async def show_faults(self, _request: web.Request) -> web.StreamResponse:
        waiting = [asdict(fault) for fault in self._faults.waiting]
        return web.json_response({"faults": waiting, "latency_ms": self._faults.latency_ms})
