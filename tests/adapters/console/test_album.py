"""Where a picture is found again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from adapters.console.album import Album
from bot.replies import CalendarsShown
from bot.samples import SAMPLES
from tests.bot.handlers.test_pair_matrix import ANA


def test_whatever_stands_in_an_address_its_picture_is_found_under_it() -> None:
    answer = SAMPLES["both calendars"]
    assert isinstance(answer.reply, CalendarsShown)
    user = replace(ANA, email="ana+a&b#c@example.com")
    picture = Album().keep(user, answer.reply, answer.reader)
    for where in (picture["light"], picture["dark"]):
        assert parse_qs(urlsplit(where).query) == {"as": [user.email]}
