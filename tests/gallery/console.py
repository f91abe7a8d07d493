"""The console's replies as the demo's page gets them, and everything the page asks for to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from adapters.console import demo_page
from adapters.console.album import Album
from adapters.console.render import Message, message
from bot.replies import Answer, CalendarsShown
from bot.samples import NEW_YORK, SAMPLES
from calendar_core.people import MatchId, OrganisationId, User, UserId

HERE = Path(__file__).parent
PAGE = Path(demo_page.__file__).parent / "static"
READER = User(UserId(1), OrganisationId(1), "ana@example.com", "Ana Ruiz", NEW_YORK)


async def _anybody(_user: User, _match: MatchId) -> None:
    """Samples are nobody's secret."""


class ConsoleGallery:
    """All samples in one language. `messages` by the sample's name, written as a file's."""

    drawn_in = ".log"
    widths: Mapping[str, int] = {"": 1440}

    def __init__(self, language: str) -> None:
        self.language = language
        self._album = Album(_anybody)
        self.messages: dict[str, Message] = {
            name.replace(" ", "-"): self._message(replace(answer, reader=replace(answer.reader, language=language)))
            for name, answer in SAMPLES.items()
        }

    def _message(self, answer: Answer) -> Message:
        picture = None
        if isinstance(answer.reply, CalendarsShown):
            picture = self._album.keep(READER, answer.reply, answer.reader)
        return message(answer, picture)

    async def part(self, path: str) -> bytes | None:
        """What is at that path of the page: the page itself, the demo page's own script and style, a picture."""
        folder, _, name = path.rpartition("/")
        if folder == "/console/pictures":
            return await self._album.picture(READER, name)
        place = {"": HERE / "console_page", "/console/static": PAGE}.get(folder)
        file = place / (name or "index.html") if place else None
        return file.read_bytes() if file and file.is_file() else None
