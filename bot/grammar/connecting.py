"""The words by which people connect and disconnect their own calendar, and type the code their browser shows."""

from __future__ import annotations

import re

from bot.commands import CodeTyped, Connect, Disconnect, ShowStatus
from bot.words import ConnectingWords, Words
from calendar_core.integration import Suite

from .phrase import Phrase, always, says

_VENDORS = {
    Suite.GOOGLE: r"google(?:'?s)?(?:\s+(?:calendar|workspace))?|gmail|g\s?suite",
    Suite.MICROSOFT: r"(?:ms|microsoft|office)?\s*(?:outlook|365|o365)|microsoft|office|exchange",
}
_VENDOR = "|".join(f"(?:{pattern})" for pattern in _VENDORS.values())
_CALENDAR = rf"(?:(?:me|my|a|the|own|work|with|to|via|through)\s+)*(?P<rest>{_VENDOR})?(?:\s*(?:calendar|account))?"
_CODE = re.compile(r"(?:(?:the|my)\s+)?(?:code\s*(?:is)?:?\s*)?([0-9]{3})[\s-]?([0-9]{3})", re.IGNORECASE)


def code_in(words: str) -> CodeTyped | None:
    """123456, 123 456, code: 123-456."""
    found = _CODE.fullmatch(words)
    return CodeTyped(found[1] + found[2]) if found else None


def _suite(vendor: str) -> Suite | None:
    named = (suite for suite, pattern in _VENDORS.items() if re.fullmatch(pattern, vendor.strip(), re.IGNORECASE))
    return next(named, None)


CONNECTING = (
    Phrase(
        "connect",
        ConnectingWords.HELP_CONNECT,
        says(rf"(?:connect|link|sign in|integrate)(?:\s+{_CALENDAR})?"),
        lambda vendor, _: Connect(_suite(vendor)),
    ),
    Phrase(
        "reconnect",
        ConnectingWords.HELP_RECONNECT,
        says(rf"(?:reconnect|connect again|sign in again)(?:\s+{_CALENDAR})?"),
        lambda vendor, _: Connect(_suite(vendor), again=True),
    ),
    Phrase(
        "disconnect",
        ConnectingWords.HELP_DISCONNECT,
        says(
            r"(?:disconnect|unlink|sign out)"
            r"(?:\s+(?:(?:me|my|the|from)\s+)*(?:google|outlook|microsoft)?\s*(?:calendar)?)?"
        ),
        always(Disconnect()),
    ),
    Phrase("status", Words.HELP_STATUS, says(r"(?:my |show )?status"), always(ShowStatus())),
)
