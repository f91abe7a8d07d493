"""What an entry in a calendar tells of a session beside when and with whom: nothing, unless a programme wants it."""

from __future__ import annotations

from calendar_core.people import MatchId
from calendar_core.ports import Programmes
from calendar_core.topic import topic_of


async def described(programmes: Programmes, match: MatchId | None, topic: str) -> str:
    """The programme's name and that one session's topic, a line each, in people's own words: plain text, to be made
    harmless for whatever it is written into. Empty where the operator has not switched it on, and between strangers."""
    found = None if match is None else await programmes.match(match)
    if found is None:
        return ""
    programme = await programmes.programme(found.programme)
    lines = (topic_of(programme.name), topic_of(topic))
    return "\n".join(line for line in lines if line) if programme.rules.described else ""
