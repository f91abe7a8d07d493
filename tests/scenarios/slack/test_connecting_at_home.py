"""4.4 from the app's Home: [Connect my calendar] and [Reconnect] pressed there, answered in a window, and seen in the
Home once it is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from adapters.cli.playing import staged
from tests.adapters.slack.limits import buttons, shown
from tests.signing_in import nobody_signed_in, signed_in
from tests.staging import NOW
from tests.visiting import Visitor

from .member import Members
from .test_windows import Screen
from .workspace import in_slack


@pytest.fixture
async def members(tmp_path: Path) -> AsyncIterator[Members]:
    async with staged(tmp_path, now=NOW, keep=False, slack=True) as stage, in_slack(stage) as members:
        yield members


async def pressed(screen: Screen, view: dict[str, Any], name: str) -> dict[str, Any]:
    """What the window shows then."""
    await screen.press(view, name)
    return await screen.window()


def link_in(window: dict[str, Any], name: str) -> str:
    (url,) = [str(each["url"]) for each in buttons(window["blocks"]) if each["text"]["text"] == name]
    return url


async def home_saying(screen: Screen, words: str) -> dict[str, Any]:
    """The Home that is open before their eyes, once it says that."""
    changes = -1
    async with asyncio.timeout(60):
        while words not in shown((home := await screen.home_as_it_is())["blocks"]):
            changes = await screen.slack.changed_since(screen.who, changes)
    return home


async def test_connecting_and_connecting_again_from_the_home(members: Members) -> None:
    async with aiohttp.ClientSession(members.stage.url) as http:
        visitor = await nobody_signed_in(Visitor(http, members.stage))
        ines = Screen(members, "ines")
        home = await ines.home()
        assert "Calendar: not connected" in shown(home["blocks"])
        which = await pressed(ines, home, "Connect my calendar")
        assert shown(which["blocks"]).startswith("Which calendar?")
        asked = await pressed(ines, which, "Outlook / Microsoft 365")
        assert shown(asked["blocks"]).startswith("Microsoft will ask to read and change your calendar.")
        await signed_in(visitor, "ines", link_in(asked, "Continue to Microsoft"), "Microsoft")
        await home_saying(ines, "Outlook - Individual, working")

        tom = Screen(members, "tom")
        broken = await tom.home()
        assert "Outlook - Individual, not working: access withdrawn" in shown(broken["blocks"])
        again = await pressed(tom, broken, "Reconnect")
        await signed_in(visitor, "tom", link_in(again, "Continue to Microsoft"), "Microsoft")
        await home_saying(tom, "Outlook - Individual, working")
