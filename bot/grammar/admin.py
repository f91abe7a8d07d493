"""What admins type, and how they name a calendar integration: by its label, or as none."""

from __future__ import annotations

import re

from bot.commands import AskFreeBusyOnly, ShowHealth, ShowIntegrations, StatusOf, TakeStatuses, WhoHasntIntegrated
from bot.words import HealthWords, OperatingWords, StatusesWords, Words
from calendar_core.integration import IntegrationKind

from .phrase import LONGEST_ABOUT, MARKED_NAME, Audience, Phrase, Speaker, always, says

_NONE = "not connected"
_AS_A_FILE = "csv"
_KINDS = "|".join(re.escape(each) for each in (*IntegrationKind, _NONE, _AS_A_FILE))  # decision 1's labels, and a file


def _integrations(said: str, _speaker: Speaker) -> ShowIntegrations | TakeStatuses:
    """Everybody's where nothing was said."""
    if said.casefold() == _AS_A_FILE:
        return TakeStatuses()
    kind = next((each for each in IntegrationKind if each.value.casefold() == said.casefold()), None)
    return ShowIntegrations(kind=kind, blank=said.casefold() == _NONE)


ADMIN = (
    Phrase(
        "admin health",
        HealthWords.HELP_HEALTH,
        says(r"(?:show )?(?:admin\s+)?health"),
        always(ShowHealth()),
        audience=Audience.ADMINS,
    ),
    Phrase(
        "status of somebody",
        HealthWords.HELP_PERSON,
        says(r"(?:show )?(?:admin\s+)?status (?:of|for)\s+(?P<rest>.+?)\??"),
        lambda rest, _: StatusOf(MARKED_NAME.sub(r"\1", rest)[:LONGEST_ABOUT]),
        audience=Audience.ADMINS,
    ),
    Phrase(
        "admin free/busy only",
        OperatingWords.HELP_FREE_BUSY_ONLY,
        says(r"(?:admin\s+)?(?:switch (?:on|to) |ask for |use )?free/?[ -]?busy[ -]only"),
        always(AskFreeBusyOnly()),
        audience=Audience.ADMINS,
    ),
    Phrase(
        "admin integrations",
        StatusesWords.HELP_STATUSES,
        says(rf"(?:show )?admin\s+(?:everybody|integrations?|statuses)(?:[\s:,]+(?P<rest>{_KINDS}))?"),
        _integrations,
        listed=False,
        audience=Audience.ADMINS,
    ),
    Phrase(
        "admin who hasn't integrated",
        Words.HELP_ADMIN,
        says(
            r"(?:admin\s+)?(?:who|which people) (?:has|have)(?: not|n'?t)(?: yet)? (?:integrated|connected)"
            r"(?: (?:their|a|the)? ?calendars?)?(?: yet)?\??|admin(?: not integrated)?"
        ),
        always(WhoHasntIntegrated()),
        audience=Audience.ADMINS,
    ),
)
