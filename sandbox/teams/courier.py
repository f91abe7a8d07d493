"""How Teams brings activities to the bot: signed, within fifteen seconds, and once more where nobody took them."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp

from sandbox.teams.offered import APP_ID
from sandbox.teams.signing import ISSUER, Key
from sandbox.teams.state import State
from sandbox.world import Json

SECONDS = 15.0
"""Of the world's time, for an answer."""
AGAIN = 2
"""How often an activity that nobody took is brought again; an invoke never is."""
REMEMBERED = 2_000
"""Activities that can be brought once more, the newest."""
TOKEN_SECONDS = 3600
AGENT = "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status` is 0 where nobody answered in time."""

    status: int
    text: str = ""
    seconds: float = 0.0
    activity: Mapping[str, Json] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def comes_again(self) -> bool:
        return self.status in (0, 429) or self.status >= 500

    def json(self) -> Json:
        """What was answered, None where it is no JSON."""
        try:
            read: Json = json.loads(self.text) if self.text else None
        except (ValueError, RecursionError):
            return None
        return read


class Courier:
    """`close` it after its use."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self.brought: OrderedDict[str, Mapping[str, Json]] = OrderedDict()
        """By id, so that one can be brought once more."""

    @property
    def url(self) -> str:
        """The bot's messaging endpoint, "" where none was set."""
        kept = self._state.world.fact("teams messaging endpoint")
        return kept if isinstance(kept, str) else ""

    def deliver_to(self, url: str) -> None:
        self._state.world.remember("teams messaging endpoint", url)

    async def close(self) -> None:
        """Whatever is to be brought again later is forgotten."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def claims(self, service: str) -> dict[str, Json]:
        """What a token of Teams says, now."""
        now = int(self._state.world.clock.real_now().timestamp())
        return {
            "serviceurl": service,
            "nbf": now,
            "exp": now + TOKEN_SECONDS,
            "iss": ISSUER,
            "aud": APP_ID,
        }

    async def bring(self, activity: Mapping[str, Json]) -> Receipt:
        """What came of the first time; further times follow by themselves where nobody took it."""
        id = activity.get("id")
        if isinstance(id, str):
            self.brought[id] = activity
            while len(self.brought) > REMEMBERED:
                self.brought.popitem(last=False)
        began = self._state.world.clock.now()
        receipt = await self._once(activity, SECONDS)
        if activity.get("type") != "invoke" and receipt.comes_again and self.url:
            self._later(self._again(activity, began))
        return receipt

    async def once_more(self, id: str) -> Receipt | None:
        """The same activity, as when its answer was lost. None where there was none of that id."""
        activity = self.brought.get(id)
        return None if activity is None else await self._once(activity, SECONDS)

    async def ask(self, activity: Mapping[str, Json], seconds: float = SECONDS, times: int = 1) -> Receipt:
        """An invoke, tried so often until somebody answers in time."""
        receipt = await self._once(activity, seconds)
        for _ in range(times - 1):
            if receipt.status != 0:
                break
            receipt = await self._once(activity, seconds)
        return receipt

    async def post(self, raw: bytes, token: str, kind: str = "application/json", seconds: float = SECONDS) -> Receipt:
        """These very bytes, with this token."""
        if not self.url:
            return Receipt(0)
        clock = self._state.world.clock
        began = clock.now()
        post = asyncio.ensure_future(self._post(raw, token, kind))
        late = asyncio.ensure_future(clock.sleep_until(began + timedelta(seconds=seconds)))
        try:
            await asyncio.wait((post, late), return_when=asyncio.FIRST_COMPLETED)
            return post.result() if post.done() else Receipt(0)
        finally:
            post.cancel()
            late.cancel()
            await asyncio.gather(post, late, return_exceptions=True)

    async def _once(self, activity: Mapping[str, Json], seconds: float) -> Receipt:
        service = activity.get("serviceUrl")
        token = self._key().signed(self.claims(service if isinstance(service, str) else ""))
        receipt = await self.post(json.dumps(activity).encode(), token, seconds=seconds)
        return Receipt(receipt.status, receipt.text, receipt.seconds, activity)

    def _key(self) -> Key:
        return self._state.keys.current

    async def _post(self, raw: bytes, token: str, kind: str) -> Receipt:
        headers = {"Content-Type": kind, "User-Agent": AGENT, "Authorization": f"Bearer {token}"}
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        real = self._state.world.clock.real_now
        began = real()
        try:
            async with self._session.post(self.url, data=raw, headers=headers, allow_redirects=False) as answer:
                text = await answer.text(errors="replace")
                return Receipt(answer.status, text, (real() - began).total_seconds())
        except (aiohttp.ClientError, OSError):
            return Receipt(0)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _again(self, activity: Mapping[str, Json], began: datetime) -> None:
        for number in range(1, AGAIN + 1):
            await self._state.world.clock.sleep_until(began + timedelta(seconds=number * SECONDS))
            if not (await self._once(activity, SECONDS)).comes_again:
                return
