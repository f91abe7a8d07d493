"""Teams' state, all of it: what the connector, the deliveries and the page share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.changes import Changes
from sandbox.login import Entra
from sandbox.login.directory import Application
from sandbox.login.tokens import BOTS
from sandbox.teams.conversations import EVERYWHERE, Conversations
from sandbox.teams.messages import Messages
from sandbox.teams.offered import APP_ID, Offered
from sandbox.teams.people import People
from sandbox.teams.rates import Rates
from sandbox.teams.signing import Keys
from sandbox.world import World

HOME = "example.com"


@dataclass(frozen=True, slots=True)
class Bot:
    """What an operator copies from Azure's pages. `tenant` is its home: where its tokens are asked for."""

    app_id: str
    tenant: str
    secret: str
    name: str = "Pairtime"

    @property
    def id(self) -> str:
        """Its account in conversations."""
        return f"28:{self.app_id}"


@dataclass(slots=True)
class State:
    """`base` is where the sandbox listens, known once it does."""

    world: World
    entra: Entra
    base: Callable[[], str]
    people: People
    conversations: Conversations
    messages: Messages
    keys: Keys
    rates: Rates
    changes: Changes
    offered: Offered
    typing_in: set[str]
    """Conversations in which the bot shows that it is busy, until it says something."""

    @classmethod
    def of(cls, world: World, entra: Entra, base: Callable[[], str]) -> State:
        return cls(
            world,
            entra,
            base,
            People(world, entra.directory, APP_ID),
            Conversations(world),
            Messages(world),
            Keys(),
            Rates(world.clock),
            Changes(),
            Offered(world),
            set(),
        )

    @property
    def bot(self) -> Bot:
        """The one bot, registered in its home tenant when first asked for."""
        directory = self.entra.directory
        application: Application = directory.registered(client_id=APP_ID)
        tenant = self.people.tenant_of(HOME)
        if directory.tenant(tenant) is None:
            directory.add_tenant(tenant, [HOME])
        directory.join(tenant, APP_ID)
        return Bot(APP_ID, tenant, application.secrets[0].value)

    def service(self, tenant: str) -> str:
        """The serviceUrl of this tenant's activities, with a slash at the end, as Teams writes it."""
        return f"{self.base()}/teams/{self.conversations.region(tenant)}/"

    def everywhere(self) -> str:
        """The serviceUrl at which every conversation is found."""
        return f"{self.base()}/teams/{EVERYWHERE}/"

    def is_admitted(self, token: str) -> bool:
        """Whether the token is this bot's own, for this service, asked for at home."""
        if token.count(".") != 2 or not token.isascii():
            return False
        access = self.entra.tokens.read(token, BOTS)
        return access is not None and access.person is None and (access.client_id, access.tenant) == self.at_home

    @property
    def at_home(self) -> tuple[str, str]:
        return APP_ID, self.people.tenant_of(HOME)

    def typing(self, conversation: str) -> None:
        self.typing_in.add(conversation)
        self.changes.tell()

    def is_disabled(self, tenant: str) -> bool:
        """Whether the tenant's administrator has blocked the app."""
        return self.world.fact(f"teams disabled {tenant}") is True

    def disable(self, tenant: str, disabled: bool) -> None:
        self.world.remember(f"teams disabled {tenant}", disabled or None)
