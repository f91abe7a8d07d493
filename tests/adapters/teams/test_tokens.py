"""The bot's token: one for everybody, renewed once, from the tenant where the bot is at home."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.teams.tokens import BotTokens, Token
from calendar_core.errors import ProviderUnavailable

NOW = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)


class Source:
    """Counts, and fails where it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.failing: Exception | None = None
        self.go = asyncio.Event()
        self.go.set()
        self.now = NOW

    async def fetch(self) -> Token:
        self.asked += 1
        await self.go.wait()
        if self.failing is not None:
            raise self.failing
        return Token(f"token {self.asked}", self.now + timedelta(hours=1))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def tokens(source: Source) -> BotTokens:
    return BotTokens(source, lambda: source.now)


async def test_many_who_wait_share_one_request(source: Source, tokens: BotTokens) -> None:
    source.go.clear()
    waiting = [asyncio.ensure_future(tokens.token()) for _ in range(20)]
    waiting[0].cancel()
    source.go.set()
    got = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(got[0], asyncio.CancelledError)
    assert set(got[1:]) == {"token 1"}
    assert source.asked == 1


async def test_it_is_renewed_before_it_ends_and_serves_on_where_none_is_to_be_had(
    source: Source, tokens: BotTokens
) -> None:
    assert await tokens.token() == "token 1"
    source.now += timedelta(minutes=54)
    assert await tokens.token() == "token 1"
    source.now += timedelta(minutes=2)
    source.failing = ProviderUnavailable("away")
    assert await tokens.token() == "token 1"
    source.now += timedelta(minutes=5)
    with pytest.raises(ProviderUnavailable):
        await tokens.token()
    source.failing = None
    assert await tokens.token() == "token 4"


async def test_one_that_was_refused_is_never_given_again(source: Source, tokens: BotTokens) -> None:
    first = await tokens.token()
    assert await tokens.token(instead_of=first) == "token 2"
    assert await tokens.token(instead_of=first) == "token 2"
