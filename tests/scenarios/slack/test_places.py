"""Several workspaces and organisations in one server: who is who in each, and one that goes while the others go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.cli.playing import Stage
from adapters.main.slack import slack_chat
from adapters.slack.web_api import WebApi
from calendar_core.chat_account import Standing
from calendar_core.job import CHECK_INSTALLATION, Job
from calendar_core.people import Identity
from sandbox.faults import Fault
from sandbox.slack.profiles import member_json
from sandbox.slack.screen import screen
from sandbox.world import Json

from .places import ANA, SAM, Places, places_of

UNINSTALLED = "Pairtime is not installed here any more"


@pytest.fixture
async def places(stage: Stage) -> AsyncIterator[Places]:
    async with places_of(stage) as places:
        yield places


async def test_one_person_in_two_workspaces_of_which_one_removes_the_app(places: Places) -> None:
    ana, elsewhere = places.account(ANA), places.account("ana@second.example", shows=ANA)
    first, second = await places.install(ANA), await places.install(elsewhere.address)
    assert (first, second) == (ana.team.id, elsewhere.team.id)
    for place, member in ((first, ana), (second, elsewhere)):
        assert "not known" not in await places.command(member, "/pairtime help")
        await places.link(place, member, ANA)
        assert (await places.command(member, "/pairtime status")).startswith("Calendar:")
    await places.slack.uninstall(first)
    await places.here.tasks.idle()
    store = places.stage.application.store
    assert await store.slack_installations.places() == (second,)
    assert await store.accounts.account(Identity(f"slack:{first}", ana.id)) is None
    assert (await places.command(ana, "/pairtime status")).startswith(UNINSTALLED)
    assert (await places.command(elsewhere, "/pairtime status")).startswith("Calendar:")
    assert await places.install(ANA) == first
    assert (await places.command(ana, "/pairtime status")).startswith("Calendar:"), "it is the same account still"


async def test_in_one_workspace_of_an_organisation_people_are_that_workspaces(places: Places) -> None:
    places.account("lea@second.example")
    places.slack.people.organise("Grid", ["example.com", "second.example"])
    ana, lea = places.account(ANA), places.account("lea@second.example")
    assert ana.id.startswith("W")
    place = await places.install(ANA)
    assert place == ana.team.id
    who = await places.link(place, ana, ANA)
    assert (await places.command(ana, "/pairtime status")).startswith("Calendar:")
    application = places.stage.application
    chat = slack_chat(places.out, application.store, application.conversation, application.clock)
    reached = await chat.installation_of(who)
    assert reached is not None
    assert (reached.team, reached.org_wide) == (place, False)
    assert (await places.command(lea, "/pairtime status")).startswith(UNINSTALLED)


async def test_one_person_in_two_workspaces_of_an_organisation_that_have_it_each(places: Places) -> None:
    places.account("lea@second.example")
    places.slack.people.organise("Grid", ["example.com", "second.example"])
    ana = places.account(ANA, also="second.example")
    second = places.account("lea@second.example").team
    first, other = await places.install(ANA), await places.install("lea@second.example")
    assert other == second.id
    await places.link(first, ana, ANA)
    assert (await places.command(ana, "/pairtime status")).startswith("Calendar:")
    assert not (await places.command(ana, "/pairtime status", second)).startswith("Calendar:"), "confirmed there alone"
    await places.link(other, ana, ANA)
    assert (await places.command(ana, "/pairtime status", second)).startswith("Calendar:")
    for address in ("other@example.com", ANA):  # of a change Slack tells once, through one of the two
        places.slack.people.describe(ANA, email=address)
        assert (await places.slack.hands.changed(ANA)).good
        await places.here.tasks.idle()
        for place in (first, other):
            known = await places.stage.application.store.people.known_as(Identity(f"slack:{place}", ana.id))
            assert known is None, "it has to be confirmed anew"
    for place in (first, other):
        await places.link(place, ana, ANA)
    await places.slack.uninstall(first)
    await places.here.tasks.idle()
    assert (await places.command(ana, "/pairtime status")).startswith(UNINSTALLED)
    assert (await places.command(ana, "/pairtime status", second)).startswith("Calendar:")


async def test_an_organisation_has_it_in_all_its_workspaces_under_one_name(places: Places) -> None:
    places.account("lea@second.example")
    enterprise = places.slack.people.organise("Grid", ["example.com", "second.example"])
    ana = places.account(ANA, also="second.example")
    second = places.account("lea@second.example").team
    assert await places.install(ANA, org=True) == enterprise
    await places.link(enterprise, ana, ANA)
    for team in (ana.team, second):
        assert (await places.command(ana, "/pairtime status", team)).startswith("Calendar:")
    _, receipt = await places.slack.hands.say(ANA, "", "status")
    assert receipt is not None
    assert receipt.good
    assert (await places.slack.hands.look_at_home(ANA)).good
    await places.here.tasks.idle()
    seen = screen(places.slack, ANA, "")
    assert isinstance(seen["messages"], list)
    assert "Calendar:" in str(seen["messages"][-1])
    assert "Calendar:" in str(seen["home"])


async def test_an_organisation_removes_it_and_one_workspace_that_has_its_own_goes_on(places: Places) -> None:
    places.account("lea@second.example")
    enterprise = places.slack.people.organise("Grid", ["example.com", "second.example"])
    ana, lea = places.account(ANA), places.account("lea@second.example")
    await places.install(ANA, org=True)
    own = await places.install(lea.address)
    await places.link(enterprise, ana, ANA)
    await places.link(own, lea, SAM)
    for member in (ana, lea):
        assert (await places.command(member, "/pairtime status")).startswith("Calendar:")
    await places.slack.uninstall(enterprise)
    await places.here.tasks.idle()
    assert await places.stage.application.store.slack_installations.places() == (own,)
    assert (await places.command(ana, "/pairtime status")).startswith(UNINSTALLED)
    assert (await places.command(lea, "/pairtime status")).startswith("Calendar:")


async def test_the_other_way_round_the_organisation_keeps_it(places: Places) -> None:
    places.account("lea@second.example")
    enterprise = places.slack.people.organise("Grid", ["example.com", "second.example"])
    lea = places.account("lea@second.example")
    await places.install(ANA, org=True)
    own = await places.install(lea.address)
    await places.slack.uninstall(own)
    await places.here.tasks.idle()
    assert await places.stage.application.store.slack_installations.places() == (enterprise,)
    assert not (await places.command(lea, "/pairtime status")).startswith(UNINSTALLED)


async def test_news_of_a_removal_is_believed_once_slack_confirms_it(places: Places) -> None:
    ana = places.account(ANA)
    place = await places.install(ANA)
    await places.link(place, ana, ANA)
    payloads = places.slack.hands.payloads(ANA)
    revoked: Json = {"bot": ["U0BOT"]}
    events: list[dict[str, Json]] = [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": revoked}]
    for event in events:
        assert (await places.slack.courier.event(payloads.event(event))).good
        await places.here.tasks.idle()
    assert (await places.command(ana, "/pairtime status")).startswith("Calendar:")


async def test_a_removal_that_slack_cannot_confirm_yet_is_looked_at_again(places: Places) -> None:
    ana = places.account(ANA)
    place = await places.install(ANA)
    store = places.stage.application.store
    for _ in range(2):  # for each of the two events
        places.stage.sandbox.faults.add(Fault("status", vendor="slack", operation="auth.test", status=503))
    await places.slack.uninstall(place)
    await places.here.tasks.idle()
    assert await store.slack_installations.places() == (place,)
    confirmed = asyncio.Event()

    async def check(job: Job) -> None:
        assert job.subject == (place,)
        await places.out.uninstalls.check(job)
        confirmed.set()

    working = asyncio.create_task(store.jobs.run({CHECK_INSTALLATION: check}))
    await confirmed.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert await store.slack_installations.places() == ()
    assert (await places.command(ana, "/pairtime status")).startswith(UNINSTALLED)


async def test_what_was_installed_anew_meanwhile_is_not_what_was_refused(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = await places.install(ANA)
    places.slack.installed.uninstall(place)
    call = WebApi.call

    async def then_installed(api: WebApi, *what: Any, **arguments: Any) -> object:
        try:
            return await call(api, *what, **arguments)
        finally:
            assert await places.install(ANA) == place

    with monkeypatch.context() as patched:
        patched.setattr(WebApi, "call", then_installed)
        await places.out.uninstalls.check(Job(CHECK_INSTALLATION, (place,)))
    installation = await places.out.installations.of(place, None)
    assert installation is not None
    assert (await places.out.api.call(installation, "auth.test"))["ok"] is True


async def test_what_was_never_told_is_found_by_looking(places: Places) -> None:
    places.account("lea@second.example")
    first, second = await places.install(ANA), await places.install("lea@second.example")
    places.slack.installed.uninstall(first)
    await places.out.uninstalls.check(Job(CHECK_INSTALLATION))
    assert await places.stage.application.store.slack_installations.places() == (second,)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"guest": "multi"}, Standing.GUEST),
        ({"guest": "single"}, Standing.GUEST),
        ({"stranger": True}, Standing.EXTERNAL),
        ({"bot": True}, Standing.BOT),
        ({"deleted": True}, Standing.DEACTIVATED),
    ],
)
async def test_whoever_is_no_member_any_more_is_nobody_from_the_moment_slack_says_so(
    places: Places, changes: dict[str, str | bool], standing: Standing
) -> None:
    ana = places.account(ANA)
    place = await places.install(ANA)
    who = await places.link(place, ana, ANA)
    assert (await places.command(ana, "/pairtime status")).startswith("Calendar:")
    hands = places.slack.hands.payloads(ANA)
    places.slack.people.describe(ANA, **changes)
    changed = places.slack.people.describe(ANA)
    profile = member_json(changed, places.stage.application.clock.now(), locale=True, email=True)
    assert (await places.slack.courier.event(hands.event({"type": "user_change", "user": profile}))).good
    await places.here.tasks.idle()
    application = places.stage.application
    account = await application.store.accounts.account(who)
    assert account is not None
    assert account.standing is standing
    assert await application.store.people.known_as(who) is None
    assert "Calendar:" not in await places.command(ana, "/pairtime status")
    assert "Sam" not in await places.command(ana, "/book with my mentor")
    places.slack.people.describe(ANA, guest="", stranger=False, bot=False, deleted=False)
    assert (await places.slack.hands.changed(ANA)).good
    await places.here.tasks.idle()
    assert "Calendar:" not in await places.command(ana, "/pairtime status"), "it has to be confirmed anew"
