"""One's own sessions, and a link that is typed for one: "add link 2 https://...", or the link alone."""

from __future__ import annotations

import re

from bot.commands import AddLink, ShowSessions
from bot.words import MailingWords, Words

from .phrase import Audience, Phrase, Speaker, always, says

_LINK = (
    r"(?:(?:(?:add|set|use)\s+)?(?:a\s+|the\s+|my\s+)?(?:meeting\s+)?link(?:\s+is)?[\s:]+)?"
    r"(?P<rest>(?:\d{1,2}[\s:]+)?<?https?://\S+)"
    r"|(?:add|set|use)\s+(?:a\s+|the\s+|my\s+)?(?:meeting\s+)?link"
)
_PARTS = re.compile(r"(?:(?P<number>\d{1,2})[\s:]+)?<?(?P<url>[^\s|>]+)", re.IGNORECASE)


def _add_link(rest: str, _speaker: Speaker) -> AddLink:
    """Some chats wrap what looks like a link: <https://...|https://...>."""
    found = _PARTS.match(rest)
    if found is None:
        return AddLink()
    return AddLink(None, found["url"], int(found["number"] or 0))


SESSIONS = (
    Phrase(
        "sessions",
        Words.HELP_SESSIONS,
        says(r"(?:show |list )?(?:me )?(?:my |all )*(?:(?:next|upcoming|planned|future) )?sessions?"),
        always(ShowSessions()),
        audience=Audience.MATCHED,
    ),
    Phrase(
        "past sessions",
        Words.HELP_PAST_SESSIONS,
        says(r"(?:show |list )?(?:me )?(?:my |all )*(?:past|old|earlier|previous) sessions?|sessions? past"),
        always(ShowSessions(past=True)),
        audience=Audience.MATCHED,
    ),
)
ADD_LINK = Phrase(
    "add link",
    MailingWords.HELP_ADD_LINK,
    says(_LINK),
    _add_link,
    audience=Audience.MATCHED,
)
