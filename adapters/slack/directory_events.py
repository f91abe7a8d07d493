"""What happens in a workspace beside talk: profiles change, the app is removed, tokens are withdrawn."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.tasks import Tasks

from .heard import heard_event
from .installation import Installations
from .payload import Payload, list_at, object_at, text_at
from .who import SlackPeople

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DirectoryEvents:
    """Each is done in a task; Slack was answered before."""

    people: SlackPeople
    installations: Installations
    tasks: Tasks

    def heard(self, body: Payload) -> None:
        """One of the three; anything else is nothing to us."""
        event = object_at(body, "event")
        match text_at(event, "type"):
            case "user_change":
                self.tasks.start(self._changed(body))
            case "app_uninstalled":
                self.tasks.start(self._removed(body))
            case "tokens_revoked" if list_at(event, "tokens", "bot"):  # a person's own token is none of ours
                self.tasks.start(self._removed(body))
            case _:
                pass

    async def _changed(self, body: Payload) -> None:
        heard = heard_event(body)
        installation = await self.installations.of(heard.team, heard.enterprise)
        if installation is not None:
            await self.people.changed(object_at(body, "event", "user"), heard, installation)

    async def _removed(self, body: Payload) -> None:
        """An organisation's installation is told of with a workspace's id beside it, so the id alone does not say."""
        heard = heard_event(body)
        first = next(iter(list_at(body, "authorizations")), None)
        org_wide = body.get("is_enterprise_install") is True or object_at(first).get("is_enterprise_install") is True
        told_at = body.get("event_time")
        happened = datetime.fromtimestamp(told_at, UTC) if isinstance(told_at, int) and 0 < told_at < 2**33 else None
        await self.installations.remove(heard.team, heard.enterprise, org_wide=org_wide, happened=happened)
        log.warning("slack: the app was removed", extra={"kind": "organisation" if org_wide else "workspace"})
