"""What goes wrong between Slack's request and the acknowledgement in others' apps (the facts about Slack, section 4).

Each test names what it guards.
"""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from slack_bolt.listener.asyncio_runner import AsyncioListenerRunner
from sqlalchemy import Connection

from adapters.cli.playing import Stage
from adapters.slack.answering import Answering
from adapters.slack.app import SlackApp
from adapters.slack.directory_events import DirectoryEvents
from adapters.slack.heard import Heard
from adapters.slack.payload import Payload
from adapters.slack_values import ALIASES
from bot.conversation import Conversation
from bot.replies import Answer
from calendar_core.people import Identity
from calendar_core.store import Store
from tests.faults.town import founded, in_slack

from .conftest import Town
from .fronts import SilentSlack, front
from .signed import FORM, TEAM, command
from .test_presses import pressed

SERVE = "from adapters.cli import main; main()"
SUBMITTED: dict[str, object] = {
    "type": "view_submission",
    "team": {"id": TEAM},
    "user": {"id": "U0ANA", "team_id": TEAM},
    "view": {"id": "V1", "callback_id": "booking", "state": {"values": {}}},
}
SUGGESTED: dict[str, object] = {**SUBMITTED, "type": "block_suggestion", "action_id": "choose", "value": "x"}


async def test_no_listener_is_looked_for_so_nothing_looks_every_ten_milliseconds_for_its_answer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bolt's runner polls `ack.response`: an acknowledgement took 10 ms for nothing."""

    async def run(*_: object, **__: object) -> None:
        raise AssertionError("Bolt looks for a listener")

    monkeypatch.setattr(AsyncioListenerRunner, "run", run)
    assert (await town.command("status")).text.startswith("Calendar:")
    assert await town.slack.interaction(SUBMITTED) == (200, "")
    assert (await town.slack.interaction(SUGGESTED))[0] == 200
    assert await town.slack.event({"type": "app_home_opened", "user": "U0ANA", "tab": "home"}) == (200, "")
    await town.here.tasks.idle()
    assert "U0ANA" in town.there.homes


async def test_neither_slack_nor_the_store_is_asked_before_the_acknowledgement(stage: Stage) -> None:
    """Bolt's own authorization asks the store and calls auth.test first: operation_timeout where either is slow."""
    async with SilentSlack().running() as silent, front(stage, silent.url) as (slack, here):
        with _nobody_gets_at(stage.application.store):
            assert await slack.form(command("book")) == (200, "")
            assert await slack.interaction(pressed({"action_id": "press-1", "value": "AAAA"})) == (200, "")
            assert await slack.interaction(SUBMITTED) == (200, "")
            assert (await slack.interaction(SUGGESTED))[0] == 200
            assert await slack.event({"type": "app_uninstalled"}) == (200, "")
            await silent.asked.wait()
        silent.hang_up()
        await here.tasks.idle()


