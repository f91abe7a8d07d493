"""A server in which workspaces and organisations install the app themselves, in the sandbox's Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import aiohttp
from yarl import URL

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn, SlackOut, hear_slack, install_site_of, open_slack
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.chat_account import ChatAccount
from calendar_core.people import Identity
from sandbox.slack import Slack
from sandbox.slack.payloads import Payloads
from sandbox.slack.people import Member, Team
from sandbox.world import Mailbox

PUBLIC = "https://pairtime.example.com"
ANA, SAM = "ana@example.com", "sam@example.com"


@dataclass
class Places:
    """`url` is where our pages are."""

    stage: Stage
    out: SlackOut
    here: SlackIn
    http: aiohttp.ClientSession
    url: str

    @property
    def slack(self) -> Slack:
        return self.stage.sandbox.slack

    def account(self, address: str, *, shows: str = "", also: str = "") -> Member:
        """Somebody's account in the workspace of the address's domain."""
        if self.stage.sandbox.world.mailbox(address) is None:
            name = address.partition("@")[0].title()
            self.stage.sandbox.world.add_mailbox(Mailbox(address, name, "google", "Europe/Lisbon"))
        return self.slack.people.describe(address, email=shows or address, also=also)

    async def page(self, path: str, browser: str = "", **query: str) -> tuple[int, str]:
        """One of our pages, in a browser with that cookie."""
        cookie = {"Cookie": f"__Host-pairtime={browser}"} if browser else {}
        async with self.http.get(f"{self.url}{path}", params=query, headers=cookie) as answer:
            return answer.status, await answer.text()

    async def sent(self) -> tuple[str, str]:
        """The address at Slack to which a new browser is sent, and that browser's cookie."""
        async with self.http.get(f"{self.url}/slack/install", allow_redirects=False) as answer:
            assert answer.status == 302
            return answer.headers["Location"], answer.cookies["__Host-pairtime"].value

    async def allowed(self, address: str, url: str, *, org: bool = False) -> dict[str, str]:
        """What Slack's page sends back once somebody has said yes there."""
        consent = {"url": url, "as": address, "org": org}
        async with self.http.post(f"{self.stage.sandbox.url}/_/slack/consent", json=consent) as answer:
            return dict(URL((await answer.json())["url"]).query)

    async def install(self, address: str, *, org: bool = False) -> str:
        """Somebody installs it in their workspace, or in all of their organisation: its id."""
        url, browser = await self.sent()
        status, page = await self.page("/slack/oauth_redirect", browser, **await self.allowed(address, url, org=org))
        assert status == 200, page
        return page.partition("pairtime bind slack ")[2].partition(".")[0]

    async def link(self, place: str, member: Member, whose: str) -> Identity:
        """The account is that person's, as if confirmed by a code."""
        application, who = self.stage.application, Identity(f"slack:{place}", member.id)
        account = ChatAccount(account=who, address=member.email, language="en-GB")
        await application.linking.bind(who.issuer, whose.partition("@")[2])
        await application.linking.seen(account)
        [person] = await application.store.people.at_address(whose)
        await application.store.accounts.confirm(account, person.id, application.clock.now())
        return who

    async def command(self, member: Member, line: str, team: Team | None = None) -> str:
        """The first line of what is answered, in the person's own workspace or in another that they are in."""
        team = team or member.team
        state, place = self.slack.state, self.slack.installed.of(team) or team.id
        channel, _ = state.channels.direct(team, member.id)
        name, _, text = line.partition(" ")
        form = Payloads(state, member, team, place).command(channel, name, text)
        receipt = await self.slack.courier.bring("slash_commands", dict(form), form=form)
        assert (receipt.status, receipt.text) == (200, "")
        await self.here.tasks.idle()
        return state.messages.of(channel.id)[-1].text.splitlines()[0]


@asynccontextmanager
async def places_of(stage: Stage, *, token: str | None = None, socket: bool = False) -> AsyncIterator[Places]:
    """Installed nowhere yet; or, with its `token`, in one place by hand. `socket`: over Socket Mode, not HTTP."""
    application, slack = stage.application, stage.sandbox.slack
    app = slack.installed.app
    slack.letting_in.register([f"{PUBLIC}/slack/oauth_redirect"])
    settings = SlackSettings(
        signing_secret=None if socket else Secret(app.signing_secret),
        app_token=Secret(app.app_token) if socket else None,
        bot_token=Secret(token) if token else None,
        client_id=None if token else app.client_id,
        client_secret=None if token else Secret(app.client_secret),
        api_base=slack.api,
    )
    async with AsyncExitStack() as closing:
        out = await closing.enter_async_context(open_slack(settings, application.store, PUBLIC))
        hearing = hear_slack(out, settings, application.conversation, application.linking)
        here = await closing.enter_async_context(hearing)
        assert out is not None
        assert here is not None
        site = install_site_of(out, PUBLIC)
        assert (site is None) is (token is not None)
        routes = [*here.routes, *(site.routes() if site else ())]
        ours = web_app(routes, application.metrics)
        url = await closing.enter_async_context(serving(ours, Listen(port=0), grace=0.0))
        if here.socket is not None:
            await closing.enter_async_context(here.connected())
            await here.socket.open.wait()
        else:
            slack.courier.deliver_to(f"{url}/slack/events")
        yield Places(stage, out, here, await closing.enter_async_context(aiohttp.ClientSession()), url)
