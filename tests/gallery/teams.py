"""Teams' cards, and everything that the sandbox's own page needs to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from adapters.teams.render import Element, drawn
from bot.samples import SAMPLES
from sandbox.teams import page
from tests.adapters.teams.further import further, read_in

HERE = Path(__file__).parent
PAGE = Path(page.__file__).parent / "static"


class TeamsGallery:
    """All samples in one language. `messages` by the sample's name, written as a file's: a card each."""

    drawn_in = ".card"
    widths: Mapping[str, int] = {"-wide": 1700, "-360": 360}

    def __init__(self, language: str) -> None:
        self.language = language
        self.messages: dict[str, Element] = {}
        for name in SAMPLES:
            for number, shown in enumerate(drawn(read_in(language, name))):
                key = name.replace(" ", "-") + (f"-{number + 1}" if number else "")
                self.messages[key] = shown.card
        self.messages |= {name.replace(" ", "-"): shown.card for name, shown in further(language).items()}

    async def part(self, path: str) -> bytes | None:
        """What is at that path of the page: the page itself, the sandbox's own script and style."""
        folder, _, name = path.rpartition("/")
        place = {"": HERE / "teams_page", "/teams/static": PAGE}.get(folder)
        file = place / (name or "index.html") if place else None
        return file.read_bytes() if file and file.is_file() else None
