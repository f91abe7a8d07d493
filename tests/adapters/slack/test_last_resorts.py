"""What nobody foresaw, and more than can be answered: it is in the log, and whoever waits is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest

from adapters.cli.playing import Stage
from adapters.main.slack import hear_slack, open_slack
from adapters.secret import Secret
from adapters.slack.answering import Answering
from adapters.slack.booking_form import BookingForm
from adapters.slack.installation import OneToken
from adapters.slack_values import SlackSettings
from adapters.tasks import NoRoom, Tasks
from bot.conversation import Conversation
from bot.replies import Answer
from calendar_core.errors import StoreUnavailable
from calendar_core.store.database import Database

from . import limits
from .conftest import Town, joined
from .limits import shown
from .little_slack import LittleSlack
from .signed import SECRET
from .test_booking_form import opened, sent, times
from .test_home import acted as press_at_home
from .test_home import opened as home_of
from .test_presses import buttons, pressed

APOLOGY = "Something went wrong on my side."
TOO_BUSY = "So many people are asking right now"


class Unforeseen(Exception):
    """A fault of ours."""


def fails(*_: object, **__: object) -> Any:
    raise Unforeseen


async def test_a_fault_before_the_answer_is_logged_with_its_place_and_said(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    offered = await town.command("with my mentor", name="/book")
    for method in ("say", "press"):
        monkeypatch.setattr(Answering, method, fails)
    monkeypatch.setattr(BookingForm, "open", fails)
    assert (await town.command("status")).text.startswith(APOLOGY)
    press = pressed(buttons(offered)["1"], response_url=town.there.response_url("pressed"))
    shortcut = {**press, "type": "shortcut", "callback_id": "book", "response_url": ""}
    assert await town.slack.interaction(press) == (200, "")
    assert await town.slack.interaction(shortcut) == (200, "")
    await town.here.tasks.idle()
    [said] = await town.word("status")
    told = [each for each in town.there.posted[1:] if each.text.startswith(APOLOGY)]
    assert (said.where, len(told)) == ("DU0ANA", 4)
    failures = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert len(failures) == 4
    assert all(each.exc_info and each.exc_info[0] is Unforeseen for each in failures)


class BrokenFiles:
    """Nothing can be brought."""

    def are_in(self, answer: Answer) -> bool:
        return True

    async def bring(self, *_: object) -> None:
        raise Unforeseen


async def test_files_that_fail_spoil_no_answer(stage: Stage, there: LittleSlack) -> None:
    async with joined(stage, there, BrokenFiles()) as town:
        await town.command("status")
        assert [each.text.startswith(APOLOGY) for each in there.posted] == [False]


async def test_more_than_can_be_answered_is_said_to_be(town: Town) -> None:
    offered = await town.command("with my mentor", name="/book")
    town.here.tasks.most = 0
    assert (await town.command("status")).text.startswith(TOO_BUSY)
    press = pressed(buttons(offered)["1"], response_url=town.there.response_url("pressed"))
    assert await town.slack.interaction(press) == (200, "")
    await town.here.tasks.idle()
    assert town.there.posted[-1].text.startswith(TOO_BUSY)
    [said] = await town.word("status")
    assert said.text.startswith(TOO_BUSY)


async def test_excuses_have_an_end_too() -> None:
    tasks, go = Tasks(most=1, excuses=1), asyncio.Event()
    for _ in range(2):
        tasks.insist_on_room(for_an_excuse=True)
        tasks.start(waits(go))
    for for_an_excuse in (False, True):
        with pytest.raises(NoRoom):
            tasks.insist_on_room(for_an_excuse=for_an_excuse)
    go.set()
    await tasks.idle()
    tasks.insist_on_room()


async def waits(go: asyncio.Event) -> None:
    await go.wait()


async def test_what_was_begun_comes_to_its_end_although_the_rest_fails(stage: Stage, there: LittleSlack) -> None:
    settings = SlackSettings(signing_secret=Secret(SECRET), bot_token=Secret("xoxb-test"), api_base=there.api)
    application, ended = stage.application, asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0)
        ended.set()

    async def broken_off() -> None:
        async with (
            open_slack(settings, application.store, None) as out,
            hear_slack(out, settings, application.conversation, application.linking) as here,
        ):
            assert here is not None
            here.tasks.start(work())
            raise Unforeseen

    with pytest.raises(Unforeseen):
        await broken_off()
    assert ended.is_set()


async def test_a_fault_behind_a_press_in_a_home_is_said_in_the_window_that_was_opened_for_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = await home_of(town)
    monkeypatch.setattr(Conversation, "press", fails)
    press = next(each for each in limits.buttons(home["blocks"]) if each.get("action_id", "").startswith("press"))
    await press_at_home(town, press, "U0ANA")
    [window] = town.there.views.values()
    assert shown(window[0]["blocks"]).startswith("One moment")
    assert shown(window[-1]["blocks"]).startswith("That did not work;")


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From then on nobody can say whose token speaks: the store is away, and memory has ended."""

    async def away(*_: object, **__: object) -> Any:
        raise StoreUnavailable

    def begin() -> None:
        monkeypatch.setattr(OneToken, "of", away)
        for method in ("read", "write"):
            monkeypatch.setattr(Database, method, away)

    return begin


async def test_a_form_sent_while_the_store_is_away_says_so(town: Town, forgetful: Callable[[], None]) -> None:
    view_id = await opened(town)
    option = times(town.there.views[view_id][-1])[0]
    forgetful()
    _, view = await sent(town, view_id, option)
    assert "I cannot reach my own memory right now" in shown(view["blocks"])


async def test_a_press_in_a_home_while_the_store_is_away_is_answered_in_a_window(
    town: Town, forgetful: Callable[[], None]
) -> None:
    home = await home_of(town)
    forgetful()
    press = next(each for each in limits.buttons(home["blocks"]) if "action_id" in each)
    await press_at_home(town, press, "U0ANA")
    [window] = town.there.views.values()
    assert "I cannot reach my own memory right now" in shown(window[-1]["blocks"])
