"""A reply as one card, or as several where a list is too long for one; and the same as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from adapters.message_pages import cut, pages
from adapters.teams.message_link import addresses_in
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
)
from bot.wording import PLAIN, Voice, plain, worded

from .actions import ABREAST, abreast, actions_of, in_rows
from .day_button import day_button
from .elements import MOST_BYTES, Element, adaptive_card, attached, container, size, text_block
from .markdown import MARKDOWN, escaped, linked
from .person_field import person_field
from .pictured import Picture, image

FRAME = 1_024  # bytes for everything of a card that is not counted piece by piece
PIECE = 200  # bytes around a paragraph's text
LONGEST = 4_000  # letters of one paragraph; a longer one is cut in several


@dataclass(frozen=True, slots=True)
class Drawn:
    """`summary` is what a lock screen shows and a screen reader reads: the card's own text."""

    card: Element
    summary: str

    def activity(self) -> Element:
        """The message, without whom it is for. One card and no text: Teams would split the two, and tell no id."""
        return {"type": "message", "summary": self.summary, "attachments": [attached(self.card)]}

    def with_button(self, button: Element) -> Drawn:
        """And that one below it, which no reply has."""
        text = f"{self.summary}\n[{button['title']}]"
        return Drawn({**self.card, "actions": [button], "fallbackText": text}, text)


class _Manner(NamedTuple):
    """How a shape looks: whether its first paragraph is a heading, and whether what it says is set apart."""

    heading: bool = False
    framed: bool = False


def _manner(reply: Reply) -> _Manner:
    match reply:
        case Said() | Question() | Refused() | Summary() | CalendarsShown() | ReceiptsShown() | PeopleListed():
            return _Manner()
        case SlotsOffered() | TimesToSend() | SessionsListed() | HelpShown():
            return _Manner(heading=True)
        case SessionShown() | RequestShown():
            return _Manner(framed=True)
        case _:
            assert_never(reply)


class _Piece(NamedTuple):
    """One paragraph, or one line of the list: in Markdown, and plain."""

    shown: str
    plain: str
    line: bool = False
    heading: bool = False

    @property
    def bytes(self) -> int:
        """What it costs a card that has it in both ways."""
        return size(self.shown) + size(self.plain) + PIECE


def drawn(answer: Answer, picture: Picture | None = None, *, stays: bool = False) -> tuple[Drawn, ...]:
    """Usually one. Of several the first begins and the last has the buttons. Raises ValueError for a choice that does
    not fit a button. A picture for which there is no room is left out: the text says the same. `stays`: it is a notice,
    and what its buttons lead to does not take its place."""
    reply, reader = answer.reply, answer.reader
    voice = Voice(reader, MARKDOWN)
    buttons = worded(reply, voice).buttons
    actions = actions_of(reply, buttons, voice, stays=stays)
    parts = pages(tuple(_pieces(answer)), actions, _fits)
    whole = plain(reply, reader)
    made = []
    for at, page in enumerate(parts):
        text = whole if len(parts) == 1 else "\n".join(piece.plain for piece in page.pieces)
        shown, folded = abreast(page.buttons, voice)
        form = day_button(reply, voice) if at == len(parts) - 1 and len(shown) <= ABREAST and not folded else None
        if form:
            shown = (*shown[:-1], form, *shown[-1:])  # in front of [More]
        shown, rows = in_rows(shown)
        body, folded = _body(page.pieces, _manner(reply)), (*rows, *folded)
        card = adaptive_card([*body, *folded], shown, reader.language, text)
        if (finding := person_field(reply, voice, stays=stays)) and at == len(parts) - 1:
            with_field = adaptive_card([*body, *folded, finding], shown, reader.language, text)
            card = with_field if size(with_field) <= MOST_BYTES else card
        if picture and at == 0:
            pictured = adaptive_card([*body, image(picture), *folded], shown, reader.language, text)
            card = pictured if size(pictured) <= MOST_BYTES else card
        made.append(Drawn(card, text))
    return tuple(made)


def _pieces(answer: Answer) -> Iterator[_Piece]:
    reply = answer.reply
    shown, said = worded(reply, Voice(answer.reader, MARKDOWN)), worded(reply, Voice(answer.reader, PLAIN))
    links = [address for topic in _topics(reply) for address in addresses_in(topic)]
    opening = len(reply.note) + bool(reply.read and (reply.read.windows or reply.read.minutes))
    for at, (marked, text) in enumerate(zip(shown.before, said.before, strict=True)):
        piece = _Piece(linked(marked, links), text, heading=_manner(reply).heading and at == opening)
        yield from _cut(piece)
    for at, (marked, text) in enumerate(zip(shown.lines, said.lines, strict=True), start=1):
        point = f"{at}." if shown.numbered else "-"
        yield from _cut(_Piece(f"{point} {linked(marked, links)}", f"{point} {text}", line=True))
    for marked, text in zip(shown.after, said.after, strict=True):
        yield from _cut(_Piece(marked, text))


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


def _cut(piece: _Piece) -> Iterator[_Piece]:
    """As it is; or, where no card could hold it beside others, in several without emphasis."""
    if max(len(piece.shown), len(piece.plain)) <= LONGEST:
        yield piece
        return
    for part in cut(piece.plain, LONGEST // 8):
        yield _Piece(escaped(part), part)


def _fits(pieces: Sequence[_Piece], actions: Sequence[Element]) -> bool:
    """Whether one card has room for them. The plain text lists the buttons, too."""
    buttons = sum(size(action) + size(_name(action)) for action in actions)
    return FRAME + sum(piece.bytes for piece in pieces) + buttons <= MOST_BYTES


def _name(action: Element) -> object:
    return [action.get("title"), action.get("url")]


def _body(pieces: Sequence[_Piece], manner: _Manner) -> list[Element]:
    """The lines of a list are one block, so that it is one list to a screen reader too."""
    body: list[Element] = []
    lines: list[str] = []
    for piece in pieces:
        if piece.line:
            lines.append(piece.shown)
            continue
        if lines:
            body.append(text_block("\n".join(lines)))
            lines = []
        body.append(text_block(piece.shown, heading=piece.heading))
    if lines:
        body.append(text_block("\n".join(lines)))
    return [container(body, style="emphasis")] if manner.framed and body else body
