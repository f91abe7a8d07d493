"""Windows that are open before people's eyes: opened at once, changed later, and never by what is older."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.replies import Reader
from calendar_core.errors import ProviderError

from .heard import Heard
from .installation import Installation
from .payload import object_at, text_at
from .render import Block
from .web_api import SlackRefused
from .who import Calls

log = logging.getLogger(__name__)

REMEMBERED = 1_000  # windows, in this process


@dataclass(slots=True)
class Window:
    """The hash of what it shows, which of its changes is the newest, how its owner reads, and what was typed in it (a
    day without times has no field for that). `is_sent`: it has no fields any more, whatever was still chosen there."""

    hash: str
    newest: int = 0
    language: str = "en"
    topic: str = field(default="", repr=False)
    is_sent: bool = False

    @property
    def reader(self) -> Reader:
        """How its owner reads, as far as that is known before anybody is asked."""
        return Reader(self.language)


class Windows:
    """Remembers only what it may forget."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._known: OrderedDict[str, Window] = OrderedDict()

    def of(self, view_id: str, stamp: str = "") -> Window:
        """What is known of it; nothing yet of one that another process opened."""
        window = self._known.setdefault(view_id, Window(stamp))
        self._known.move_to_end(view_id)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return window

    async def open(self, heard: Heard, installation: Installation, view: Block) -> str | None:
        """The id of a new one; None where Slack opens none, mostly because the trigger has ended."""
        try:
            opened = await self._call(installation, "views.open", trigger_id=heard.trigger_id, view=view)
        except ProviderError as error:
            log.info("slack: a window was not opened", extra={"code": getattr(error, "code", None)})
            return None
        there = object_at(opened, "view")
        self.of(text_at(there, "id"), text_at(there, "hash"))
        return text_at(there, "id")

    async def show(self, installation: Installation, view_id: str, view: Block, number: int | None = None) -> bool:
        """Whether it shows that now. `number`: which of its changes this is; None is shown in any case."""
        window = self.of(view_id)
        if number is not None and number != window.newest:
            return False
        stamps = (window.hash, None) if number is not None and window.hash else (None,)
        for stamp in stamps:
            try:
                told = await self._call(installation, "views.update", view_id=view_id, hash=stamp, view=view)
            except SlackRefused as refused:
                if refused.code == "hash_conflict" and number == window.newest:
                    continue  # another change of ours was shown in between: this one is newer
                log.info("slack: a window is not there any more", extra={"code": refused.code})
                return False
            except ProviderError:
                log.info("slack: a window could not be changed")
                return False
            window.hash = text_at(told, "view", "hash")
            return True
        return False

    async def _call(self, installation: Installation, method: str, **arguments: object) -> Mapping[str, object]:
        return await self._calls.call(installation, method, **arguments)
