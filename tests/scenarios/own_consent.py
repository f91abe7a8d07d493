"""People who connect their own calendars, at the vendors' pages of the sandbox."""

from __future__ import annotations

from calendar_core.integration import Health, Integration, IntegrationKind
from calendar_core.people import User
from calendar_core.ports import Granted
from calendar_core.providers.connections import open_connections
from tests.calendar_core.providers.at_the_page import consented
from tests.calendar_core.providers.google import opened as google
from tests.calendar_core.providers.microsoft import opened as microsoft
from tests.faults.couples import Hamlet


async def connect_own(hamlet: Hamlet, user: User, kind: IntegrationKind) -> None:
    """The person agrees to everything; what it leaves is sealed as on a real installation."""
    sandbox, store = hamlet.sandbox, hamlet.application.store
    async with open_connections() as connections:
        if kind is IntegrationKind.GOOGLE_INDIVIDUAL:
            consent = google.consent_for(sandbox, google.settings_for(sandbox, None), connections)
            granted = await consented(sandbox, consent, user, google.REDIRECT)
        else:
            theirs = microsoft.consent_for(sandbox, microsoft.settings_for(sandbox), connections)
            granted = await consented(sandbox, theirs, user, microsoft.REDIRECT)
    assert isinstance(granted, Granted), granted
    await store.credentials.put(user.id, granted)
    now = hamlet.application.clock.now()
    await store.integrations.connected(Integration(user.id, kind, Health.OK, granted.account, since=now))
