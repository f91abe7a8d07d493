"""What ApiTokens promises."""

from __future__ import annotations

from datetime import timedelta

from calendar_core.store import Store
from calendar_core.store.schema import api_token

from .cast import NOW, Cast


class ApiTokensContract:
    async def test_a_token_is_known_by_its_hash_until_it_is_revoked(self, store: Store, cast: Cast) -> None:
        organisation, programme = cast.ana.organisation, cast.ana_sam.programme
        one = await store.api_tokens.made("a" * 64, organisation, None, NOW)
        other = await store.api_tokens.made("b" * 64, organisation, programme, NOW + timedelta(days=1))
        assert (one.organisation, one.programme, one.made_at) == (organisation, None, NOW)
        assert await store.api_tokens.all() == (one, other)
        assert await store.api_tokens.known("b" * 64) == other
        assert await store.api_tokens.known("c" * 64) is None
        assert [await store.api_tokens.revoke(other.number) for _ in range(2)] == [True, False]
        assert await store.api_tokens.known("b" * 64) is None
        assert await store.api_tokens.all() == (one,)

    async def test_a_number_is_never_given_twice(self, store: Store, cast: Cast) -> None:
        gone = await store.api_tokens.made("a" * 64, cast.ana.organisation, None, NOW)
        await store.api_tokens.revoke(gone.number)
        again = await store.api_tokens.made("a" * 64, cast.ana.organisation, None, NOW)
        assert again.number > gone.number
        assert "token" not in api_token.c  # its hash alone
