"""How Slack brings things to the application: signed over HTTP within three seconds, or down a Socket Mode line."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlencode

import aiohttp

from sandbox.slack.lines import Lines
from sandbox.slack.state import State
from sandbox.world import Json

Kind = Literal["slash_commands", "interactive", "events_api"]
SECONDS = 3.0
RETRIES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=6))
"""Of the world's time after the first failure: an event alone is brought again."""
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status` is 0 where nobody answered in time, for the reason `why`; over a line, 200 is its acknowledgement."""

    status: int
    text: str = ""
    why: str = ""
    retry: bool = True

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Json:
        """What was answered, if it is an object."""
        try:
            read: Json = json.loads(self.text) if self.text else None
        except (ValueError, RecursionError):
            return None
        return read


class Courier:
    """`async with courier:` around its use."""

    def __init__(self, state: State, lines: Lines) -> None:
        self._state = state
        self._lines = lines
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """The application's request URL, "" where none was set."""
        kept = self._state.world.fact("slack request url")
        return kept if isinstance(kept, str) else ""

    def deliver_to(self, url: str) -> None:
        self._state.world.remember("slack request url", url)

    async def close(self) -> None:
        """Whatever is to be brought again later is forgotten."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._lines.close()
        if self._session is not None:
            await self._session.close()

    async def bring(self, kind: Kind, payload: Mapping[str, Json], *, form: Mapping[str, str] | None = None) -> Receipt:
        """Once. `form`: the fields of a command as they stand in a form; an interaction stands in `payload`."""
        if self._lines.open:
            return _received(await self._lines.send(kind, payload, SECONDS))
        if kind == "slash_commands":
            return await self._post(urlencode(form or {}), FORM)
        return await self._post(urlencode({"payload": json.dumps(payload)}), FORM)

    async def event(self, payload: Mapping[str, Json]) -> Receipt:
        """What came of the first time; further times follow by themselves where it was not taken."""
        began = self._state.world.clock.now()
        receipt = await self._event(payload, 0, "")
        if not receipt.good and receipt.retry:
            self.later(self._again(payload, receipt, began))
        return receipt

    def later(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def post(self, raw: bytes, kind: str, more: Mapping[str, str] | None = None) -> Receipt:
        """These very bytes, signed."""
        if not self.url:
            return Receipt(0, why="connection_failed", retry=False)
        stamp = str(int(self._state.world.clock.real_now().timestamp()))
        secret = self._state.installed.app.signing_secret
        headers = {
            "Content-Type": kind,
            "User-Agent": AGENT,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(secret, stamp, raw),
            **(more or {}),
        }
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS))
        try:
            async with self._session.post(self.url, data=raw, headers=headers, allow_redirects=False) as answer:
                no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
                return Receipt(answer.status, await answer.text(errors="replace"), "http_error", retry=not no_retry)
        except TimeoutError:
            return Receipt(0, why="http_timeout")
        except (aiohttp.ClientError, OSError):
            return Receipt(0, why="connection_failed")

    async def _post(self, text: str, kind: str, more: Mapping[str, str] | None = None) -> Receipt:
        return await self.post(text.encode(), kind, more)

    async def _event(self, payload: Mapping[str, Json], number: int, why: str) -> Receipt:
        if self._lines.open:
            return _received(await self._lines.send("events_api", payload, SECONDS, number, why))
        again = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": why} if number else {}
        return await self._post(json.dumps(payload), "application/json", again)

    async def _again(self, payload: Mapping[str, Json], receipt: Receipt, began: datetime) -> None:
        clock = self._state.world.clock
        for number, after in enumerate(RETRIES, 1):
            await clock.sleep_until(began + after)
            receipt = await self._event(payload, number, receipt.why)
            if receipt.good or not receipt.retry:
                return


FORM = "application/x-www-form-urlencoded"


def signature(secret: str, stamp: str, raw: bytes) -> str:
    """v0, over the raw bytes."""
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
    return f"v0={digest}"


def _received(acknowledged: Json | Literal[False]) -> Receipt:
    if acknowledged is False:
        return Receipt(0, why="http_timeout")
    return Receipt(200, json.dumps(acknowledged) if acknowledged else "")
