"""How often a silent provider is asked again, and how long after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.providers.patience import Patience, retry_after

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)


class Provider:
    """Fails with each error in turn, then answers; takes note of the pauses in between."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0
        self.pauses: list[float] = []

    async def answer(self) -> str:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return "here"

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def test_a_silent_provider_is_asked_again_after_growing_pauses() -> None:
    provider = Provider(ProviderUnavailable("503"), ProviderUnavailable("503"), ProviderUnavailable("503"))
    assert await Patience(pause=provider.pause).answer(provider.answer) == "here"
    assert provider.asked == 4
    assert all(0 <= pause <= longest for pause, longest in zip(provider.pauses, (0.5, 1, 2), strict=True))


async def test_it_gives_up_after_the_last_try_with_the_last_error() -> None:
    provider = Provider(*(ProviderUnavailable(str(n)) for n in range(5)))
    with pytest.raises(ProviderUnavailable, match="3"):
        await Patience(tries=4, pause=provider.pause).answer(provider.answer)
    assert (provider.asked, len(provider.pauses)) == (4, 3)


async def test_it_never_asks_sooner_than_the_provider_wants() -> None:
    provider = Provider(ProviderUnavailable("429", timedelta(seconds=3)))
    await Patience(pause=provider.pause).answer(provider.answer)
    assert provider.pauses == [3]


async def test_a_wait_beyond_the_budget_is_left_to_the_caller() -> None:
    provider = Provider(ProviderUnavailable("429", timedelta(minutes=2)))
    with pytest.raises(ProviderUnavailable) as silence:
        await Patience(pause=provider.pause).answer(provider.answer)
    assert silence.value.retry_after == timedelta(minutes=2)
    assert (provider.asked, provider.pauses) == (1, [])


async def test_a_refusal_is_never_repeated() -> None:
    provider = Provider(ProviderRejected("forbidden"))
    with pytest.raises(ProviderRejected):
        await Patience(pause=provider.pause).answer(provider.answer)
    assert provider.asked == 1


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("30", timedelta(seconds=30)),
        ("Sun, 22 Nov 2026 16:00:20 GMT", timedelta(seconds=20)),
        ("Sun, 22 Nov 2026 15:00:00 GMT", timedelta(0)),
        ("9" * 400, timedelta(days=1)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_both_forms_of_retry_after_are_read(value: str, wait: timedelta | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == wait
