"""What happens in a workspace beside talk: profiles change, the app is removed, tokens are withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from adapters.tasks import Tasks

from .heard import heard_event
from .installation import Installations
from .payload import Payload, list_at, object_at, text_at
from .uninstalls import Uninstalls
from .who import SlackPeople

PLACE = re.compile(r"[TE][A-Z0-9]{1,40}", re.ASCII)
MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class DirectoryEvents:
    """Each is done in a task; Slack was answered before."""

    people: SlackPeople
    installations: Installations
    tasks: Tasks
    uninstalls: Uninstalls

    def heard(self, body: Payload) -> None:
        """One of the three; anything else is nothing to us."""
        event = object_at(body, "event")
        match text_at(event, "type"):
            case "user_change":
                self.tasks.start(self._changed(body))
            case "app_uninstalled":
                self.tasks.start(self.uninstalls.told(_places(body)))
            case "tokens_revoked" if list_at(event, "tokens", "bot"):  # a person's own token is none of ours
                self.tasks.start(self.uninstalls.told(_places(body)))
            case _:
                pass

    async def _changed(self, body: Payload) -> None:
        heard = heard_event(body)
        installation = await self.installations.of(heard.team, heard.enterprise)
        if installation is not None:
            await self.people.changed(object_at(body, "event", "user"), heard, installation)


def _places(body: Payload) -> tuple[str, ...]:
    """Every place that it may be about: an organisation's installation is told of with a workspace's id beside it, or
    with that alone."""
    envelopes = [body, *list_at(body, "authorizations")]
    told = [text_at(each, name) for each in envelopes for name in ("team_id", "enterprise_id")]
    return tuple(dict.fromkeys(filter(PLACE.fullmatch, told)))[:MOST_PLACES]
