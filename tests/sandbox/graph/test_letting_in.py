"""Whom Graph lets in: permissions, mailboxes that are not there, throttling."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sandbox.login.directory import object_id
from sandbox.rules import graph as rules
from sandbox.rules.graph_permissions import ALLOWED_BY
from sandbox.rules.shapes import Flag, Listing, OneOf, Record, Shape, Text, Whole
from sandbox.world import Mailbox

from .conftest import Application, a_session
from .contract import check, definitions, permissions

SAM = "sam@example.com"
UNDOCUMENTED = {"GET /users/{id}/calendar"}  # missing from the published list of permissions
HIGHER = {"Calendars.ReadBasic.All", "Calendars.ReadWrite"}  # another name for ReadBasic; includes Read


def test_the_table_of_permissions_is_graphs(contracts: Path) -> None:
    published = {call.lower(): each["Application"] for call, each in permissions(contracts).items()}
    for call, allowed in ALLOWED_BY.items():
        if call not in UNDOCUMENTED:
            graphs = {permission.rstrip("*") for permission in published[call.lower()]}
            assert graphs <= allowed <= graphs | (HIGHER if len(graphs) > 1 else set()), call


def records(shape: Shape, seen: set[str]) -> Iterator[Record]:
    if isinstance(shape, Listing):
        yield from records(shape.of, seen)
    elif isinstance(shape, Record) and shape.name not in seen:
        seen.add(shape.name)
        yield shape
        for inner in shape.fields.values():
            yield from records(inner, seen)


def sample(shape: Shape) -> Any:
    """Something the table lets through, every field of it given."""
    if isinstance(shape, OneOf):
        return shape.words[-1]
    if isinstance(shape, Record):
        return {name: sample(each) for name, each in shape.fields.items()}
    if isinstance(shape, Listing):
        return [sample(shape.of)]
    if isinstance(shape, Text):
        return "2026-11-23T08:00:00Z"
    return True if isinstance(shape, Flag) else 5


@pytest.mark.parametrize("shape", list(records(rules.NEW_EVENT, set())), ids=lambda shape: shape.name)
def test_the_table_of_fields_is_graphs(shape: Record, contracts: Path) -> None:
    check(contracts, shape.name.removeprefix("microsoft.graph."), sample(shape))


@pytest.mark.parametrize("choice", [each for each in vars(rules).values() if isinstance(each, OneOf)])
def test_the_table_of_words_is_graphs(choice: OneOf, contracts: Path) -> None:
    graphs = definitions(contracts)[choice.name.removeprefix("microsoft.graph.")]["enum"]
    assert set(choice.words) <= set(graphs)
    assert set(graphs) - set(choice.words) <= {"unknown", "unknownFutureValue"}


def test_the_tables_of_properties_are_graphs(contracts: Path) -> None:
    for kind, names in {
        "event": rules.EVENT_PROPERTIES,
        "calendar": rules.CALENDAR_PROPERTIES,
        "mailboxSettings": rules.MAILBOX_PROPERTIES,
    }.items():
        assert names <= definitions(contracts)[kind]["properties"].keys()


def test_the_contract_itself_refuses_a_typing_error(contracts: Path) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check(contracts, "event", {"isOnlinemeeting": True})


@pytest.mark.parametrize(
    ("roles", "refused"),
    [
        ((), "GET calendar"),
        (("Calendars.ReadBasic.All",), "POST events"),
        (("Calendars.Read",), "POST events"),
        (("Calendars.ReadWrite",), "GET mailboxSettings"),
        (("MailboxSettings.Read",), "GET calendarView"),
    ],
)
async def test_a_call_without_its_permission_is_denied(app: Application, roles: tuple[str, ...], refused: str) -> None:
    method, _, path = refused.partition(" ")
    answer = await (await app.granted(*roles)).ask(method, f"{SAM}/{path}", a_session() if method == "POST" else None)
    assert (answer.status, answer.code) == (403, "ErrorAccessDenied")


async def test_basic_reading_shows_titles_but_no_bodies_and_no_properties(app: Application) -> None:
    made = await app.create(body={"contentType": "html", "content": "<p>Notes</p>"})
    basic = await app.granted("Calendars.ReadBasic.All")
    seen = await basic.ask("GET", f"{SAM}/events/{made['id']}")
    assert seen.json["subject"] == "Mentoring"
    assert "body" not in seen.json
    assert "singleValueExtendedProperties" not in seen.json


@pytest.mark.parametrize(
    ("whose", "status", "code"),
    [
        ("nobody@example.com", 404, "ResourceNotFound"),
        ("sam@elsewhere.example", 404, "ResourceNotFound"),
        ("left@example.com", 404, "ResourceNotFound"),
        ("ana@example.com", 404, "MailboxNotEnabledForRESTAPI"),
        ("noor@example.com", 404, "MailboxNotEnabledForRESTAPI"),
        ("apart@example.com", 403, "ErrorAccessDenied"),
        ("outside@example.com", 403, "ErrorAccessDenied"),
    ],
)
async def test_a_mailbox_that_cannot_be_reached_says_why(app: Application, whose: str, status: int, code: str) -> None:
    world = app.sandbox.world
    world.add_mailbox(Mailbox("noor@example.com", "Noor", "microsoft", "UTC", has_calendar=False))
    world.add_mailbox(Mailbox("left@example.com", "Leo", "microsoft", "UTC", suspended=True))
    world.add_mailbox(Mailbox("apart@example.com", "Amy", "microsoft", "UTC"))
    world.add_mailbox(Mailbox("sam@elsewhere.example", "Sam", "microsoft", "UTC"))
    world.add_mailbox(Mailbox("outside@example.com", "Ida", "microsoft", "UTC", apart=True))
    world.revoke("apart@example.com")
    answer = await app.ask("GET", f"{whose}/calendar")
    assert (answer.status, answer.code) == (status, code)


async def test_a_person_goes_by_address_in_any_case_or_by_object_id(app: Application) -> None:
    sam = app.sandbox.world.mailboxes[SAM]
    for name in ("Sam@Example.com", object_id(sam)):
        answer = await app.ask("GET", f"{name}/calendar", _select="allowedOnlineMeetingProviders,name")
        assert answer.json == {"allowedOnlineMeetingProviders": ["teamsForBusiness"], "name": "Calendar"}


async def test_a_fifth_call_at_once_on_one_mailbox_is_throttled(app: Application) -> None:
    app.sandbox.world.add_mailbox(Mailbox("lea@example.com", "Lea", "microsoft", "UTC"))
    app.sandbox.faults.latency_ms["graph"] = 100
    names = [SAM] * 6 + ["lea@example.com"] * 4
    answers = await asyncio.gather(*(app.ask("GET", f"{name}/calendar") for name in names))
    assert sorted(each.status for each in answers[:6]) == [200, 200, 200, 200, 429, 429]
    assert [each.status for each in answers[6:]] == [200] * 4
    throttled = next(each for each in answers if each.status == 429)
    assert (throttled.code, throttled.headers["Retry-After"]) == ("ApplicationThrottled", "1")


async def test_every_answer_carries_its_own_id_and_the_callers(app: Application) -> None:
    answers = [await app.ask("GET", f"{SAM}/calendar", None, {"client-request-id": "mine"}) for _ in range(2)]
    assert {each.headers["client-request-id"] for each in answers} == {"mine"}
    assert len({each.headers["request-id"] for each in answers}) == 2


async def test_a_path_that_is_none_is_a_bad_request_and_no_missing_event(app: Application) -> None:
    answer = await app.ask("GET", f"{SAM}/evnts")
    assert (answer.status, answer.code) == (400, "BadRequest")


async def test_without_the_header_ids_are_others_and_still_found(app: Application) -> None:
    made = await app.create()
    usual = replace(app, prefer='outlook.timezone="UTC"')
    [listed] = (await usual.ask("GET", f"{SAM}/events")).json["value"]
    assert listed["id"] != made["id"]
    assert (await app.ask("GET", f"{SAM}/events/{listed['id']}")).json["id"] == made["id"]


def test_whole_numbers_have_bounds() -> None:
    with pytest.raises(ValueError, match="between 5 and 1440"):
        Whole(5, 1440).checked(4, "interval")
