"""How an admin names a calendar integration: by its label, or as none."""

from __future__ import annotations

import re

from calendar_core.integration import IntegrationKind

from .commands import ShowIntegrations, TakeStatuses

NONE = "not connected"
AS_A_FILE = "csv"


def kinds_said() -> str:
    """A pattern for the labels (decision 1), and for all of them in a file."""
    return "|".join(re.escape(each) for each in (*IntegrationKind, NONE, AS_A_FILE))


def integrations_of(said: str) -> ShowIntegrations | TakeStatuses:
    """Everybody's where nothing was said."""
    if said.casefold() == AS_A_FILE:
        return TakeStatuses()
    kind = next((each for each in IntegrationKind if each.value.casefold() == said.casefold()), None)
    return ShowIntegrations(kind=kind, blank=said.casefold() == NONE)
