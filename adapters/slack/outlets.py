"""Where an answer goes: to the one who asked, and to nobody else.

From a channel by the `response_url` that came with the question, seen by the asker alone; where that is used up or has
ended, and from a form or the Home, into the two-sided conversation with the bot.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp

from adapters.setting_values import is_loopback
from calendar_core.errors import ProviderError

from .heard import Heard
from .installation import Installation
from .payload import text_at
from .render import Shown
from .web_api import SlackRefused
from .who import Calls

log = logging.getLogger(__name__)

UNKNOWN_CHANNEL = "channel_not_found"
POSTED_WITHIN = aiohttp.ClientTimeout(total=8)


class Outlet(Protocol):
    """Takes one answer, and before it perhaps a word that it takes longer. `place` is the message (channel, ts) in the
    two-sided conversation that the answer takes the place of, `thread` the one in which it is given."""

    @property
    def place(self) -> tuple[str, str] | None:
        """See above; None where nothing is to be replaced there."""

    @property
    def thread(self) -> str:
        """See above; empty outside of threads."""

    async def waiting(self, shown: Shown, afterwards: Shown) -> None:
        """`shown` stands there until the answer takes its place; `afterwards`, which is no less true then, where Slack
        lets nothing take it."""

    async def answer(self, *pages: Shown) -> None:
        """In their order. Raises ProviderError if they cannot be brought to the one who asked."""

    async def beside(self, *pages: Shown, stands_in: str = "") -> bool:
        """Where the question was, if that is not the two-sided conversation: whether it is read there. In the channel
        `stands_in` it stands already."""


class ResponseUrls:
    """Slack's short-lived addresses: five messages in half an hour each."""

    def __init__(self, http: aiohttp.ClientSession, api_base: str) -> None:
        """Messages go to the host that `api_base` names, and to those below it: hooks.slack.com. Where that is this
        machine, Slack is played here, and may have several ports."""
        self._http = http
        self._own = urlsplit(api_base)

    async def post(self, url: str, message: Mapping[str, object]) -> bool:
        """Whether Slack took it. One that is used up or ended says so by its status alone."""
        if not self._is_slacks(url):
            return False
        try:
            async with self._http.post(url, json=message, timeout=POSTED_WITHIN, allow_redirects=False) as response:
                if response.status != 200:
                    log.info("slack: a response_url refused", extra={"status": response.status})
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _is_slacks(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            played = is_loopback(self._own.hostname or "") and is_loopback(parts.hostname or "") and parts.port
        except ValueError:
            return False
        if parts.scheme != self._own.scheme or "@" in parts.netloc:
            return False
        return bool(played) or parts.netloc == self._own.netloc or parts.netloc.endswith(f".{self._own.netloc}")


@dataclass(slots=True)
class Direct:
    """The two-sided conversation. `channel` is its id, or the person's own: Slack then opens it; `person` is whose
    it is, where Slack should not know it."""

    calls: Calls
    installation: Installation
    channel: str
    place: tuple[str, str] | None = None
    thread: str = ""
    person: str = ""

    async def waiting(self, shown: Shown, afterwards: Shown) -> None:
        """See Outlet."""
        del afterwards
        if self.place is None or not await self._put_in(self.place, shown):
            self.place = await self._post(shown)

    async def answer(self, *pages: Shown) -> None:
        """See Outlet."""
        first, *others = pages
        place, self.place = self.place, None
        if place is None or not await self._put_in(place, first):
            await self._post(first)
        for page in others:
            await self._post(page)

    async def beside(self, *pages: Shown, stands_in: str = "") -> bool:
        """See Outlet."""
        del pages, stands_in
        return False

    async def _put_in(self, place: tuple[str, str], shown: Shown) -> bool:
        channel, ts = place
        try:
            await self.calls.call(self.installation, "chat.update", channel=channel, ts=ts, **shown.fields())
        except ProviderError:
            log.info("slack: could not be put in its place")
            return False
        return True

    async def _post(self, shown: Shown) -> tuple[str, str] | None:
        try:
            posted = await self._posted(shown)
        except SlackRefused as refused:
            if refused.code != UNKNOWN_CHANNEL or self.channel == self.person or not self.person:
                raise
            self.channel, self.thread = self.person, ""
            posted = await self._posted(shown)
        place = text_at(posted, "channel"), text_at(posted, "ts")
        return place if all(place) else None

    async def _posted(self, shown: Shown) -> Mapping[str, object]:
        return await self.calls.call(
            self.installation,
            "chat.postMessage",
            channel=self.channel,
            thread_ts=self.thread or None,
            unfurl_links=False,
            unfurl_media=False,
            **shown.fields(),
        )


@dataclass(slots=True)
class ByUrl:
    """Beside the question, in `channel`, for the asker's eyes alone; `replaces` what the pressed button was on, if only
    the asker sees that. Nothing else is ever replaced: at a command's address Slack only adds, and of a group's message
    everybody would see the answer."""

    urls: ResponseUrls
    url: str
    otherwise: Direct
    channel: str = ""
    replaces: bool = False
    thread: str = ""

    @property
    def place(self) -> tuple[str, str] | None:
        """See Outlet: that of the word that it takes longer."""
        return self.otherwise.place

    async def waiting(self, shown: Shown, afterwards: Shown) -> None:
        """See Outlet. A command typed in the two-sided conversation is answered there from here on: a message can be
        changed there."""
        if await self._is_with_us():
            await self.otherwise.waiting(shown, afterwards)
        else:
            await self._posted(shown if self.replaces else afterwards)

    async def answer(self, *pages: Shown) -> None:
        """See Outlet. What does not get through, and what comes after it, goes the other way."""
        left = list(pages)
        while left and self.place is None and await self._posted(left[0]):
            del left[0]
            self.replaces = False
        if left:
            await self.otherwise.answer(*left)

    async def beside(self, *pages: Shown, stands_in: str = "") -> bool:
        """See Outlet."""
        if stands_in and stands_in == self.channel:
            if self.replaces:
                await self.urls.post(self.url, {"delete_original": True})
            return True
        if self.place is not None:
            return False
        for page in pages:
            if not await self._posted(page):
                return False
            self.replaces = False
        return True

    async def _is_with_us(self) -> bool:
        """Whether the command was typed there, and not in a conversation of two people."""
        if self.replaces or not self.channel.startswith("D"):
            return False
        calls, installation = self.otherwise.calls, self.otherwise.installation
        try:
            opened = await calls.call(installation, "conversations.open", users=self.otherwise.channel)
        except ProviderError:
            return False
        return text_at(opened, "channel", "id") == self.channel

    async def _posted(self, shown: Shown) -> bool:
        message = shown.fields()
        place = {"response_type": "ephemeral", "replace_original": self.replaces}
        return await self.urls.post(self.url, {**message, **place})


def outlet_of(heard: Heard, installation: Installation, calls: Calls, urls: ResponseUrls) -> Outlet:
    """Where the answer to what was heard goes. Only what answered somebody is replaced: a notice stays as it was sent,
    and a group's message is everybody's."""
    if heard.is_direct and heard.message and not heard.is_ephemeral:
        place = (heard.channel, heard.message) if heard.is_answer else None
        return Direct(calls, installation, heard.channel, place, heard.thread, person=heard.user)
    is_ours = heard.is_direct and not heard.response_url  # a command may be typed in a conversation of two people
    direct = Direct(
        calls,
        installation,
        heard.channel if is_ours else heard.user,
        thread=heard.thread if is_ours else "",
        person=heard.user,
    )
    if not heard.response_url:
        return direct
    return ByUrl(urls, heard.response_url, direct, heard.channel, replaces=heard.is_ephemeral)
