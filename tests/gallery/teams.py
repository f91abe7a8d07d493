"""Teams' cards, and everything that the sandbox's own page needs to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from adapters.teams.render import Element, TimeForm, drawn, form_card, shared_card
from adapters.teams.render.day_form import day_form, looking, result
from bot.commands import ChooseDay, Contact, FindSlots
from bot.replies import Answer, Reader
from bot.samples import MATCH, SAMPLES
from sandbox.teams import page

HERE = Path(__file__).parent
PAGE = Path(page.__file__).parent / "static"
BERLIN = "Europe/Berlin"
FORM = TimeForm(FindSlots(match=MATCH, minutes=45), date(2026, 11, 24), date(2026, 12, 22), (30, 45, 60), 45)


class TeamsGallery:
    """All samples in one language. `messages` by the sample's name, written as a file's: a card each."""

    drawn_in = ".card"
    widths: Mapping[str, int] = {"-wide": 1700, "-360": 360}

    def __init__(self, language: str) -> None:
        self.language = language
        self.messages: dict[str, Element] = {}
        for name in SAMPLES:
            for number, shown in enumerate(drawn(self._read(name))):
                key = name.replace(" ", "-") + (f"-{number + 1}" if number else "")
                self.messages[key] = shown.card
        reader, wish = Reader(language, BERLIN), ChooseDay(FORM.find)
        self.messages |= {
            "another-time": form_card(FORM, reader).card,
            "dialog-day": day_form(self._read("times offered"), wish).card,
            "dialog-looking": looking(self._read("said"), wish).card,
            "dialog-booked": result(self._read("booked")).card,
            "everybodys": shared_card("Ana Ruiz", "Sam Okoye", ["29:x"], Contact(), reader).card,
        }

    async def part(self, path: str) -> bytes | None:
        """What is at that path of the page: the page itself, the sandbox's own script and style."""
        folder, _, name = path.rpartition("/")
        place = {"": HERE / "teams_page", "/teams/static": PAGE}.get(folder)
        file = place / (name or "index.html") if place else None
        return file.read_bytes() if file and file.is_file() else None

    def _read(self, name: str) -> Answer:
        answer = SAMPLES[name]
        return replace(answer, reader=replace(answer.reader, language=self.language))
