"""Graph for a person who signed in: /me, what each permission opens, and what a personal account cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from sandbox.app import Sandbox
from sandbox.login import object_id
from sandbox.rules.graph_permissions import ALLOWED_BY
from sandbox.rules.graph_scopes import GRAPH
from sandbox.world import Mailbox
from tests.sandbox.login.consenting import SAM, WebApplication

from .conftest import Application, a_session
from .contract import permissions
from .test_letting_in import HIGHER, UNDOCUMENTED

ME = "/graph/v1.0/me"
LEO = Mailbox("leo@outlook.com", "Leo Park", "microsoft", "Europe/London")
SIGN_IN = "openid profile offline_access"
SCHEDULE = {
    "schedules": [SAM],
    "startTime": {"dateTime": "2026-12-01T00:00:00", "timeZone": "UTC"},
    "endTime": {"dateTime": "2026-12-02T00:00:00", "timeZone": "UTC"},
}


@pytest.fixture
def pages(sandbox: Sandbox, http: aiohttp.ClientSession) -> WebApplication:
    return WebApplication(sandbox, http)


async def signed_in(app: Application, pages: WebApplication, scopes: str, address: str = SAM) -> Application:
    tokens = await pages.connected(address, scope=f"{SIGN_IN} {scopes}")
    return replace(app, token=tokens["access_token"])


@pytest.fixture
async def me(app: Application, pages: WebApplication) -> Application:
    return await signed_in(app, pages, "Calendars.ReadWrite MailboxSettings.Read")


def test_what_people_may_allow_opens_what_graph_says(contracts: Path) -> None:
    published = {call.lower(): each for call, each in permissions(contracts).items()}
    for call, allowed in ALLOWED_BY.items():
        if call not in UNDOCUMENTED:
            graphs = {permission.rstrip("*") for permission in published[call.lower()]["DelegatedWork"]}
            assert graphs <= allowed <= graphs | (HIGHER if len(graphs) > 1 else set()), call
            assert graphs <= GRAPH.keys(), call
    assert [call for call, each in published.items() if "DelegatedPersonal" not in each] == [
        "post /users/{id}/calendar/getschedule"
    ]


async def test_a_whole_session_by_me(me: Application) -> None:
    made = await me.ask("POST", f"{ME}/events", a_session())
    assert made.status == 201
    assert made.json["organizer"]["emailAddress"]["address"] == SAM
    event = f"{ME}/events/{made.json['id']}"
    assert (await me.ask("PATCH", event, {"subject": "Later"})).json["subject"] == "Later"
    view = await me.ask(
        "GET", f"{ME}/calendarView", startDateTime="2026-11-29T00:00:00Z", endDateTime="2026-12-03T00:00:00Z"
    )
    assert [each["subject"] for each in view.json["value"]] == ["Later"]
    assert (await me.ask("POST", f"{event}/cancel", {"comment": "No time"})).status == 202
    assert (await me.ask("GET", event)).status == 404


async def test_schedule_zone_and_hours_by_me(me: Application) -> None:
    [schedule] = (await me.ask("POST", f"{ME}/calendar/getSchedule", SCHEDULE)).json["value"]
    assert schedule["scheduleId"] == SAM
    settings = await me.ask("GET", f"{ME}/mailboxSettings", _select="timeZone,workingHours")
    assert settings.json["timeZone"] == "W. Europe Standard Time"
    assert settings.json["workingHours"]["startTime"].startswith("09:00")


async def test_an_application_as_itself_has_no_me(app: Application) -> None:
    answer = await app.ask("GET", f"{ME}/calendar")
    assert (answer.status, answer.code) == (400, "BadRequest")
    assert "delegated" in answer.json["error"]["message"]


async def test_whoever_signed_in_is_one_of_the_users_and_only_that_one(me: Application) -> None:
    world = me.sandbox.world
    world.add_mailbox(Mailbox("lea@example.com", "Lea", "microsoft", "UTC"))
    for name in ("Sam@Example.com", object_id(world.mailboxes[SAM])):
        assert (await me.ask("GET", f"{name}/calendar")).status == 200
    assert (await me.ask("GET", "lea@example.com/calendar")).code == "ErrorAccessDenied"
    assert (await me.ask("GET", "nobody@example.com/calendar")).code == "ResourceNotFound"


@pytest.mark.parametrize(
    ("scopes", "refused"),
    [
        ("User.Read", "GET calendar"),
        ("Calendars.Read", "POST events"),
        ("Calendars.ReadWrite", "GET mailboxSettings"),
        ("MailboxSettings.Read", "POST calendar/getSchedule"),
    ],
)
async def test_a_call_without_its_permission_is_denied(
    app: Application, pages: WebApplication, scopes: str, refused: str
) -> None:
    narrow = await signed_in(app, pages, scopes)
    method, _, path = refused.partition(" ")
    body = {"events": a_session(), "calendar/getSchedule": SCHEDULE}.get(path)
    answer = await narrow.ask(method, f"{ME}/{path}", body)
    assert (answer.status, answer.code) == (403, "ErrorAccessDenied")


async def test_a_personal_account_has_a_calendar_and_no_schedule_nor_teams(
    app: Application, pages: WebApplication
) -> None:
    app.sandbox.world.add_mailbox(LEO)
    pages.place = "common"
    leo = await signed_in(app, pages, "Calendars.ReadWrite", LEO.address)
    answer = await leo.ask("POST", f"{ME}/calendar/getSchedule", {**SCHEDULE, "schedules": [LEO.address]})
    assert (answer.status, answer.code) == (400, "BadRequest")
    made = await leo.ask("POST", f"{ME}/events", a_session())
    assert made.json["isOnlineMeeting"] is False
    assert (await app.ask("GET", f"{LEO.address}/calendar")).code == "ResourceNotFound"


async def test_a_policy_that_leaves_a_mailbox_out_binds_the_application_and_not_its_owner(
    app: Application, pages: WebApplication
) -> None:
    app.sandbox.world.revoke(SAM)
    assert (await app.ask("GET", f"{SAM}/calendar")).code == "ErrorAccessDenied"
    me = await signed_in(app, pages, "Calendars.ReadWrite")
    assert (await me.ask("GET", f"{ME}/calendar")).status == 200
    [schedule] = (await me.ask("POST", f"{ME}/calendar/getSchedule", SCHEDULE)).json["value"]
    assert "error" not in schedule


async def test_somebody_without_a_mailbox_signs_in_and_is_told_apart(app: Application, pages: WebApplication) -> None:
    app.sandbox.world.add_mailbox(Mailbox("noor@example.com", "Noor", "microsoft", "UTC", has_calendar=False))
    noor = await signed_in(app, pages, "Calendars.ReadWrite", "noor@example.com")
    assert (await noor.ask("GET", f"{ME}/calendar")).code == "MailboxNotEnabledForRESTAPI"


async def test_the_log_names_whom_me_is(me: Application) -> None:
    me.sandbox.log.clear()
    await me.ask("GET", f"{ME}/calendar")
    [call] = me.sandbox.log.calls
    assert (call.operation, call.path, call.mailbox) == ("calendar.get", "/graph/v1.0/me/calendar", SAM)
