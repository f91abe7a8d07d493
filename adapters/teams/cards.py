"""An answer as cards, drawn beside everything else that goes on."""

from __future__ import annotations

from bot.replies import Answer

from .render import Drawn, drawn


async def shown(answer: Answer) -> tuple[Drawn, ...]:
    """In their order."""
    return drawn(answer)
