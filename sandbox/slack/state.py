"""Slack's state, all of it: what the methods, the deliveries and the page share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.changes import Changes
from sandbox.slack.channels import Channel, Channels
from sandbox.slack.files import Files
from sandbox.slack.installed import Installed, Token
from sandbox.slack.messages import Messages
from sandbox.slack.people import Member, People
from sandbox.slack.rates import Rates
from sandbox.slack.refusals import Refused
from sandbox.slack.triggers import ResponseUrls, Triggers
from sandbox.slack.views import Views
from sandbox.world import World


@dataclass(slots=True)
class State:
    """`base` is where the sandbox listens, known once it does."""

    world: World
    base: Callable[[], str]
    people: People
    installed: Installed
    channels: Channels
    messages: Messages
    views: Views
    files: Files
    triggers: Triggers
    response_urls: ResponseUrls
    rates: Rates
    changes: Changes

    @classmethod
    def of(cls, world: World, base: Callable[[], str]) -> State:
        people = People(world)
        return cls(
            world,
            base,
            people,
            Installed(world, people),
            Channels(world),
            Messages(world),
            Views(world),
            Files(world),
            Triggers(world.clock),
            ResponseUrls(world.clock),
            Rates(world.clock),
            Changes(),
        )

    def member(self, token: Token, id: str, code: str = "user_not_found") -> Member:
        """Somebody the token can see: of its workspaces, or a stranger met there. Raises Refused with this code."""
        member = self.people.member(id)
        if member is None or not (any(map(token.reaches, member.teams)) or member.stranger):
            raise Refused(code)
        return member

    def channel(self, token: Token, id: str) -> Channel:
        """A channel of the token's workspaces, that the bot may know of. Raises Refused."""
        channel = self.channels.of(id)
        team = self.people.team(channel.team) if channel is not None else None
        if channel is None or team is None or not token.reaches(team):
            raise Refused("channel_not_found")
        return channel
