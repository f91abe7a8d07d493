"""People who type and press: what they see is read back as data, as a program would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot.conversation import Conversation
from bot.handlers.talk import Core, Own
from bot.notices import Notices
from bot.wording import ReplyData, as_data
from calendar_core.adjusting import Adjusting
from calendar_core.averaging import Averaging
from calendar_core.counting import Counting
from calendar_core.ending import Ending
from calendar_core.enrolment import Batch, PersonEnrolled
from calendar_core.errors import ProviderUnavailable
from calendar_core.following_up import FollowingUp
from calendar_core.happening import Happening
from calendar_core.job import FOLLOW_UP, MAIL_CODE
from calendar_core.linking import Linking
from calendar_core.monitoring import Monitoring
from calendar_core.opting_out import OptingOut
from calendar_core.people import Identity, Role, User, UserId
from calendar_core.ports import Handler, Unreached
from calendar_core.reporting import Reporting
from calendar_core.store.opening import Store
from calendar_core.wishing import Wishing
from sandbox.app import Sandbox
from tests.calendar_core.connecting.assembled import assembled
from tests.calendar_core.scheduling.stage import Stage, staged


class ReachableInSlack:
    """Everybody's home chat, as far as an admin is told."""

    async def of(self, users: Iterable[UserId]) -> Mapping[UserId, str]:
        """All of them in Slack."""
        return dict.fromkeys(users, "Slack")

    async def why_not(self, users: Iterable[UserId]) -> Mapping[UserId, Unreached]:
        """Nobody is out of reach."""
        return {}


class CodesMailed:
    """A CodeSender: what would stand in the mails, by address."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.fail_once = False
        self._news = asyncio.Condition()

    async def send_code(self, user: User, code: str, _key: str) -> None:
        """Raises ProviderUnavailable once, if that is wanted."""
        if self.fail_once:
            self.fail_once = False
            raise ProviderUnavailable("smtp")
        async with self._news:
            self.sent.append((user.email, code))
            self._news.notify_all()

    async def nth(self, user: User, number: int) -> list[str]:
        """One person's, in order, once there are so many."""
        async with asyncio.timeout(60), self._news:
            while len(found := [code for address, code in self.sent if address == user.email]) < number:
                await self._news.wait()
        return found


@dataclass(frozen=True)
class Talking:
    """Says and presses for people of the stage."""

    stage: Stage
    conversation: Conversation
    notices: Notices
    core: Core
    codes: CodesMailed

    @property
    def linking(self) -> Linking:
        """Shorter to say."""
        return self.core.own.linking

    async def make_admin(self, name: str) -> None:
        """Enrols somebody as the programme's admin."""
        admin = PersonEnrolled(
            organisation="example.com",
            programme="Leaders 2026",
            role=Role.ADMIN,
            email=f"{name}@example.com",
            name=name.title(),
            time_zone="America/Toronto",
        )
        await self.stage.store.enrolments.apply(Batch((admin,)), self.core.clock.now())

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
    codes = CodesMailed()

    def mail(store: Store, sandbox: Sandbox) -> dict[str, Handler]:
        return {
            MAIL_CODE: linking_of(store, sandbox, codes).mail_code,
            FOLLOW_UP: following_up_of(store, sandbox).ask,
        }

    async with staged(folder, also=mail) as stage:
        store = stage.store
        for user in stage.people.values():
            await store.people.link(who(user), user.id)
        ending = Ending(store.programmes, store.sessions, store.endings, stage.sandbox.clock)
        connecting = assembled(store, stage.calendars, stage.sandbox.clock)
        monitoring = Monitoring(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            repairs=store.repairs,
            domains=store.domains,
            jobs=store.jobs,
            home_chats=ReachableInSlack(),
            clock=stage.sandbox.clock,
            check_calendar=connecting.probing.check,
        )
        core = Core(
            people=store.people,
            programmes=store.programmes,
            integrations=store.integrations,
            receipts=store.receipts,
            conversations=store.conversations,
            scheduling=stage.scheduling,
            reporting=Reporting(store.people, store.programmes, store.integrations, ReachableInSlack()),
            ending=ending,
            wishes=Wishing(store.people, store.programmes, store.operator_wishes, None, stage.sandbox.clock),
            own=own_of(stage, codes),
            connecting=connecting,
            monitoring=monitoring,
            following_up=following_up_of(store, stage.sandbox),
            averaging=Averaging(store.people, store.programmes, store.averages, stage.sandbox.clock),
            clock=stage.sandbox.clock,
            contact="help@example.com",
        )
        yield Talking(stage, Conversation(core), Notices(core), core, codes)


def own_of(stage: Stage, codes: CodesMailed) -> Own:
    """What concerns one person alone, as on an installation that sends mail."""
    store, clock = stage.store, stage.sandbox.clock
    return Own(
        linking=linking_of(store, stage.sandbox, codes),
        adjusting=Adjusting(store.people, stage.calendars, clock),
        counting=Counting(store.people, stage.calendars),
        opting_out=OptingOut(store.people, store.integrations, store.unconnected, clock),
        personal_data=store.personal_data,
    )


def following_up_of(store: Store, sandbox: Sandbox) -> FollowingUp:
    """With steps whose uids tests can read: step-1, step-2, ..."""
    numbers = count(1)
    return FollowingUp(
        store.people,
        store.programmes,
        store.sessions,
        store.feedbacks,
        store.steps,
        sandbox.clock,
        lambda: f"step-{next(numbers)}",
    )


def linking_of(store: Store, sandbox: Sandbox, codes: CodesMailed) -> Linking:
    """With codes that tests can read: 123456, 123457, ..."""
    numbers = count(123_456)
    return Linking(store.people, store.accounts, codes, sandbox.clock, lambda: str(next(numbers)), lambda: b"salt" * 4)
