"""A reply as the console's data: what `--json` prints and the page draws. Text stays text; nothing here is markup."""

from __future__ import annotations

import re
from typing import TypedDict

from bot.replies import Answer
from bot.wording import ReplyData, Style, Voice, as_data, worded

# Private marks that no text of others can hold: plain_text drops control characters.
BOLD, PLAIN_AGAIN, ITALIC = "\x01", "\x02", "\x03"
MARKED = Style(bold=(BOLD, PLAIN_AGAIN), italic=(ITALIC, PLAIN_AGAIN))
_MARK = re.compile(f"([{BOLD}{PLAIN_AGAIN}{ITALIC}])")
_MEANING = {BOLD: "bold", ITALIC: "italic", PLAIN_AGAIN: ""}

Runs = list[tuple[str, str]]
"""Stretches of text, each with "bold", "italic" or "" beside it."""


class Words(TypedDict):
    """A reply's parts: paragraphs, points (numbered from 1 or not), paragraphs."""

    before: list[Runs]
    lines: list[Runs]
    numbered: bool
    after: list[Runs]


class Picture(TypedDict):
    """Where the picture is, light and dark, and what it says. Sizes in pixels of the page."""

    light: str
    dark: str
    alt: str
    width: int
    height: int


class Download(TypedDict):
    """Where a file is to be fetched from, once, and what it is called."""

    url: str
    name: str


class Message(ReplyData):
    """The reply, and how a page shows it."""

    words: Words
    picture: Picture | None
    download: Download | None


def message(answer: Answer, picture: Picture | None = None, download: Download | None = None) -> Message:
    """Everything about one reply."""
    parts = worded(answer.reply, Voice(answer.reader, MARKED))
    words = Words(
        before=[_runs(each) for each in parts.before],
        lines=[_runs(each) for each in parts.lines],
        numbered=parts.numbered,
        after=[_runs(each) for each in parts.after],
    )
    return Message(**as_data(answer.reply, answer.reader), words=words, picture=picture, download=download)


def _runs(text: str) -> Runs:
    runs: Runs = []
    mark = ""
    for piece in _MARK.split(text):
        if piece in _MEANING:
            mark = _MEANING[piece]
        elif piece:
            runs.append((piece, mark))
    return runs
