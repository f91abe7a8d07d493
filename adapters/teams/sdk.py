"""The one place where Microsoft's botbuilder is used: it tells what kind of thing happened, and sends what is simple.

What Teams sent stays the truth (`adapters.teams.activity`): the SDK's own model loses some of it, the tenant first
(decisions/0047).
"""

from __future__ import annotations

from typing import Protocol

from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import Activity as SdkActivity
from botbuilder.schema import ConversationAccount, ConversationReference, ResourceResponse

from .activity import Activity
from .connector import Connector, Json
from .outlets import place_of

HEARD, ANSWER = "pairtime.heard", "pairtime.answer"


class Deeds(Protocol):
    """What is done about each kind of thing."""

    async def said(self, activity: Activity) -> None:
        """Somebody typed, or pressed a button of an older client."""

    async def installed(self, activity: Activity) -> None:
        """The app was added to a conversation."""

    async def removed(self, activity: Activity) -> None:
        """The app was taken out of one."""

    async def invoked(self, activity: Activity) -> Json:
        """Somebody waits for this answer."""
        ...


class TeamsBot(ActivityHandler):  # type: ignore[misc]  # it ships no types
    """Tells what kind of thing happened. Of what is not named here nothing follows: edits and deletions above all."""

    def __init__(self, deeds: Deeds) -> None:
        self._deeds = deeds

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        """Words, or a press."""
        await self._deeds.said(_heard(turn_context))

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        """Installed, or brought to a new version."""
        await self._deeds.installed(_heard(turn_context))

    async def on_installation_update_remove(self, turn_context: TurnContext) -> None:
        """Removed; or taken out to be replaced by a new version, from which nothing follows."""
        if turn_context.activity.action == "remove":
            await self._deeds.removed(_heard(turn_context))

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        """The answer goes back as it is: the SDK would serialise it twice."""
        turn_context.turn_state[ANSWER] = await self._deeds.invoked(_heard(turn_context))


class TeamsAdapter(BotAdapter):  # type: ignore[misc]  # it ships no types
    """Takes activities through the SDK's pipeline, and what the SDK sends to our own connector."""

    def __init__(self, connector: Connector) -> None:
        super().__init__()
        self._connector = connector

    async def process(self, activity: Activity, bot: TeamsBot) -> Json:
        """What an invoke is answered; empty for everything else."""
        context = TurnContext(self, _as_sdk(activity))
        context.turn_state[HEARD] = activity
        await self.run_pipeline(context, bot.on_turn)
        answer: Json = context.turn_state.get(ANSWER, {})
        return answer

    async def typing(self, activity: Activity) -> None:
        """Three dots, for some seconds. Raises ProviderError."""
        context = TurnContext(self, _as_sdk(activity))
        context.turn_state[HEARD] = activity
        await context.send_activity(SdkActivity(type="typing"))

    async def send_activities(self, context: TurnContext, activities: list[SdkActivity]) -> list[ResourceResponse]:
        """See BotAdapter."""
        place = place_of(_heard(context))
        return [ResourceResponse(id=await self._connector.send(place, _as_json(each))) for each in activities]

    async def update_activity(self, context: TurnContext, activity: SdkActivity) -> ResourceResponse:
        """What was sent is changed by its outlet; the SDK demands that this is here."""
        raise NotImplementedError

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Nothing that was sent is taken away; the SDK demands that this is here."""
        raise NotImplementedError


def _heard(context: TurnContext) -> Activity:
    heard: Activity = context.turn_state[HEARD]
    return heard


def _as_sdk(activity: Activity) -> SdkActivity:
    """As much as decides what is done about it."""
    return SdkActivity(
        type=activity.kind,
        id=activity.id,
        name=activity.name,
        action=activity.action,
        channel_id="msteams",
        service_url=activity.service_url,
        conversation=ConversationAccount(id=activity.conversation),
    )


def _as_json(activity: SdkActivity) -> Json:
    """To whom it goes is said by where it is sent."""
    told: dict[str, object] = activity.serialize()
    return {name: value for name, value in told.items() if name not in ("conversation", "serviceUrl", "channelId")}
