"""A reply as one message, or as several where a list is too long for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.message_pages import cut, pages
from adapters.slack.permalink import addresses_in
from bot.replies import (
    Answer,
    CalendarsShown,
    HelpShown,
    PeopleListed,
    Question,
    ReceiptsShown,
    Refused,
    Reply,
    RequestShown,
    Said,
    SessionShown,
    SessionsListed,
    SlotsOffered,
    Summary,
    TimesToSend,
    join_url,
)
from bot.wording import Voice, Worded, in_plain, worded

from .buttons import rows
from .limits import BLOCKS, CHARACTERS, CONTEXT_TEXT, FALLBACK, PARAGRAPH, clipped, length
from .rich_text import MARKED, listed, paragraph, unmarked
from .shown import Block, Shown, as_text


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, or a line of the list, which has a `number` or is a point; what is `aside` is small."""

    text: str
    line: bool = False
    number: int | None = None
    aside: bool = False

    @property
    def plain(self) -> str:
        """As the message's text has it."""
        mark = f"{self.number}. " if self.number else "- " if self.line else ""
        return mark + unmarked(self.text)


def drawn(answer: Answer) -> tuple[Shown, ...]:
    """Usually one. Of several the first begins and the last has the buttons. Raises ValueError for a choice that does
    not fit a button."""
    reply = answer.reply
    voice = Voice(answer.reader, MARKED)
    said = worded(reply, voice)
    links = _links(reply)
    buttons = tuple(rows(reply, said.buttons, voice))
    pieces = tuple(_pieces(reply, said))
    parts = pages(pieces, buttons, lambda shown, below: _fits([*_blocks(shown, links), *below]))
    if len(parts) == 1:
        text = as_text(clipped(unmarked(in_plain(said)), FALLBACK))
        return (Shown(text, (*_blocks(pieces, links), *buttons)),)
    names = " ".join(f"[{button.label}]" for button in said.buttons)
    made = []
    for number, page in enumerate(parts, start=1):
        is_last = number == len(parts)
        text = "\n".join([*(piece.plain for piece in page.pieces), *([names] if names and is_last else [])])
        blocks = (*_blocks(page.pieces, links), *page.buttons)
        made.append(Shown(as_text(clipped(text, FALLBACK)), blocks))
    return tuple(made)


def _is_aside(reply: Reply) -> bool:
    """What follows a list of times is how they were found: smaller than the times."""
    match reply:
        case SlotsOffered():
            return True
        case Said() | Question() | Refused() | Summary() | CalendarsShown() | TimesToSend() | RequestShown():
            return False
        case SessionShown() | SessionsListed() | ReceiptsShown() | PeopleListed() | HelpShown():
            return False
        case _:
            assert_never(reply)


def _links(reply: Reply) -> frozenset[str]:
    """The addresses that may be pressed in the text: a session's own, and the message it is to be about. Others' texts
    never lead anywhere else."""
    url = join_url(reply)
    about = [address for topic in _topics(reply) for address in addresses_in(topic)]
    return frozenset([url, *about] if url else about)


def _topics(reply: Reply) -> list[str]:
    match reply:
        case SessionShown():
            return [reply.session.topic]
        case SessionsListed():
            return [line.session.topic for line in reply.sessions]
        case RequestShown():
            return [reply.topic]
        case _:
            return []


def _pieces(reply: Reply, said: Worded) -> Iterator[_Piece]:
    for text in said.before:
        yield from _cut(_Piece(text))
    for number, text in enumerate(said.lines, start=1):
        yield _Piece(clipped(text, PARAGRAPH), line=True, number=number if said.numbered else None)
    for text in said.after:
        yield from _cut(_Piece(text, aside=_is_aside(reply)))


def _cut(piece: _Piece) -> Iterator[_Piece]:
    """As it is; or, where it is too long, in several without emphasis."""
    limit = CONTEXT_TEXT if piece.aside else PARAGRAPH
    if len(piece.text) <= limit:
        yield piece
        return
    for part in cut(unmarked(piece.text), limit):
        yield _Piece(part, aside=piece.aside)


def _fits(blocks: Sequence[Block]) -> bool:
    return len(blocks) <= BLOCKS and length(blocks) <= CHARACTERS


def _blocks(pieces: Sequence[_Piece], links: frozenset[str]) -> list[Block]:
    """The lines of a list are one block, so that it is one list to a screen reader too."""
    blocks: list[Block] = []
    lines: list[_Piece] = []

    def close_list() -> None:
        if lines:
            blocks.append(listed([each.text for each in lines], first=lines[0].number, links=links))
            lines.clear()

    for piece in pieces:
        if piece.line:
            lines.append(piece)
            continue
        close_list()
        if piece.aside:
            small = {"type": "plain_text", "text": unmarked(piece.text), "emoji": False}
            blocks.append({"type": "context", "elements": [small]})
        else:
            blocks.append(paragraph(piece.text, links))
    close_list()
    return blocks
