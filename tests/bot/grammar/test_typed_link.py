"""A link that is typed, in whatever words and wrapping."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.commands import AddLink
from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker

SPEAKER = Speaker(datetime(2026, 11, 22, 16, tzinfo=UTC), "Europe/Paris", names=("Theo Marchetti",))
URL = "https://meet.example.com/our-room?a=1&b=2"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (URL, AddLink(None, URL)),
        (f"<{URL}>", AddLink(None, URL)),
        (f"add link <{URL}|meet.example.com>", AddLink(None, URL)),
        (f"add link {URL}", AddLink(None, URL)),
        (f"Add a link: {URL}", AddLink(None, URL)),
        (f"/pairtime add link 2 {URL}", AddLink(None, URL, 2)),
        (f"link {URL}", AddLink(None, URL)),
        (f"the meeting link is {URL}", AddLink(None, URL)),
        ("add link http://meet.example.com", AddLink(None, "http://meet.example.com")),
        ("add link", AddLink()),
        ("Add a meeting link", AddLink()),
    ],
)
def test_it_is_understood(text: str, command: AddLink) -> None:
    assert parse(text, SPEAKER) == command


@pytest.mark.parametrize("text", ["link", "add", f"book with Theo {URL}", "add link ftp://meet.example.com"])
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert not isinstance(parse(text, SPEAKER), AddLink)
