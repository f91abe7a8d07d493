"""The demo's Teams: the sandbox's tenants, the bot registered in the first of them, and the cast's accounts there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from adapters.main import Application
from adapters.secret import Secret
from adapters.teams.manifest import App, Edition, package
from adapters.teams_values import TeamsSettings
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity
from sandbox.app import Sandbox
from sandbox.teams import Bot

from .leaders import CAST, ORGANISATION, PARTNER_ORGANISATION

AT_HOME_THERE = tuple(
    person.email for person in CAST if person.organisation == ORGANISATION and person.suite == "microsoft"
)
"""Whoever has Outlook has Teams, too: the app is installed for them, and Teams is their home chat."""


@dataclass(frozen=True, slots=True)
class Account:
    """`id` is how the bot knows somebody, `object_id` how Entra does; `conversation` is the chat of the two."""

    id: str
    object_id: str
    conversation: str


@dataclass(frozen=True, slots=True)
class PlayedTeams:
    """What any client needs to play Teams against the demo, or a bot against its Teams."""

    messages: str
    bot: Bot
    tenants: Mapping[str, str]
    users: Mapping[str, Account]
    service: str
    sandbox: str

    def settings(self) -> TeamsSettings:
        """As on a real installation that serves these tenants."""
        return TeamsSettings(
            app_id=self.bot.app_id,
            tenant=self.bot.tenant,
            tenants=frozenset(self.tenants.values()),
            secret=Secret(self.bot.secret),
            login_base=f"{self.sandbox}/login",
            metadata_url=f"{self.sandbox}/teams/v1/.well-known/openidconfiguration",
            service=f"{self.sandbox}/teams/teams",
            service_urls=(f"{self.sandbox}/teams",),
        )

    def json(self) -> dict[str, object]:
        """For the demo's line; `users` by address."""
        return {
            "messages": self.messages,
            "app_id": self.bot.app_id,
            "tenant": self.bot.tenant,
            "users": {
                address: {"id": each.id, "aadObjectId": each.object_id, "conversation": each.conversation}
                for address, each in self.users.items()
            },
            "service": self.service,
        }


def registered(sandbox: Sandbox, url: str) -> PlayedTeams:
    """Registers the bot; what people do in Teams comes to the server at `url`. Their mailboxes need not be there yet:
    see `with_accounts`."""
    teams = sandbox.teams
    bot = sandbox.teams_bot()
    messages = f"{url}/api/messages"
    teams.courier.deliver_to(messages)
    _upload(sandbox, bot)
    tenants = {domain: teams.state.people.tenant_of(domain) for domain in (ORGANISATION, PARTNER_ORGANISATION)}
    return PlayedTeams(messages, bot, tenants, {}, teams.state.service(bot.tenant), sandbox.url)


def with_accounts(sandbox: Sandbox, teams: PlayedTeams) -> PlayedTeams:
    """The same with the accounts of the cast of example.com, whose mailboxes are there by now."""
    hands, accounts = sandbox.teams.hands, dict[str, Account]()
    for person in CAST:
        if person.organisation == ORGANISATION:
            known = hands.person(person.email)
            accounts[person.email] = Account(known.id, known.object_id, hands.conversation(known, "").id)
    return replace(teams, users=accounts)


async def bind(application: Application, teams: PlayedTeams) -> None:
    """The tenants are the organisations'. Twice is once."""
    for domain, tenant in teams.tenants.items():
        await application.linking.bind(f"teams:{tenant}", domain)


async def link(application: Application, teams: PlayedTeams, *, at_home: bool) -> None:
    """Everybody's account there is theirs: those who are at home there, or the others. The chat that is linked last is
    the one people are told in. Twice is once."""
    issuer = f"teams:{teams.tenants[ORGANISATION]}"
    for address, known in teams.users.items():
        if (address in AT_HOME_THERE) is at_home:
            account = ChatAccount(account=Identity(issuer, known.object_id), address=address)
            await application.linking.seen(account)
            for user in await application.store.people.at_address(address):
                await application.store.accounts.confirm(account, user.id, application.clock.now())


async def settle_in(sandbox: Sandbox, teams: PlayedTeams) -> None:
    """The app comes to those who are at home in Teams, or is brought up to date there: so the server, once it runs,
    learns where each of them is found. The others have it, too, and have not looked at it yet: whoever plays one of
    them is answered."""
    hands = sandbox.teams.hands
    for address in teams.users:
        chat = hands.conversation(hands.person(address), "")
        if address in AT_HOME_THERE:
            await sandbox.teams.installing.add(address, upgrade=chat.bot)
        else:
            hands.state.conversations.changed(chat, bot=True)


def _upload(sandbox: Sandbox, bot: Bot) -> None:
    """The app's package, as an administrator uploads it."""
    files = {name: content for name, content in package(App(id=bot.app_id), Edition.NEWEST).items() if ".json" in name}
    read = {name.removesuffix(".json"): json.loads(content) for name, content in files.items()}
    sandbox.teams.state.offered.upload(read.pop("manifest"), read)
