"""Slack's replies, windows and Homes, and everything that the sandbox's own page needs to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from adapters.slack.render import Block, drawn
from adapters.slack.render.home_view import HomeShown, away, home
from adapters.slack.render.views import being_booked, failed, form, looking, result
from bot.commands import BookSession, ChooseDay, FindSlots, ShowIntegrations, WhoHasntIntegrated
from bot.replies import Answer, Choice, Party, Read, Reader, SessionLine, SessionsListed, SlotsOffered
from bot.samples import BOOKED, CHECKED, MATCH, NEW_YORK, SAMPLES
from bot.sentences import sentence
from bot.words import Words
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.request import Basis
from sandbox.slack import page

HERE = Path(__file__).parent
PAGE = Path(page.__file__).parent / "static"
SAM = Party("Sam Okoye", "Sam", "Europe/Berlin")
TOPIC = "https://example.slack.com/archives/C0123456789/p1732276920000100"


class SlackGallery:
    """All samples in one language. `messages` by the sample's name, written as a file's: a view, or a message's blocks
    as one."""

    drawn_in = ".shown"
    widths: Mapping[str, int] = {"-wide": 1700, "-360": 360}

    def __init__(self, language: str) -> None:
        self.language = language
        self.messages: dict[str, Block] = {}
        for name in SAMPLES:
            for number, shown in enumerate(drawn(self._read(name))):
                key = name.replace(" ", "-") + (f"-{number + 1}" if number else "")
                self.messages[key] = {"type": "message", "text": shown.text, "blocks": shown.blocks}
        self.messages |= {f"window-{name}": view for name, view in self._windows().items()}
        self.messages |= {f"home-{name}": view for name, view in self._homes().items()}

    async def part(self, path: str) -> bytes | None:
        """What is at that path of the page: the page itself, the sandbox's own script and style."""
        folder, _, name = path.rpartition("/")
        place = {"": HERE / "slack_page", "/slack/static": PAGE}.get(folder)
        file = place / (name or "index.html") if place else None
        return file.read_bytes() if file and file.is_file() else None

    def _read(self, name: str) -> Answer:
        answer = SAMPLES[name]
        return replace(answer, reader=replace(answer.reader, language=self.language))

    def _windows(self) -> dict[str, Block]:
        reader, wish = Reader(self.language, NEW_YORK), ChooseDay(FindSlots(match=MATCH))
        return {
            "looking": looking(reader),
            "form": form(Answer(_day(), reader), wish),
            "form-about-a-message": form(Answer(_day(), reader), wish, TOPIC),
            "form-after-a-refusal": form(Answer(_day(), reader), wish, "CV", refused=self._read("refused")),
            "form-without-times": form(self._read("nothing fits"), wish),
            "booking": being_booked(reader),
            "booked": result(self._read("booked about something")),
            "failed": failed(reader),
        }

    def _homes(self) -> dict[str, Block]:
        reader = Reader(self.language, NEW_YORK)
        sessions, status, own = self._read("sessions"), self._read("status"), self._read("settings")
        find = Choice(sentence(Words.FIND_TIMES), FindSlots())
        status, admins = replace(status, reply=replace(status.reply, choices=(find,))), status
        none = Answer(SessionsListed(past=False, sessions=()), reader)
        lines = tuple(
            SessionLine(replace(BOOKED, when=BOOKED.when.padded(0), topic="CV" if at % 3 else ""), SAM)
            for at in range(13)
        )
        many = Answer(SessionsListed(past=False, sessions=lines), reader)
        return {
            "mentee": home(HomeShown(sessions, status, own)),
            "new": home(HomeShown(none, status, own)),
            "many-sessions": home(HomeShown(many, status, own)),
            "admin": home(HomeShown(none, admins, own, self._read("people"), WhoHasntIntegrated())),
            "admin-statuses": home(HomeShown(none, admins, own, self._read("statuses"), ShowIntegrations(skip=10))),
            "nobodys": home(HomeShown(self._read("refused"))),
            "away": away(reader),
        }


def _day() -> SlotsOffered:
    """Every time of one day."""
    start = BOOKED.when.start_minute
    slots = [Interval(start + 15 * at, start + 15 * at + 45) for at in range(9)]
    choices = tuple(
        Choice(sentence(Words.BOOK_ON, when=slot), BookSession(MATCH, slot), slot=slot, numbered=True) for slot in slots
    )
    return SlotsOffered(
        partner=SAM,
        minutes=45,
        suite=Suite.GOOGLE,
        basis=Basis.BOTH_FREE,
        checked_at=CHECKED,
        choices=choices,
        read=Read(SAM.name, (Interval(start - 540, start + 900),), 45),
    )