async def test_an_acknowledgement_leaves_before_the_answer_is_worked_out(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What acknowledges inside of Bolt reaches Slack only when everything is done: three seconds are over by then."""
    gate, say = asyncio.Event(), Conversation.say

    async def slowly(self: Conversation, who: Identity, text: str) -> Answer:
        await gate.wait()
        return await say(self, who, text)

    monkeypatch.setattr(Conversation, "say", slowly)
    for text in ("status", "sessions"):
        assert await town.slack.form(command(text, response_url=town.there.response_url(text))) == (200, "")
    assert town.there.posted == []
    gate.set()
    await town.here.tasks.idle()
    assert [each.where for each in town.there.posted] == ["status", "sessions"]


async def test_what_nobody_foresaw_is_said_and_is_in_the_log_with_its_place_and_without_its_words(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt's lazy listeners write one line, call nobody's error handler, and leave the person waiting."""

    async def fails(self: Conversation, who: Identity, text: str) -> Answer:
        del self, who
        raise RuntimeError(text)

    monkeypatch.setattr(Conversation, "say", fails)
    caplog.set_level(logging.DEBUG)
    answer = await town.command("a secret plan")
    assert answer.text == "Something went wrong on my side. Look at your sessions before you try again."
    [record] = [each for each in caplog.records if each.getMessage().endswith("unforeseen")]
    assert record.exc_info is not None
    assert record.exc_info[2] is not None, "where it arose"
    monkeypatch.undo()
    assert (await town.command("status")).text.startswith("Calendar:"), "and it goes on"


async def test_what_the_app_knows_nothing_of_is_acknowledged_and_nothing_else(town: Town) -> None:
    """An error would be sent again, shown as a warning at the button, and in the end switch the events off."""
    for event in ("team_join", "channel_rename", "app_mention", "assistant_thread_started", "made_up"):
        assert await town.slack.event({"type": event, "user": "U0ANA"}) == (200, "")
    for payload in ("view_closed", "interactive_message", "dialog_submission", "made_up"):
        assert await town.slack.interaction({**SUBMITTED, "type": payload}) == (200, "")
    for name in ("link-1", "anothers-button", "press", "press-x"):
        assert await town.slack.interaction(pressed({"action_id": name, "value": "x"})) == (200, "")
    await town.here.tasks.idle()
    assert (town.there.posted, town.there.views) == ([], {})


def test_every_name_reaches_its_own_handler_and_none_hides_another() -> None:
    """Of Bolt's listeners the first that matches runs: `book_.*` before `book_slot` hides it."""
    reached: list[tuple[str, str]] = []

    class Answers:
        def press(self, heard: Heard, token: str) -> None:
            del heard
            reached.append(("press", token))

    class Windows:
        def acted(self, heard: Heard, body: Payload) -> None:
            del heard, body
            reached.append((self.name, ""))

        def __init__(self, name: str) -> None:
            self.name = name

    app = SlackApp(
        cast("Answering", Answers()),
        cast("DirectoryEvents", None),
        ALIASES,
        cast("object", Windows("form")),  # type: ignore[arg-type]  # only what is asked of it here
        cast("object", Windows("home")),  # type: ignore[arg-type]
    )
    names = {
        "press-1": "press",
        "press-25": "press",
        "press-more": "press",
        "press-more-2": "press",
        "home-person": "home",
        "home-page-2": "home",
        "form-day": "form",
        "form-go-1": "form",
        "form-open": "form",
        "link-1": None,
    }
    for name, expected in names.items():
        reached.clear()
        asyncio.run(_dispatched(app, pressed({"action_id": name, "value": "token"})))
        assert [who for who, _ in reached] == ([expected] if expected else []), name


async def test_nothing_of_a_request_that_proves_nothing_is_in_the_log(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """Bolt writes the whole body of a wrong signature at INFO, with what people say and where they can be answered."""
    caplog.set_level(logging.DEBUG)
    body = b"command=/book&user_id=U1&text=a+secret+plan&response_url=https://hooks.slack.com/commands/secret"
    for headers in (
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=\u00e9"},
        {"X-Slack-Request-Timestamp": "abc"},
    ):
        assert (await town.slack.send(body, FORM, headers))[0] == 401
    for broken in (b'{"text": "a secret plan', b"payload=a secret plan", b"\xff a secret plan"):
        assert (await town.slack.send(broken, "application/json"))[0] == 400
    written = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
    assert len([line for line in written if "slack: refused" in line]) == 6
    assert not [line for line in written if "secret" in line]


@pytest.mark.alone
async def test_what_was_acknowledged_is_answered_although_the_server_is_told_to_stop(tmp_path: Path) -> None:
    """SIGTERM cancels Bolt's tasks, and the collector of garbage may take them even before."""
    async with founded(f"sqlite:///{tmp_path / 'pairtime.sqlite3'}", 1) as town:
        environment = {**town.environment(), **await in_slack(town), "PAIRTIME_LISTEN": "127.0.0.1:0"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", SERVE, "serve", stderr=asyncio.subprocess.PIPE, env=environment
        )
        assert process.stderr is not None
        async with asyncio.timeout(60):
            line = b""
            while not line.startswith(b"Serving at "):
                line = await process.stderr.readline()
                assert line, "it ended before it served"
            slack, [pair] = town.sandbox.slack, town.pairs
            slack.courier.deliver_to(f"{line.decode().split()[-1]}/slack/events")
            town.sandbox.faults.latency_ms[""] = 300
            receipt = await slack.hands.command(pair.mentee.email, "", "/book with my mentor")
            assert receipt.status == 200
            process.send_signal(signal.SIGTERM)
            await process.communicate()
        assert process.returncode == 0
        told = slack.hands.payloads(pair.mentee.email)
        [answer] = slack.state.messages.of(slack.hands.channel(told, "").id)
        assert answer.text.startswith("Times for you and ")


async def _dispatched(app: SlackApp, payload: dict[str, object]) -> None:
    ack = await app.dispatch(json.loads(json.dumps(payload)))
    assert ack.body == ""


@contextmanager
def _nobody_gets_at(store: Store) -> Iterator[None]:
    """Every thread of the store has something to do that does not end."""
    gate = threading.Event()

    def wait(_connection: Connection) -> None:
        gate.wait()

    database = store.database
    waiting = [asyncio.ensure_future(each) for each in [database.write(wait), *(database.read(wait) for _ in range(8))]]
    try:
        yield
    finally:
        gate.set()
        for each in waiting:
            each.add_done_callback(lambda done: done.exception())
