"""People who type and press: what they see is read back as data, as a program would."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.conversation import Conversation
from bot.handlers.talk import Core
from bot.handlers.told_of_connecting import ConnectingNotices
from bot.notices import Notices
from bot.wording import ReplyData, as_data
from calendar_core.ending import Ending
from calendar_core.happening import Happening
from calendar_core.people import Identity, User, UserId
from calendar_core.reporting import Reporting
from calendar_core.wishing import Wishing
from tests.calendar_core.connecting.assembled import assembled
from tests.calendar_core.scheduling.stage import Stage, staged


class ReachableInSlack:
    """Everybody's home chat, as far as an admin is told."""

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        """All of them in Slack."""
        return dict.fromkeys(users, "Slack")


@dataclass(frozen=True)
class Talking:
    """Says and presses for people of the stage."""

    stage: Stage
    conversation: Conversation
    notices: Notices

    async def say(self, user: User, text: str) -> ReplyData:
        answer = await self.conversation.say(who(user), text)
        return as_data(answer.reply, answer.reader)

    async def press(self, user: User, reply: ReplyData, label: str) -> ReplyData:
        """The button with that label, or that whole name."""
        found = [choice for choice in reply["choices"] if label in (choice["label"], choice["name"])]
        assert found, f"no [{label}] in: {reply['text']}"
        answer = await self.conversation.press(who(user), found[0]["token"])
        return as_data(answer.reply, answer.reader)

    async def token(self, user: User, token: str) -> ReplyData:
        answer = await self.conversation.press(who(user), token)
        return as_data(answer.reply, answer.reader)

    async def told(self, user: User, kind: type[Happening]) -> ReplyData:
        """The first notice of that kind, once it comes."""
        happening = await self.stage.told.hears(user, kind)
        answer = await self.notices.of(happening, user)
        assert answer is not None
        await self.conversation.sent(who(user), answer.reply)
        return as_data(answer.reply, answer.reader)


def who(user: User) -> Identity:
    """Everybody's chat account is on the console."""
    return Identity("console", user.email)


@asynccontextmanager
async def talking(folder: Path) -> AsyncIterator[Talking]:
    """The stage, with everybody's chat account linked."""
    async with staged(folder) as stage:
        store = stage.store
        for user in stage.people.values():
            await store.people.link(who(user), user.id)
        ending = Ending(store.programmes, store.sessions, store.endings, stage.sandbox.clock)
        connecting = assembled(store, stage.calendars, stage.sandbox.clock)
        core = Core(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            receipts=store.receipts,
            conversations=store.conversations,
            scheduling=stage.scheduling,
            reporting=Reporting(store.people, store.programmes, store.integrations, ReachableInSlack()),
            ending=ending,
            wishes=Wishing(store.people, store.programmes, store.operator_wishes, stage.sandbox.clock),
            connecting=connecting,
            clock=stage.sandbox.clock,
            contact="help@example.com",
        )
        told_of_connecting = ConnectingNotices(
            store.people, store.integrations, connecting.following, stage.sandbox.clock
        )
        notices = Notices(stage.scheduling, store.programmes, store.sessions, ending, told_of_connecting)
        yield Talking(stage, Conversation(core), notices)
