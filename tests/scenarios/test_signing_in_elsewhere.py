"""Signing in ends in another browser, or by another account: only a code typed in the chat that asked completes it."""

from __future__ import annotations

import asyncio

import pytest

from tests.signing_in import Browser, Shown, browser, link_for, nobody_signed_in
from tests.visiting import Visitor

from .test_signing_in_attacked import GIL, OTHER, kind_of, opened


@pytest.fixture
async def visitor(visitor: Visitor) -> Visitor:
    """Somebody in a demo in which nobody is connected by an own consent yet."""
    return await nobody_signed_in(visitor)


async def code_in_another_browser(visitor: Visitor, mine: Browser, another: Browser) -> Shown:
    onward = await mine.press(await opened(mine, visitor), "Continue at Google")
    return await another.back(await mine.decide(onward, GIL))


async def test_in_another_browser_a_code_typed_in_the_chat_completes_it(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        shown = await code_in_another_browser(visitor, mine, another)
        assert shown.title == "Type this code in your chat"
        assert (await another.open(shown.url)).code == shown.code  # reloaded: still there
        assert (await mine.open(shown.url)).title == "This link leads nowhere"
        assert await kind_of(visitor, "gil") is None
        stranger = await visitor.say("uma", shown.code)
        assert stranger["text"].startswith("I am not waiting for a code")
        said = await visitor.say("gil", f"{shown.code[:3]} {shown.code[3:]}")
        assert said["text"].startswith("Connected: Google - Individual (gil@example.com)")
        assert (await another.open(shown.url)).title == "Your calendar is connected"
    assert await kind_of(visitor, "gil") == "Google - Individual"
    assert (await visitor.say("gil", shown.code))["text"].startswith("I am not waiting for a code")


async def test_after_five_wrong_codes_it_is_void(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        shown = await code_in_another_browser(visitor, mine, another)
        wrong = f"{(int(shown.code) + 1) % 1_000_000:06}"
        heard = [(await visitor.say("gil", wrong))["text"].splitlines()[0] for _ in range(5)]
        assert heard[0] == "That is not the code your browser shows. You have 4 more tries."
        assert heard[3].endswith("You have 1 more try.")
        assert heard[4].startswith("That was not the code either, so it is void")
        assert (await visitor.say("gil", shown.code))["text"].startswith("I am not waiting for a code")
        assert "Too many wrong codes" in (await another.open(shown.url)).text
    assert await kind_of(visitor, "gil") is None


async def test_wrong_codes_all_at_once_are_all_counted(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        shown = await code_in_another_browser(visitor, mine, another)
        wrong = [f"{(int(shown.code) + number) % 1_000_000:06}" for number in range(1, 9)]
        await asyncio.gather(*(visitor.say("gil", code) for code in wrong))
        assert (await visitor.say("gil", shown.code))["text"].startswith("I am not waiting for a code")


async def test_a_code_ends_after_ten_minutes(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        shown = await code_in_another_browser(visitor, mine, another)
        await visitor.drive("clock", jump_seconds=601)
        assert (await visitor.say("gil", shown.code))["text"].startswith("I am not waiting for a code")
        assert (await another.open(shown.url)).title == "Nothing was connected"
    assert await kind_of(visitor, "gil") is None


async def test_another_account_may_be_used_where_the_operator_allows_its_domain(visitor: Visitor) -> None:
    async with browser(visitor) as mine, browser(visitor) as another:
        chosen = await mine.sign_in(await opened(mine, visitor), OTHER, "Google")
        assert (chosen.title, chosen.buttons) == ("That is another account", ["Sign in again", f"Use {OTHER}"])
        assert f"You signed in as {OTHER}, but your programme knows {GIL}." in chosen.text
        assert (await another.open(chosen.url)).title == "This link leads nowhere"
        coded = await mine.press(chosen, f"Use {OTHER}")
        assert await kind_of(visitor, "gil") is None  # whoever sits there is not yet known to be Gil
        said = await visitor.say("gil", coded.code)
        assert said["text"].startswith(f"Connected: Google - Individual ({OTHER})")


async def test_the_vendors_page_sent_to_somebody_else_connects_nothing(visitor: Visitor) -> None:
    """Gil presses [Continue] and sends Uma the vendor's page; or to himself with another account, elsewhere."""
    for account in ("uma@example.com", OTHER):
        async with browser(visitor) as mine, browser(visitor) as umas:
            onward = await mine.press(await opened(mine, visitor), "Continue at Google")
            refused = await umas.back(await umas.decide(onward, account))
        assert (refused.title, "Use" in " ".join(refused.buttons)) == ("That is another account", False)
    assert await kind_of(visitor, "gil") is None


async def test_an_account_by_which_somebody_is_connected_is_nobody_elses(visitor: Visitor) -> None:
    async with browser(visitor) as mine:
        coded = await mine.press(await mine.sign_in(await opened(mine, visitor), OTHER, "Google"), f"Use {OTHER}")
        await visitor.say("gil", coded.code)
    async with browser(visitor) as hers:
        page = await hers.open(await link_for(visitor, "ines", "connect google"))
        refused = await hers.sign_in(page, OTHER, "Google")
    assert (refused.title, refused.buttons) == ("That is another account", ["Sign in again"])
    assert await kind_of(visitor, "ines") is None
