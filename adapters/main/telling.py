"""The ways to people, joined: which chat is whose, what goes there, and mail for whom none reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.console.deliver import ConsoleChat
from adapters.deliver import Chat, Delivery
from adapters.group_confirmations import GroupConfirmations
from adapters.homes import Homes
from adapters.notice_letters import NoticeLetters
from adapters.settings import Settings
from bot.notices import Notices
from bot.notices.groups import GroupNotices
from calendar_core.event import Person
from calendar_core.ports import Clock, Mailer
from calendar_core.store import Store

if TYPE_CHECKING:
    from adapters.slack.deliver import SlackChat
    from adapters.teams.deliver import TeamsChat


def homes_of(settings: Settings, store: Store, *, played: bool) -> Homes:
    """Where notices go. The console is nobody's home where people have chats, unless somebody plays the world."""
    there = {"slack": settings.slack is not None, "teams": settings.teams is not None}
    chats = frozenset(name for name, is_set_up in there.items() if is_set_up)
    return Homes(store.reach, chats, console=played or not chats)


def chats_of(slack: SlackChat | None, teams: TeamsChat | None) -> dict[str, Chat]:
    """Each chat that is set up, as accounts name it."""
    chats: dict[str, Chat] = {}
    if slack is not None:
        chats["slack"] = slack
    if teams is not None:
        chats["teams"] = teams
    return chats


def delivery_of(
    store: Store,
    homes: Homes,
    notices: Notices,
    *,
    chats: dict[str, Chat],
    console: ConsoleChat,
    mail: tuple[Mailer, Person] | None,
    clock: Clock,
    slack: SlackChat | None = None,
) -> Delivery:
    """The Notifier. `mail`: what letters are sent with, and from; `slack`: where group messages go."""
    return Delivery(
        notices=notices,
        homes=homes,
        posts=store.posts,
        chats=chats,
        console=console,
        letters=NoticeLetters(*mail) if mail else None,
        people=store.people,
        clock=clock,
        in_groups=_in_groups(slack, store, homes),
    )


def _in_groups(slack: SlackChat | None, store: Store, homes: Homes) -> GroupConfirmations | None:
    if slack is None:
        return None
    from adapters.slack.group_messages import SlackGroups

    groups = {"slack": SlackGroups(slack)}
    return GroupConfirmations(GroupNotices(store.sessions, store.people), homes, groups)
