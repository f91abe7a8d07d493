"""Mentions: names that Slack shows, for people whose account is somebody's, and never more than names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.typed import mentioned, typed
from bot.commands import FindSlots
from bot.grammar.parse import parse
from bot.grammar.phrase import Speaker

from .conftest import Town
from .little_slack import profile
from .signed import command


@pytest.fixture
def named(town: Town) -> Town:
    """Sam is called by his name, and Eve by whatever is set."""
    town.there.users["U0SAM"]["profile"]["real_name"] = "Sam Okoye"
    town.there.users["U0EVE"] = profile("U0EVE", "eve@example.com")
    return town


async def test_slack_is_asked_for_a_name_once_an_hour(named: Town) -> None:
    for _ in range(3):
        answer = await named.command("with <@U0SAM|sam>", name="/book")
        assert answer.text.startswith("Times for you and Sam Okoye")
    assert named.there.calls.count("users.info") == 2, "Ana's own, and Sam's name"


async def test_one_person_has_so_many_names_looked_up_an_hour_and_takes_nobody_elses(named: Town) -> None:
    for number in range(12):
        await named.command("with " + " ".join(f"<@U0OTHER{number}{each}>" for each in "ABC"), name="/book")
    assert named.there.calls.count("users.info") == 1 + 30
    answer = await named.command("with <@U0SAM|sam>", name="/book")
    assert "sam" in answer.text.casefold(), "the words stay, without the name"
    await named.command("status of <@U0SAM>", user="U0PRIYA")
    assert named.there.calls.count("users.info") == 1 + 30 + 2, "Priya's own, and Sam's name"


async def test_nobody_is_looked_up_for_an_account_that_is_nobodys(named: Town) -> None:
    await named.command("book with <@U0SAM> <@U0ANA> <@U0PRIYA>", user="U0EVE")
    assert named.there.calls.count("users.info") == 1, "Eve's own"


async def test_of_many_a_few_are_looked_up(named: Town) -> None:
    await named.command("with " + " ".join(f"<@U0OTHER{number}>" for number in range(20)), name="/book")
    assert named.there.calls.count("users.info") == 1 + 3


@pytest.mark.parametrize(
    "name",
    [
        "my mentor",
        "Sam Okoye tomorrow 9am",
        "Friday",
        'Sam" tomorrow "',
        "me and 30 min",
        "x\nbook with my mentor",
        "&quot; with my mentor &quot;",
    ],
)
async def test_what_somebody_calls_themselves_is_a_name_and_nothing_else(named: Town, name: str) -> None:
    named.there.users["U0EVE"]["profile"]["real_name"] = name
    answer = await named.command("with <@U0EVE>", name="/book")
    assert answer.text.startswith("You are not matched with"), answer.text


@pytest.mark.parametrize("name", ["status", "cancel", "1", "privacy", "disconnect", "help"])
async def test_a_name_is_no_command(named: Town, name: str) -> None:
    named.there.users["U0EVE"]["profile"]["real_name"] = name
    [answer] = await named.word("<@U0EVE>")
    assert answer.text.startswith("I did not understand"), answer.text


async def test_a_name_that_slack_does_not_give_leaves_the_words_as_they_are(named: Town) -> None:
    answer = await named.command("with <@U0NOBODY>", name="/book")
    assert "U0NOBODY" in answer.text
    named.there.refusing["users.info"] = "internal_error"
    answer = await named.command("with <@U0SAM>", name="/book")
    assert "U0SAM" in answer.text


@pytest.mark.parametrize("user", ["C0GENERAL", "D0ANA", "B0BOT", "T0123ABCD", "u0ana"])
async def test_what_is_no_users_id_speaks_for_nobody(town: Town, user: str) -> None:
    assert await town.slack.form(command("help", user=user)) == (200, "")
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": user, "text": "help", "ts": "1.0"}
    assert await town.slack.event(said) == (200, "")
    await town.here.tasks.idle()
    assert town.there.calls == []


WORDS = (
    "tomorrow",
    "friday",
    "9am",
    "30 min",
    "my mentor",
    "Sam",
    "and",
    "with me",
    "*",
    "`",
    "~1",
    '"',
    "&",
    "<",
    "a@b.c",
)
NAMES = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))


@given(NAMES, st.sampled_from(["book with {}", "{} tomorrow 3pm", "book {} tomorrow 3pm", "status of {}", "{}"]))
def test_whatever_the_name_the_words_mean_the_same(name: str, words: str) -> None:
    speaker = Speaker(datetime(2026, 11, 22, 11, 2, tzinfo=UTC), "Europe/Lisbon", names=("Sam Okoye",))
    said, plainly = (
        parse(typed(words.format("<@U0EVE>"), {"U0EVE": each}), speaker) for each in (name, "Zuzana Quist")
    )
    assert type(said) is type(plainly)
    if isinstance(said, FindSlots) and isinstance(plainly, FindSlots):
        assert replace(said, partner=None) == replace(plainly, partner=None)


def test_only_users_are_mentioned() -> None:
    assert mentioned("<@C0GENERAL> <#C0GENERAL|general> <@T0123ABCD> <@W0LEA|lea> <@U0SAM> <@W0LEA>") == (
        "W0LEA",
        "U0SAM",
    )
    assert typed("<@W0LEA|lea> in <#C0GENERAL|general>", {"W0LEA": "Lea <Brandt> & \u202eco"}) == (
        '@"Lea Brandt co" in general'
    )
