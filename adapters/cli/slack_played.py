"""The demo's Slack: the sandbox's workspace of example.com, in which Pairtime is installed and the cast is linked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.main import Application
from adapters.secret import Secret
from adapters.slack_values import SlackSettings
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity
from sandbox.app import Sandbox

from .leaders import CAST, ORGANISATION


@dataclass(frozen=True, slots=True)
class PlayedSlack:
    """What any client needs to play Slack against the demo, or the application against its Slack."""

    events: str
    signing_secret: str
    team: str
    users: Mapping[str, str]
    api: str
    token: str

    def settings(self) -> SlackSettings:
        """As on a real installation that was installed by hand."""
        return SlackSettings(
            signing_secret=Secret(self.signing_secret), bot_token=Secret(self.token), api_base=self.api
        )

    def json(self) -> dict[str, object]:
        """For the demo's line; `users` by address."""
        return {
            "events": self.events,
            "signing_secret": self.signing_secret,
            "team": self.team,
            "users": dict(self.users),
            "api": self.api,
            "token": self.token,
        }


def installed(sandbox: Sandbox, url: str, organisation: str = ORGANISATION) -> PlayedSlack:
    """Installs it in the organisation's workspace; what people do in Slack comes to the server at `url`."""
    slack = sandbox.slack
    events = f"{url}/slack/events"
    slack.courier.deliver_to(events)
    return PlayedSlack(
        events=events,
        signing_secret=slack.installed.app.signing_secret,
        team=slack.people.team_of(organisation).id,
        users={
            person.email: slack.people.id_of(person.email) for person in CAST if person.organisation == organisation
        },
        api=slack.api,
        token=slack.installed.install(organisation).access,
    )


async def link(application: Application, slack: PlayedSlack, organisation: str = ORGANISATION) -> None:
    """The workspace is the organisation's, and the cast's accounts there are theirs. Twice is once."""
    issuer = f"slack:{slack.team}"
    await application.linking.bind(issuer, organisation)
    for address, user in slack.users.items():
        account = ChatAccount(account=Identity(issuer, user), address=address)
        await application.linking.seen(account)
        for person in await application.store.people.at_address(address):
            await application.store.accounts.confirm(account, person.id, application.clock.now())
