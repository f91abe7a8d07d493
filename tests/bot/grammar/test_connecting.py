"""The words by which people connect and disconnect, and codes as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot import commands as c
from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker
from calendar_core.integration import Suite

ANA = Speaker(now=datetime(2026, 11, 22, 16, 2, tzinfo=UTC), zone="America/New_York", names=("Sam Okoye",))
GOOGLE, OUTLOOK = Suite.GOOGLE, Suite.MICROSOFT


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("connect", c.Connect()),
        ("/pairtime connect", c.Connect()),
        ("Connect my calendar", c.Connect()),
        ("connect google", c.Connect(GOOGLE)),
        ("connect to Google Calendar", c.Connect(GOOGLE)),
        ("connect my google calendar.", c.Connect(GOOGLE)),
        ("connect gmail", c.Connect(GOOGLE)),
        ("connect outlook", c.Connect(OUTLOOK)),
        ("connect my Outlook calendar", c.Connect(OUTLOOK)),
        ("connect Microsoft 365", c.Connect(OUTLOOK)),
        ("connect office 365", c.Connect(OUTLOOK)),
        ("link my calendar", c.Connect()),
        ("reconnect", c.Connect(again=True)),
        ("reconnect my calendar", c.Connect(again=True)),
        ("reconnect google", c.Connect(GOOGLE, again=True)),
        ("disconnect", c.Disconnect()),
        ("disconnect my calendar", c.Disconnect()),
        ("disconnect from google", c.Disconnect()),
        ("123456", c.CodeTyped("123456")),
        ("012 345", c.CodeTyped("012345")),
        ("012-345", c.CodeTyped("012345")),
        ("code: 123456", c.CodeTyped("123456")),
        ("The code is 123 456.", c.CodeTyped("123456")),
        ("12", c.NumberTyped(12)),
        ("123", c.NumberTyped(123)),
    ],
)
def test_these_words_mean(text: str, command: c.Command) -> None:
    assert parse(text, ANA) == command


@pytest.mark.parametrize(
    "text", ["connect me with Sam", "12345", "1234567", "١٢٣٤٥٦", "disconnect Sam", "connect and book", "123 4567"]
)
def test_these_mean_nothing_of_the_kind(text: str) -> None:
    assert not isinstance(parse(text, ANA), c.Connect | c.Disconnect | c.CodeTyped)
