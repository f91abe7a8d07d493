"""A reply as data, for programs: what `--json` prints. Times are RFC 3339 in the reader's zone."""

from __future__ import annotations

from typing import TypedDict

from bot.buttons import token_of
from bot.replies import Reader, Reply, join_url
from calendar_core.interval import Interval
from calendar_core.wall_clock import local_time

from .plain import in_plain
from .voice import Voice
from .worded import worded


class ReadData(TypedDict):
    """What was understood of a wish."""

    partner: str | None
    windows: list[list[str]]
    minutes: int | None


class ChoiceData(TypedDict):
    """`label` stands on the button, `name` is whole; `start` and `end` are the time it stands for;
    with a `url` it is a link, and the token leads to a new one."""

    label: str
    name: str
    token: str
    start: str | None
    end: str | None
    url: str | None


class ReplyData(TypedDict):
    """`kind` is the reply's class name, `text` its whole plain form; `before`, `lines` and `after` are its parts.
    `file` is the name of what is handed over with it."""

    kind: str
    text: str
    read: ReadData | None
    choices: list[ChoiceData]
    before: list[str]
    lines: list[str]
    after: list[str]
    numbered: bool
    join: str | None
    file: str | None


def as_data(reply: Reply, reader: Reader) -> ReplyData:
    """Raises ValueError if a choice does not fit its token."""
    words = worded(reply, Voice(reader))

    def written(when: Interval) -> list[str]:
        return [local_time(reader.zone, instant).isoformat() for instant in (when.start, when.end)]

    read: ReadData | None = None
    if reply.read is not None:
        windows = [written(window) for window in reply.read.windows]
        read = {"partner": reply.read.partner, "windows": windows, "minutes": reply.read.minutes}
    return {
        "kind": type(reply).__name__,
        "text": in_plain(words),
        "read": read,
        "choices": [
            {
                "label": button.label,
                "name": button.name,
                "token": token_of(choice.command),
                "start": written(choice.slot)[0] if choice.slot else None,
                "end": written(choice.slot)[1] if choice.slot else None,
                "url": choice.url,
            }
            for choice, button in zip(reply.choices, words.buttons, strict=True)
        ],
        "before": list(words.before),
        "lines": list(words.lines),
        "after": list(words.after),
        "numbered": words.numbered,
        "join": join_url(reply),
        "file": reply.file.name if reply.file else None,
    }
