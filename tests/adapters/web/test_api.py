"""What other programs read over HTTP: with a token that counts, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import jsonschema
import pytest
from sqlalchemy import select

from adapters.setting_values import Listen
from adapters.web.allowance import Allowance
from adapters.web.api import A_MINUTE, GUESSES_A_MINUTE, Api
from adapters.web.app import web_app
from adapters.web.metrics import Metrics
from adapters.web.serving import serving
from calendar_core.enrolment import Batch
from calendar_core.integration import Health, Integration, IntegrationKind, Trouble
from calendar_core.people import Role, User
from calendar_core.publishing import Publishing
from calendar_core.store import Store, migrate, open_store
from calendar_core.store.schema import api_token
from sandbox.clock import WorldClock
from tests.contracts.store.cast import NOW, Cast, enrol, enrolled

STATUSES = "/api/v1/statuses"
DOMAIN = IntegrationKind.OUTLOOK_DOMAIN


@dataclass
class Reader:
    """Another program."""

    http: aiohttp.ClientSession
    store: Store
    cast: Cast
    publishing: Publishing
    clock: list[float]
    described: dict[str, object]

    async def token(self, organisation: str = "Example", programme: str | None = None) -> str:
        (own,) = [each.id for each in await self.store.people.organisations() if each.name == organisation]
        numbers = {each.name: each.id for each in await self.store.programmes.all() if each.organisation == own}
        return (await self.publishing.make(own, None if programme is None else numbers[programme]))[1]

    async def get(
        self, token: str | None, path: str = STATUSES, scheme: str = "Bearer"
    ) -> tuple[int, dict[str, object]]:
        """The answer, which is one of those that are described."""
        headers = {} if token is None else {"Authorization": f"{scheme} {token}"}
        async with self.http.get(path, headers=headers) as answer:
            told: dict[str, object] = await answer.json()
        self.headers = answer.headers
        operation = self.described["paths"][STATUSES]["get"]  # type: ignore[index]  # JSON
        schema = operation["responses"][str(answer.status)]["content"]["application/json"]["schema"]
        jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
        return answer.status, told

    async def names(self, token: str, path: str = STATUSES) -> list[str]:
        status, told = await self.get(token, path)
        assert status == 200, told
        people = told["people"]
        assert isinstance(people, list)
        return [each["name"] for each in people]


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    url, clock = f"sqlite:///{tmp_path / 'pairtime.sqlite3'}", WorldClock(NOW)
    migrate(url)
    store = open_store(url, clock)
    cast, seconds = await enrol(store), [0.0]
    publishing = Publishing(store.api_tokens, store.people, store.programmes, store.verifications, clock)
    routes = Api(
        publishing, Allowance(A_MINUTE, lambda: seconds[0]), Allowance(GUESSES_A_MINUTE, lambda: seconds[0])
    ).routes()
    async with AsyncExitStack() as closing:
        closing.push_async_callback(store.close)
        where = await closing.enter_async_context(serving(web_app(routes, Metrics()), Listen(port=0), grace=0.0))
        http = await closing.enter_async_context(aiohttp.ClientSession(where))
        async with http.get("/api/v1/openapi.json") as answer:
            described = await answer.json()
        yield Reader(http, store, cast, publishing, seconds, described)


def connected(user: User) -> Integration:
    return Integration(user.id, DOMAIN, Health.OK, user.email, since=NOW, checked_at=NOW)


async def test_each_has_the_exact_word_the_reason_and_who_can_repair_it(reader: Reader) -> None:
    cast, store = reader.cast, reader.store
    await store.integrations.connected(connected(cast.ana), connected(cast.sam))
    await store.integrations.broke(cast.sam.id, Trouble.NO_MAILBOX, NOW)
    await store.unconnected.opt_out(cast.kai.id, NOW)
    status, told = await reader.get(await reader.token())
    assert (status, told["next"]) == (200, None)
    people = told["people"]
    assert isinstance(people, list)
    by_name = {each.pop("name"): each for each in people}
    at = "2026-11-23T08:00:00Z"
    assert by_name["Ana Ruiz"] == {
        "email": cast.ana.email,
        "calendar_integration": "Outlook - Domain",
        "health": "ok",
        "reason": "",
        "repaired_by": "",
        "since": at,
        "checked": at,
    }
    broken = by_name["Sam Okoye"]
    assert [broken[each] for each in ("calendar_integration", "health", "reason", "repaired_by")] == [
        "Outlook - Domain",
        "broken",
        "no cloud mailbox",
        "IT",
    ]
    out, never = by_name["Kai Lind"], by_name["Uma Sato"]
    assert [out[each] for each in ("calendar_integration", "health", "reason")] == ["", "", "opted out"]
    assert [never[each] for each in ("calendar_integration", "health", "reason")] == ["", "", "never connected"]


async def test_everybody_comes_once_page_by_page(reader: Reader) -> None:
    token, path, found = await reader.token(), f"{STATUSES}?limit=2", list[str]()
    while path:
        status, told = await reader.get(token, path)
        assert status == 200
        assert reader.headers["Cache-Control"] == "no-store"
        people, following = told["people"], told["next"]
        assert isinstance(people, list)
        found += [each["name"] for each in people]
        path = str(following or "")
    assert sorted(found) == ["Ana Ruiz", "Kai Lind", "Priya Nair", "Sam Okoye", "Uma Sato"]


async def test_a_token_reads_its_own_organisation_and_programme_alone(reader: Reader) -> None:
    ben = replace(enrolled("ben", "Ben Ode", Role.MENTEE, "Europe/Oslo"), programme="Other")
    lea = replace(enrolled("lea", "Lea Noor", Role.MENTEE, "Europe/Oslo"), organisation="Elsewhere")
    await reader.store.enrolments.apply(Batch((ben, lea)), NOW)
    assert await reader.names(await reader.token("Elsewhere")) == ["Lea Noor"]
    assert await reader.names(await reader.token("Example", "Other")) == ["Ben Ode"]
    assert len(await reader.names(await reader.token("Example"))) == 6


async def test_without_a_token_that_counts_nothing_is_told(reader: Reader) -> None:
    token = await reader.token()
    wrong = (None, "", "x", token[:-1], token + "x", token.upper(), "pairtime_" + "A" * 32, "pairtime_" + "A" * 5000)
    for each in wrong:
        status, told = await reader.get(each)
        assert (status, list(told)) == (401, ["error"]), each
        assert reader.headers["WWW-Authenticate"] == "Bearer"
    assert (await reader.get(token, scheme="Basic"))[0] == 401
    assert (await reader.get(None, f"{STATUSES}?token={token}"))[0] == 401
    assert (await reader.get(token, scheme="bearer"))[0] == 200
    (only,) = await reader.publishing.tokens.all()
    assert await reader.publishing.tokens.revoke(only.number)
    assert (await reader.get(token))[0] == 401


async def test_bytes_that_are_no_text_are_no_token(reader: Reader) -> None:
    async with reader.http.get("/api/v1/openapi.json") as answer:
        told, out = await asyncio.open_connection(answer.url.host, answer.url.port)
    asked = f"GET {STATUSES} HTTP/1.1", "Host: x", "Connection: close", "Authorization: Bearer \xff", "", ""
    out.write("\r\n".join(asked).encode("latin-1"))
    assert (await told.read()).startswith(b"HTTP/1.1 401 ")
    out.close()
    await out.wait_closed()


async def test_what_cannot_be_a_page_is_refused(reader: Reader) -> None:
    token = await reader.token()
    for query in (
        "limit=0",
        "limit=501",
        "limit=x",
        "limit=-1",
        "after=-1",
        "after=1e3",
        "after=٣",
        "after=" + "9" * 400,
    ):
        assert (await reader.get(token, f"{STATUSES}?{query}"))[0] == 400, query
    for query in ("programme=1", "limit=1&limit=2", "after=&limit=1"):
        assert (await reader.get(token, f"{STATUSES}?{query}"))[0] == 400, query
    assert await reader.names(token, f"{STATUSES}?after={'9' * 18}&limit=500") == []
    async with reader.http.post(STATUSES, headers={"Authorization": f"Bearer {token}"}) as answer:
        assert answer.status == 405


async def test_nobody_is_named_where_reports_are_of_groups_only(reader: Reader) -> None:
    token = await reader.token()
    own = await reader.store.people.organisation(reader.cast.ana.organisation)
    await reader.store.people.update_organisation(replace(own, groups_only=True))
    status, told = await reader.get(token)
    assert (status, "groups only" in str(told["error"]), "people" in told) == (403, True, False)


async def test_a_programmes_token_names_no_guest_of_an_organisation_whose_reports_are_of_groups_only(
    reader: Reader,
) -> None:
    gus = enrolled("gus", "Gus Ek", Role.MENTOR, "Europe/Oslo")
    gus = replace(gus, organisation="Elsewhere", programme_organisation="Example")
    await reader.store.enrolments.apply(Batch((gus,)), NOW)
    token = await reader.token("Example", "Leaders 2026")
    (own,) = [each for each in await reader.store.people.organisations() if each.name == "Elsewhere"]
    assert "Gus Ek" in await reader.names(token)
    await reader.store.people.update_organisation(replace(own, groups_only=True))
    assert "Gus Ek" not in await reader.names(token)
    assert "Ana Ruiz" in await reader.names(token)


async def test_who_asks_too_often_is_told_when_to_ask_again(reader: Reader) -> None:
    busy, other = await reader.token(), await reader.token()
    statuses = [(await reader.get(busy, f"{STATUSES}?limit=1"))[0] for _ in range(A_MINUTE + 1)]
    assert statuses == [200] * A_MINUTE + [429]
    assert reader.headers["Retry-After"] == "1"
    assert (await reader.get(other))[0] == 200
    reader.clock[0] += 1
    assert [(await reader.get(busy))[0] for _ in range(2)] == [200, 429]


async def test_who_guesses_tokens_is_soon_not_looked_up_any_more(reader: Reader) -> None:
    token, new = await reader.token(), await reader.token()
    assert (await reader.get(token))[0] == 200
    guesses = [(await reader.get("pairtime_" + "A" * 32))[0] for _ in range(GUESSES_A_MINUTE + 1)]
    assert guesses == [401] * GUESSES_A_MINUTE + [429]
    assert int(reader.headers["Retry-After"]) > 0
    assert (await reader.get(new))[0] == 429, "it was not looked up"
    assert (await reader.get(token))[0] == 200, "one that has counted shares the address with whoever guesses"
    reader.clock[0] += 60 / GUESSES_A_MINUTE
    assert (await reader.get(new))[0] == 200


async def test_guesses_that_come_at_once_are_no_more_than_those_that_come_one_by_one(reader: Reader) -> None:
    guesses = [f"pairtime_{number:032}" for number in range(3 * GUESSES_A_MINUTE)]
    statuses = [status for status, _ in await asyncio.gather(*(reader.get(each) for each in guesses))]
    assert (statuses.count(401), statuses.count(429)) == (GUESSES_A_MINUTE, 2 * GUESSES_A_MINUTE)


async def test_tokens_that_count_are_no_guesses_however_many_are_new_here(reader: Reader) -> None:
    tokens = [await reader.token() for _ in range(GUESSES_A_MINUTE + 1)]
    assert {(await reader.get(each))[0] for each in tokens} == {200}


async def test_whom_the_database_keeps_waiting_has_guessed_nothing(reader: Reader) -> None:
    token, database = await reader.token(), reader.store.database
    await database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE api_token RENAME TO lost"))
    assert {(await reader.get(token))[0] for _ in range(GUESSES_A_MINUTE + 1)} == {503}
    await database.write(lambda connection: connection.exec_driver_sql("ALTER TABLE lost RENAME TO api_token"))
    assert (await reader.get(token))[0] == 200


async def test_a_token_that_counts_no_more_is_a_guess_from_then_on(reader: Reader) -> None:
    token = await reader.token()
    assert (await reader.get(token))[0] == 200
    (only,) = await reader.publishing.tokens.all()
    await reader.publishing.tokens.revoke(only.number)
    assert (await reader.get(token))[0] == 401
    assert [(await reader.get(token))[0] for _ in range(GUESSES_A_MINUTE + 1)] == [401] * GUESSES_A_MINUTE + [429]


def test_an_allowance_keeps_as_many_readers_as_it_has_room_for() -> None:
    now = [0.0]
    allowance = Allowance[int](2, lambda: now[0], most=3)
    assert [allowance.wait(1) for _ in range(3)] == [0, 0, 30]
    for other in range(2, 5):
        assert allowance.wait(other) == 0
    assert allowance.wait(1) == 0, "the one that was longest silent is forgotten"


async def test_no_token_lies_in_the_database_or_in_the_log(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    token = await reader.token()
    await reader.get(token)
    secret = token.removeprefix("pairtime_")
    assert "statuses read" in caplog.text
    assert secret not in caplog.text
    assert reader.cast.ana.email not in caplog.text
    rows = await reader.store.database.read(lambda connection: str(connection.execute(select(api_token)).all()))
    assert len(rows) > 64
    assert secret not in rows
