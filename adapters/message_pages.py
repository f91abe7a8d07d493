"""How a reply that is too long for one message of a chat becomes several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Piece = TypeVar("Piece")
Button = TypeVar("Button")


@dataclass(frozen=True, slots=True)
class Page(Generic[Piece, Button]):
    """One message's."""

    pieces: tuple[Piece, ...]
    buttons: tuple[Button, ...]


def pages(
    pieces: Sequence[Piece],
    buttons: Sequence[Button],
    fits: Callable[[Sequence[Piece], Sequence[Button]], bool],
) -> list[Page[Piece, Button]]:
    """At least one. All keep their order, and the buttons stand below everything; what fits beside nothing stands
    alone."""
    if fits(pieces, buttons):
        return [Page(tuple(pieces), tuple(buttons))]
    made: list[tuple[list[Piece], list[Button]]] = [([], [])]
    for piece in pieces:
        shown, _ = made[-1]
        if shown and not fits([*shown, piece], ()):
            made.append(([], []))
        made[-1][0].append(piece)
    for button in buttons:
        shown, below = made[-1]
        if (shown or below) and not fits(shown, [*below, button]):
            made.append(([], []))
        made[-1][1].append(button)
    return [Page(tuple(shown), tuple(below)) for shown, below in made]


def cut(text: str, limit: int) -> Iterator[str]:
    """Parts of at most so many letters, between two words where that can be."""
    left = text
    while left:
        end = len(left) if len(left) <= limit else left.rfind(" ", 1, limit) + 1 or limit
        yield left[:end].strip()
        left = left[end:]
