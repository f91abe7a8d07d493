"""`pairtime doctor` where what answers is broken or hostile: a remedy each, and no name steers the terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.cli.doctor import Asked, lines_of, sheets
from adapters.doctor import surroundings
from adapters.main import real_now
from calendar_core.examining import Finding, Verdict
from calendar_core.examining.finding import problem
from calendar_core.providers.response_bodies import LARGEST

from .test_doctor import ANA, PUBLISHED, SAM, Records, clinic

MEGABYTE = b" " * 2**20
STEERS = "\x1b]0;owned\x07\x1b[2J\r\n\u202eok        everything"

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Hostile:
    """A server of somebody else's; `most`: megabytes taken from it at once, `led`: how often it led us astray."""

    def __init__(self) -> None:
        self.most = self.led = 0

    async def deep(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"[" * 200_000, content_type="application/json")

    async def page(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html><body>Please log in</body></html>", content_type="text/html")

    async def far_away(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": "/elsewhere"})

    async def elsewhere(self, _request: web.Request) -> web.StreamResponse:
        self.led += 1
        return web.json_response({})

    async def endless(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        await answer.prepare(request)
        with suppress(ConnectionError):
            for sent in range(1, 100):
                await answer.write(MEGABYTE)
                self.most = max(self.most, sent)
        return answer


@asynccontextmanager
async def answering(how: Answering, hostile: Hostile) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/elsewhere", hostile.elsewhere)
    app.router.add_route("*", "/{rest:.*}", how)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


@pytest.mark.parametrize("how", ["deep", "page", "far_away", "endless"])
async def test_calendars_that_answer_nonsense_are_a_problem_with_a_remedy(tmp_path: Path, how: str) -> None:
    hostile = Hostile()
    async with clinic(tmp_path) as there, answering(getattr(hostile, how), hostile) as url:
        asked = Asked(mailboxes=(ANA, SAM))
        findings = await there.examined(asked, Records(PUBLISHED), google_api_base=f"{url}/google", graph_base=url)
        problems = [each for each in findings if each.what.startswith("free/busy")]
        assert {each.area for each in problems} == {f"Google - Domain, {ANA}", f"Outlook - Domain, {SAM}"}
        assert all(each.verdict is Verdict.PROBLEM and each.remedy.endswith(".") for each in problems)
    assert hostile.led == 0, "no token goes where an answer points to"
    assert hostile.most * len(MEGABYTE) < 4 * LARGEST  # what was on its way counts, too


@pytest.mark.parametrize("how", ["deep", "page", "far_away", "endless"])
async def test_a_sign_in_server_that_answers_nonsense_is_one_too(tmp_path: Path, how: str) -> None:
    hostile = Hostile()
    async with clinic(tmp_path) as there, answering(getattr(hostile, how), hostile) as url:
        findings = await there.examined(
            Asked(mailboxes=(ANA, SAM)), Records(PUBLISHED), google_oauth_base=url, login_base=url
        )
        calendars = [each for each in findings if each.area.startswith(("Google", "Outlook"))]
        assert {each.verdict for each in calendars} == {Verdict.PROBLEM, Verdict.LEFT_OUT}
    assert hostile.led == 0


@pytest.mark.parametrize(
    "date", ["Sun, 22 Nov 2026 11:02:00 -0000", "never", "Sun, 22 Nov 0000 11:02:00 GMT", "1 Jan 1 00:00 +2359", "\t"]
)
async def test_a_date_that_is_none_is_no_clock(date: str) -> None:
    async def told(_request: web.Request) -> web.StreamResponse:
        return web.Response(headers={"Date": date})

    async with answering(told, Hostile()) as url, aiohttp.ClientSession() as connections:
        found = await surroundings.clock("Google", url, connections, real_now)
    assert found.verdict is not Verdict.OK
    assert found.remedy.endswith(".")


async def test_a_public_address_where_somebody_else_answers_endlessly_is_left_again() -> None:
    hostile = Hostile()
    async with answering(hostile.endless, hostile) as url, aiohttp.ClientSession() as connections:
        found = await surroundings.public_address(url, connections)
    assert found.verdict is Verdict.PROBLEM
    assert hostile.most < 20


def test_no_name_steers_the_terminal() -> None:
    (line, _) = lines_of([problem(f"Google - Domain, {STEERS}", STEERS, f"It is {STEERS}.")])
    assert line.isprintable()
    findings = [Finding(STEERS, STEERS, Verdict.OK)]
    assert len("\n".join(lines_of(findings)).splitlines()) == 2


async def test_nor_does_one_on_the_page_for_it(tmp_path: Path) -> None:
    async with clinic(tmp_path) as there:
        (organisation,) = await there.application.store.people.organisations()
        named = replace(organisation, google_domains=(f"example.com{STEERS}",), entra_tenant=f"tenant{STEERS}")
        await there.application.store.people.update_organisation(named)
        assert all(line.isprintable() for line in await sheets(there.settings, Asked()))
