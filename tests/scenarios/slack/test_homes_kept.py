"""A Home that somebody has open: it shows what became of the sessions, whoever it was that did it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.slack.heard import Heard
from calendar_core.people import User
from tests.adapters.slack.limits import shown
from tests.faults.couples import Couple, Hamlet, Suites, settled, slack_account

from .test_pushed import booked


@pytest.fixture
async def hamlet(tmp_path: Path) -> AsyncIterator[Hamlet]:
    """One couple, both in Slack."""
    async with settled(tmp_path, [Suites("google", "google")], slack=True) as hamlet:
        yield hamlet


async def screen(hamlet: Hamlet, user: User, seen: int | None = None) -> dict[str, Any]:
    """What that person sees, once it is newer than `seen`."""
    query = {"as": user.email} | ({} if seen is None else {"seen": str(seen)})
    url = f"{hamlet.sandbox.url}/_/slack/screen"
    async with aiohttp.ClientSession() as http, http.get(url, params=query) as answer:
        told: dict[str, Any] = json.loads(await answer.text())
    return told


async def home_saying(hamlet: Hamlet, user: User, words: str) -> str:
    """Its words, once these are among them."""
    seen = None
    while True:
        told = await screen(hamlet, user, seen)
        said = shown(told["home"]["blocks"]) if told["home"] else ""
        if words in said:
            return said
        seen = told["seen"]


async def opened(hamlet: Hamlet, user: User) -> None:
    """The Home, as Slack tells of it."""
    account = slack_account(hamlet.sandbox, user)
    assert hamlet.application.slack is not None
    hamlet.application.slack.home.show(
        Heard(team=account.issuer.partition(":")[2], enterprise=None, user=account.subject)
    )
    await hamlet.application.slack.tasks.idle()


async def test_the_partner_s_home_shows_what_was_booked_and_called_off(hamlet: Hamlet) -> None:
    couple: Couple = hamlet.couples[0]
    await opened(hamlet, couple.mentor)
    await home_saying(hamlet, couple.mentor, "You have no sessions planned.")
    session = await booked(hamlet, couple)
    planned = await home_saying(hamlet, couple.mentor, couple.mentee.name)
    assert "You have no sessions planned." not in planned
    await hamlet.application.scheduling.cancelling.cancel(couple.mentee, session)
    await home_saying(hamlet, couple.mentor, "You have no sessions planned.")


async def test_whoever_never_opened_it_costs_no_call(hamlet: Hamlet) -> None:
    couple = hamlet.couples[0]
    await opened(hamlet, couple.mentor)
    await booked(hamlet, couple)
    await home_saying(hamlet, couple.mentor, couple.mentee.name)
    assert (await screen(hamlet, couple.mentee))["home"] is None
