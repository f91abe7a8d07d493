"""A reply as data, for programs: what `--json` prints. Times are RFC 3339 in the reader's zone."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from bot.buttons import token_of
from bot.replies import Reader, Reply, SessionShown

from .plain import plain
from .voice import Voice
from .worded import worded


class ReadData(TypedDict):
    """What was understood of a wish."""

    partner: str | None
    windows: list[list[str]]
    minutes: int | None


class ChoiceData(TypedDict):
    """`label` stands on the button, `name` is whole; `start` and `end` are the time it stands for."""

    label: str
    name: str
    token: str
    start: str | None
    end: str | None


class ReplyData(TypedDict):
    """`kind` is the reply's class name, `text` its whole plain form; `before`, `lines` and `after` are its parts."""

    kind: str
    text: str
    read: ReadData | None
    choices: list[ChoiceData]
    before: list[str]
    lines: list[str]
    after: list[str]
    numbered: bool
    join: str | None


def as_data(reply: Reply, reader: Reader) -> ReplyData:
    """Raises ValueError if a choice does not fit its token."""
    words = worded(reply, Voice(reader))
    zone = ZoneInfo(reader.zone)

    def written(instant: datetime) -> str:
        return instant.astimezone(zone).isoformat()

    read = reply.read
    return {
        "kind": type(reply).__name__,
        "text": plain(reply, reader),
        "read": read
        and {
            "partner": read.partner,
            "windows": [[written(window.start), written(window.end)] for window in read.windows],
            "minutes": read.minutes,
        },
        "choices": [
            {
                "label": button.label,
                "name": button.name,
                "token": token_of(choice.command),
                "start": choice.slot and written(choice.slot.start),
                "end": choice.slot and written(choice.slot.end),
            }
            for choice, button in zip(reply.choices, words.buttons, strict=True)
        ],
        "before": list(words.before),
        "lines": list(words.lines),
        "after": list(words.after),
        "numbered": words.numbered,
        "join": reply.session.conference.url if isinstance(reply, SessionShown) and reply.session.conference else None,
    }
