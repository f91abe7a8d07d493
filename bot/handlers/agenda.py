"""What two people wanted to go on with: it heads what their next session is about."""

from __future__ import annotations

from dataclasses import replace

from bot.replies import SessionShown
from calendar_core.ports import Steps


async def with_agenda(steps: Steps, shown: SessionShown) -> SessionShown:
    """The session, with the steps that were shared after the one before it."""
    if not steps.kept or shown.session.cancelled is not None:
        return shown
    return replace(shown, from_last_time=tuple(each.text for each in await steps.agenda(shown.session)))
