"""What can be on or off is switched by the same words, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.commands import Command
from bot.commands.following_up import AskAfterSessions
from bot.commands.own import ConfirmInGroup, PrivateEvents, ShowSettings
from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker

ANA = Speaker(now=datetime(2026, 11, 22, 16, 2, tzinfo=UTC), zone="America/New_York")
SWITCHES = (
    ("feedback", AskAfterSessions),
    ("private events", PrivateEvents),
    ("group confirmations", ConfirmInGroup),
)


@pytest.mark.parametrize(("what", "turned"), SWITCHES)
def test_on_and_off_however_it_is_said(what: str, turned: Callable[[bool], Command]) -> None:
    for word in ("on", "Yes", "ON!"):
        assert parse(f"{what} {word}", ANA) == turned(True), word
    for word in ("off", "no", "none", "stop", "remove", "forget", "OFF."):
        assert parse(f"{what} {word}", ANA) == turned(False), word
    assert parse(f"settings {what}: off", ANA) == turned(False)


@pytest.mark.parametrize(("what", "_"), SWITCHES)
def test_anything_else_shows_how_it_is(what: str, _: object) -> None:
    assert parse(what, ANA) == parse(f"{what} sometimes", ANA) == ShowSettings()
