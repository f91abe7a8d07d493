"""A sign-in as a value: secrets by their hashes, each step for ten minutes, five tries for a code."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

from calendar_core.integration import Suite
from calendar_core.people import Identity, UserId
from calendar_core.sign_in import CODE_TRIES, LASTS, Failure, SignIn, SignInState, hashed, new_code, new_secret, offered

NOW = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)


def new() -> tuple[SignIn, str]:
    return offered(UserId(1), Suite.GOOGLE, Identity("console", "1"), NOW)


def test_links_have_192_random_bits_and_are_kept_by_their_hash() -> None:
    links = {new()[1] for _ in range(200)}
    assert len(links) == 200
    assert {len(link) for link in links} == {32}  # base64 of 24 bytes
    sign_in, link = new()
    assert sign_in.key == hashed(link)
    assert link not in repr(sign_in)


def test_each_step_lasts_ten_minutes_from_when_it_began() -> None:
    sign_in, _ = new()
    assert not sign_in.is_over(NOW + LASTS - timedelta(seconds=1))
    assert sign_in.is_over(NOW + LASTS)
    later = NOW + timedelta(minutes=9)
    started = sign_in.started("browser", "state", "flow", later)
    assert started.ends_at == later + LASTS


def test_it_is_of_one_browser() -> None:
    started = new()[0].started("browser", "state", "flow", NOW)
    assert started.is_of("browser")
    assert not started.is_of("another")
    assert not started.is_of(None)
    assert not new()[0].is_of("browser")


def test_no_secret_is_in_its_text() -> None:
    started = new()[0].started("cookie-secret", "state-secret", "flow-secret", NOW)
    assert not [secret for secret in ("cookie-secret", "state-secret", "flow-secret") if secret in repr(started)]
    assert "state-secret" not in {getattr(started, field.name) for field in fields(started)}


def test_the_last_try_ends_it_and_keeps_nothing() -> None:
    waiting = new()[0].waiting(SignInState.CODE, "granted", "browser", NOW)
    for _ in range(CODE_TRIES - 1):
        waiting = waiting.tried()
        assert (waiting.state, waiting.kept) == (SignInState.CODE, "granted")
    spent = waiting.tried()
    assert (spent.state, spent.failure, spent.kept) == (SignInState.REFUSED, Failure.TOO_MANY_CODES, "")


def test_codes_have_six_digits_whatever_the_number() -> None:
    codes = [new_code() for _ in range(2_000)]
    assert {len(code) for code in codes} == {6}
    assert all(code.isdecimal() for code in codes)
    assert any(code.startswith("0") for code in codes)
    assert new_secret() != new_secret()
