"""Decision 24: a group message confirms a session only if both chose it, says nothing else, and never twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from time import monotonic

import aiohttp

from adapters.deliver import Notice
from adapters.group_confirmations import GroupConfirmations
from adapters.homes import Homes
from adapters.outbox import Outbox
from adapters.secret import Secret
from adapters.slack.deliver import DOUBTFUL_FOR, SlackChat
from adapters.slack.group_messages import SlackGroups
from adapters.slack.installation import OneToken
from adapters.slack.render import drawn
from adapters.slack.web_api import WebApi
from bot.buttons import token_of
from bot.commands import CannotMakeIt
from bot.notices.groups import GroupNotices
from calendar_core.people import Identity, User, UserId
from calendar_core.ports import Unreached
from sandbox.faults import Fault
from sandbox.slack.channels import Channel
from sandbox.slack.messages import Message
from tests.faults.couples import Couple, Hamlet, slack_account

from .in_hamlet import couple, hamlet, messages, until
from .test_pushed import booked

__all__ = ["couple", "hamlet"]


def groups(hamlet: Hamlet) -> list[Channel]:
    """Group messages that there are."""
    slack = hamlet.sandbox.slack
    team = slack.people.team_of("example.com").id
    return [each for each in slack.state.channels.all(team) if each.kind == "mpim"]


def in_groups(hamlet: Hamlet) -> list[Message]:
    return [each for group in groups(hamlet) for each in hamlet.sandbox.slack.state.messages.of(group.id)]


async def choose(hamlet: Hamlet, *people: User, words: str = "group confirmations on") -> None:
    for each in people:
        await hamlet.application.conversation.say(slack_account(hamlet.sandbox, each), words)


async def test_both_chose_it_and_read_once_what_holds_now(hamlet: Hamlet, couple: Couple) -> None:
    await choose(hamlet, couple.mentee, couple.mentor)
    session = await booked(hamlet, couple)
    (told,) = await until(lambda: in_groups(hamlet), 1)
    (group,) = groups(hamlet)
    both = {slack_account(hamlet.sandbox, each).subject for each in (couple.mentee, couple.mentor)}
    assert set(group.members) == both
    assert group.bot
    first, join, *others = told.text.splitlines()
    assert first.startswith("Booked. ")
    assert first.endswith(f", {couple.mentee.name} and {couple.mentor.name}.")
    assert (join.startswith("Join: https://"), others) == (True, [])
    assert not any("press" in str(block) for block in told.blocks), "in a group nothing is asked of anybody"
    assert await until(lambda: messages(hamlet, couple.mentor), 1), "each is told alone all the same"
    mentor = slack_account(hamlet.sandbox, couple.mentor)
    await hamlet.application.conversation.press(mentor, token_of(CannotMakeIt(session)))
    (changed,) = await until(lambda: [each for each in in_groups(hamlet) if each.edited], 1)
    assert changed.ts == told.ts
    assert changed.text.startswith("Needs a new time. ")
    assert len(in_groups(hamlet)) == 1


async def test_one_alone_does_not_decide_it_and_whoever_switches_it_off_ends_it(hamlet: Hamlet, couple: Couple) -> None:
    await choose(hamlet, couple.mentee, couple.mentor)
    await choose(hamlet, couple.mentor, words="group confirmations off")
    await booked(hamlet, couple)
    assert await until(lambda: messages(hamlet, couple.mentor), 1)
    confirmations, slack = confirming(
        hamlet, Homes(hamlet.application.store.reach, frozenset({"slack"}), console=False)
    )
    (session,) = await hamlet.application.store.sessions.of_match(couple.match.id, 1)
    await confirmations.confirm(session.uid)
    assert (in_groups(hamlet), slack.gathered) == ([], [])
    await choose(hamlet, couple.mentor)
    await confirmations.confirm(session.uid)
    assert len(slack.gathered) == 1


async def test_what_slack_refuses_leaves_each_with_a_message_of_their_own(hamlet: Hamlet, couple: Couple) -> None:
    refusal = Fault("status", vendor="slack", operation="conversations.open", status=200, reason="missing_scope")
    hamlet.sandbox.faults.add(refusal)
    await choose(hamlet, couple.mentee, couple.mentor)
    await booked(hamlet, couple)
    (told,) = await until(lambda: messages(hamlet, couple.mentor), 1)
    assert "booked a session with you" in told.text
    await until(lambda: [each for each in [hamlet.sandbox.faults.waiting] if refusal not in each], 1)
    assert groups(hamlet) == []


async def test_one_in_doubt_is_not_posted_again(hamlet: Hamlet, couple: Couple) -> None:
    session = await booked(hamlet, couple)
    await until(lambda: messages(hamlet, couple.mentor), 1)
    found = await GroupNotices(hamlet.application.store.sessions, hamlet.application.store.people).of(session)
    assert found is not None
    accounts = slack_account(hamlet.sandbox, couple.mentee), slack_account(hamlet.sandbox, couple.mentor)
    notice = Notice(f"group/{session}", found.answer, session)
    async with aiohttp.ClientSession() as http:
        api = WebApi(http, f"{hamlet.sandbox.url}/slack/api", monotonic)
        token = Secret(hamlet.sandbox.slack.installed.install("example.com").access)
        chat = SlackChat(
            calls=api,
            installations=OneToken(token, lambda unknown: api.call(unknown, "auth.test")),
            outbox=Outbox(
                posts=hamlet.application.store.posts,
                conversation=hamlet.application.conversation,
                clock=hamlet.application.clock,
                doubtful_for=DOUBTFUL_FOR,
            ),
            drawn=drawn,
        )
        lost = Fault("drop", vendor="slack", operation="chat.postMessage", after_commit=True)
        hamlet.sandbox.faults.add(lost)
        for _ in range(3):
            await SlackGroups(chat).gather(couple.mentee, accounts, notice)
    assert len(in_groups(hamlet)) == 1


async def test_two_who_are_not_in_one_place_have_none(hamlet: Hamlet, couple: Couple) -> None:
    session = await booked(hamlet, couple)
    await choose(hamlet, couple.mentee, couple.mentor)
    here, there = Identity("slack:T0HERE", "U0ONE"), Identity("slack:T0THERE", "U0TWO")
    teams = Identity("teams:tenant", "two")
    elsewhere_too = there, Identity("slack:T0HERE", "U0TWO")
    for accounts, together in (((there, teams), None), (elsewhere_too, "U0TWO"), ((), None)):
        reach = Told({couple.mentee.id: (teams, here), couple.mentor.id: accounts})
        confirmations, slack = confirming(hamlet, Homes(reach, frozenset({"slack", "teams"}), console=False))
        await confirmations.confirm(session)
        assert [other.subject for _, other in slack.gathered] == ([together] if together else [])


def confirming(hamlet: Hamlet, homes: Homes) -> tuple[GroupConfirmations, Gathered]:
    store, slack = hamlet.application.store, Gathered()
    return GroupConfirmations(GroupNotices(store.sessions, store.people), homes, {"slack": slack}), slack


@dataclass
class Gathered:
    """A Group that only writes down whom it would bring together."""

    gathered: list[tuple[Identity, Identity]] = field(default_factory=list)

    async def gather(self, user: User, accounts: tuple[Identity, Identity], notice: Notice) -> None:
        self.gathered.append(accounts)


@dataclass
class Told:
    """A Reach, of whom it is said which accounts they have."""

    accounts: Mapping[UserId, tuple[Identity, ...]]

    async def homes(self, users: Iterable[UserId]) -> Mapping[UserId, tuple[Identity, ...]]:
        return {user: self.accounts[user] for user in users if self.accounts[user]}

    async def unreached(self, users: Iterable[UserId]) -> Mapping[UserId, Mapping[str, Unreached]]:
        return {}

    async def failed(self, *_: object) -> None:
        raise AssertionError("nobody was tried")

    async def reached(self, *_: object) -> None:
        raise AssertionError("nobody was tried")
