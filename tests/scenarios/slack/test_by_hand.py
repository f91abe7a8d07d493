"""The app installed by hand, as docs/install-slack.md has it: in a workspace or an organisation, by HTTP or socket."""

from __future__ import annotations

import pytest

from adapters.cli.playing import Stage
from adapters.main.slack import slack_chat
from calendar_core.job import CHECK_INSTALLATION, Job
from sandbox.slack.screen import screen

from .places import ANA, Places, places_of

UNINSTALLED = "Pairtime is not installed here any more"


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
@pytest.mark.parametrize("org", [False, True], ids=["workspace", "organisation"])
async def test_a_token_in_the_settings_is_enough(stage: Stage, org: bool, socket: bool) -> None:
    slack = stage.sandbox.slack
    place = slack.people.organise("Grid", ["example.com"]) if org else slack.people.team_of("example.com").id
    fresh = slack.installed.install_org(place) if org else slack.installed.install("example.com")
    async with places_of(stage, token=fresh.access, socket=socket) as places:
        ana = places.account(ANA)
        who = await places.link(place, ana, ANA)
        assert (await command(places, "/pairtime status")).startswith("Calendar:")
        assert "Sam Okoye" in await command(places, "/book with my mentor")
        application = stage.application
        chat = slack_chat(places.out, application.store, application.conversation, application.clock)
        reached = await chat.installation_of(who)
        assert reached is not None
        assert reached.place == place
        await places.out.uninstalls.check(Job(CHECK_INSTALLATION))
        assert (await command(places, "/pairtime status")).startswith("Calendar:")
        await slack.uninstall(place)
        await places.here.tasks.idle()
        assert await chat.installation_of(who) is None
        assert await stage.application.store.accounts.account(who) is None


async def test_workspaces_install_it_themselves_over_a_socket_too(stage: Stage) -> None:
    async with places_of(stage, socket=True) as places:
        ana = places.account(ANA)
        place = await places.install(ANA)
        await places.link(place, ana, ANA)
        assert (await command(places, "/pairtime status")).startswith("Calendar:")


async def test_a_token_that_is_none_says_so_and_is_asked_for_no_more(stage: Stage) -> None:
    slack = stage.sandbox.slack
    fresh = slack.installed.install("example.com")
    slack.installed.revoke(fresh.access)
    async with places_of(stage, token=fresh.access) as places:
        await command(places, "/pairtime status")
        before = len(stage.sandbox.log.of(vendor="slack", operation="auth.test"))
        assert (await command(places, "/pairtime status")).startswith(UNINSTALLED)
        await places.out.uninstalls.check(Job(CHECK_INSTALLATION))
        assert len(stage.sandbox.log.of(vendor="slack", operation="auth.test")) == before


async def command(places: Places, line: str) -> str:
    """The whole answer."""
    receipt = await places.slack.hands.command(ANA, "", line)
    assert receipt.good
    await places.here.tasks.idle()
    messages = screen(places.slack, ANA, "")["messages"]
    assert isinstance(messages, list)
    newest = messages[-1]
    assert isinstance(newest, dict)
    return str(newest["text"])
