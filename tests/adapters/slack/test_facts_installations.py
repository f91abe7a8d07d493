"""What goes wrong with installations in others' apps (the facts about Slack, section 4).

Each test names what it guards.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import aiohttp
import pytest
from sqlalchemy import func, select

from adapters.cli.playing import Stage
from adapters.main.slack import SlackIn, hear_slack, open_slack
from adapters.secret import Secret
from adapters.setting_values import Listen
from adapters.slack.kept_installations import KeptInstallations
from adapters.slack.oauth import SlackOAuth
from adapters.slack_values import SlackSettings
from adapters.web.app import web_app
from adapters.web.serving import serving
from calendar_core.ports import StoredInstallation
from calendar_core.store.schema import slack_state
from sandbox.slack.payloads import Payloads

from .signed import BOT

PUBLIC = "https://pairtime.example.com"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)


@pytest.fixture
async def grid(stage: Stage) -> AsyncIterator[tuple[str, str, SlackIn]]:
    """The app is installed in an organisation as a whole, and in its one workspace for itself: both their ids, and the
    side that hears of it."""
    slack, store = stage.sandbox.slack, stage.application.store
    enterprise, team = slack.people.organise("Grid", ["example.com"]), slack.people.team_of("example.com").id
    settings = SlackSettings(
        signing_secret=Secret(slack.installed.app.signing_secret),
        client_id=slack.installed.app.client_id,
        client_secret=Secret(slack.installed.app.client_secret),
        api_base=slack.api,
    )
    token = slack.installed.install_org(enterprise).access
    whole = installation(enterprise, enterprise=enterprise, org_wide=True, token=token)
    await store.slack_installations.put(whole)
    await store.slack_installations.put(
        installation(team, enterprise=enterprise, token=slack.installed.install("example.com").access)
    )
    application = stage.application
    async with (
        open_slack(settings, store, PUBLIC) as out,
        hear_slack(out, settings, application.conversation, application.linking) as here,
    ):
        assert here is not None
        async with serving(web_app(here.routes, application.metrics), Listen(port=0), grace=0.0) as url:
            slack.courier.deliver_to(f"{url}/slack/events")
            yield enterprise, team, here


def installation(place: str, **others: object) -> StoredInstallation:
    """Made a month ago."""
    made = StoredInstallation(
        place=place,
        enterprise=None,
        org_wide=False,
        app="A0123",
        bot_user=BOT,
        token="xoxb-1",
        scopes=("chat:write", "commands"),
        installed_by="U0ADMIN",
        installed_at=NOW - timedelta(days=30),
    )
    return replace(made, **others)  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize("team_told", [True, False])
async def test_an_organisation_that_removes_the_app_takes_its_own_row_away_whichever_workspace_is_told_of(
    stage: Stage, grid: tuple[str, str, SlackIn], team_told: bool
) -> None:
    """With a team_id in the event, others delete the workspace's row, and leave the organisation's token behind."""
    (enterprise, team, here), store = grid, stage.application.store
    slack = stage.sandbox.slack
    member = slack.people.everybody("example.com")[0]
    payload = Payloads(slack.state, member, slack.people.team_of("example.com"), enterprise).event(
        {"type": "app_uninstalled"}
    )
    if not team_told:
        payload["team_id"] = None
    slack.installed.uninstall(enterprise)
    assert (await slack.courier.event(payload)).status == 200
    await here.tasks.idle()
    assert await store.slack_installations.of(None, enterprise) is None
    own = await store.slack_installations.of(team, enterprise)
    assert own is not None
    assert own.place == team


async def test_a_workspace_that_removes_the_app_leaves_its_organisation_alone(
    stage: Stage, grid: tuple[str, str, SlackIn]
) -> None:
    """And the other way round."""
    (enterprise, team, here), store = grid, stage.application.store
    await stage.sandbox.slack.uninstall(team)
    await here.tasks.idle()
    left = await store.slack_installations.of(team, enterprise)
    assert left is not None
    assert left.place == enterprise


async def test_a_state_is_spent_once_and_thrown_away_when_it_has_ended(stage: Stage) -> None:
    """They are selected and then deleted by others, so that four consume one, and expired ones stay for ever."""
    places, lasts = stage.application.store.slack_installations, timedelta(minutes=10)
    made = installation("T0SPENT")
    for number in range(20):
        await places.install(made, f"state-{number}", NOW + lasts, NOW)
    spent = await asyncio.gather(*(places.install(made, "state-20", NOW + lasts, NOW) for _ in range(4)))
    assert sorted(spent) == [False, False, False, True]
    later = NOW + timedelta(minutes=11)
    await places.install(made, "state-21", later + lasts, later)
    count = select(func.count()).select_from(slack_state)
    assert await stage.application.store.database.read(lambda connection: connection.execute(count).scalar_one()) == 1


@pytest.fixture(params=["America/New_York", "Asia/Tokyo", "Asia/Kathmandu"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the machine thinks it stands."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


async def test_a_token_ends_at_the_same_moment_wherever_the_machine_stands(stage: Stage, machine_zone: str) -> None:
    """A naive time, written in one zone and read in another, renews hours too early, too late, or never."""
    places, ends = stage.application.store.slack_installations, NOW + timedelta(hours=12)
    await places.put(installation("T0ZONE", token="xoxe.xoxb-1", refresh="xoxe-1", ends_at=ends))
    stored = await places.of("T0ZONE", None)
    assert stored is not None
    assert stored.ends_at is not None
    assert (stored.ends_at, stored.ends_at.utcoffset()) == (ends, timedelta(0)), machine_zone
    slack, log = stage.sandbox.slack, stage.sandbox.log
    client = slack.installed.app.client_id, Secret(slack.installed.app.client_secret)
    async with aiohttp.ClientSession() as http:
        for minutes, renewals in ((61, 0), (59, 1)):
            now = ends - timedelta(minutes=minutes)
            oauth = SlackOAuth(http, slack.api, client, partial(_same, now))
            await KeptInstallations(places, oauth, partial(_same, now), lambda: 0.0).of("T0ZONE", None)
            assert len(log.of(operation="oauth.v2.access")) == renewals


def _same(now: datetime) -> datetime:
    return now
