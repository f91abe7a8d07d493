"""How an admin names a calendar integration: by its label, or as none."""

from __future__ import annotations

import re

from calendar_core.integration import IntegrationKind

from .commands import ShowIntegrations

NONE = "not connected"


def kinds_said() -> str:
    """A pattern for the labels (decision 1)."""
    return "|".join(re.escape(each) for each in (*IntegrationKind, NONE))


def integrations_of(said: str) -> ShowIntegrations:
    """Everybody's where nothing was said."""
    kind = next((each for each in IntegrationKind if each.value.casefold() == said.casefold()), None)
    return ShowIntegrations(kind=kind, blank=said.casefold() == NONE)
