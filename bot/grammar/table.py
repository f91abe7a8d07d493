"""The table of phrases: the first that is recognised is meant. Help and chats' lists of commands are made from it."""

from __future__ import annotations

from bot.commands import Contact, Help, ShowReceipts
from bot.words import Words

from .admin import ADMIN
from .connecting import CONNECTING
from .following_up import FOLLOWING_UP
from .own import OWN
from .phrase import LONGEST_ABOUT, Phrase, always, says
from .sessions import ADD_LINK, SESSIONS
from .times import TIMES

GRAMMAR: tuple[Phrase, ...] = (
    *TIMES,
    *SESSIONS,
    *OWN,
    *FOLLOWING_UP,
    ADD_LINK,
    *CONNECTING,
    Phrase(
        "privacy",
        Words.HELP_PRIVACY,
        says(
            r"privacy|receipts|"
            r"who (?:saw|has seen|was shown|looked at) my (?:free )?(?:times?|calendar|availability)\??"
        ),
        always(ShowReceipts()),
    ),
    *ADMIN,
    Phrase(
        "help contact",
        Words.HELP_CONTACT,
        says(r"(?:help )?contact|who can help(?: me)?\??"),
        always(Contact()),
    ),
    Phrase(
        "help",
        Words.HELP_HELP,
        says(r"help(?:\s+(?:with\s+|about\s+)?(?P<rest>.*))?|\?+|hi|hello|start|commands?"),
        lambda rest, _: Help(rest[:LONGEST_ABOUT]),
    ),
)
