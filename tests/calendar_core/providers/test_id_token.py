"""Whom an id token vouches for: nothing in it is believed that is not for us, of this sign-in, and in time."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_core.providers.id_token import LARGEST, claims_of, insist, text

NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
INSTANT = int(NOW.timestamp())
GOOD: dict[str, object] = {
    "iss": "https://accounts.google.com",
    "aud": "us",
    "azp": "us",
    "nonce": "n-1",
    "sub": "1077",
    "iat": INSTANT,
    "exp": INSTANT + 3600,
}


def token(claims: object) -> str:
    return f"e30.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.c2ln"


def check(claims: dict[str, object], now: datetime = NOW) -> None:
    insist(claims, issuers=("https://accounts.google.com",), audience="us", nonce="n-1", now=now)


def test_a_good_one_is_believed() -> None:
    check(dict(claims_of(token(GOOD))))
    check(GOOD, NOW + timedelta(minutes=64))  # clocks differ
    check(GOOD, NOW - timedelta(minutes=4))


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://accounts.google.com.evil.example"},
        {"iss": None},
        {"aud": "somebody else"},
        {"aud": ["us", "somebody else"]},
        {"azp": "somebody else"},
        {"nonce": "n-2"},
        {"nonce": ""},
        {"nonce": None},
        {"exp": INSTANT - 301},
        {"exp": str(INSTANT + 3600)},
        {"exp": True},
        {"exp": None},
        {"nbf": INSTANT + 301},
        {"iat": INSTANT + 301},
        {"iat": "now"},
    ],
    ids=str,
)
def test_one_with_anything_wrong_is_not(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        check(GOOD | change)


@pytest.mark.parametrize("name", ["iss", "aud", "nonce", "exp"])
def test_one_that_leaves_something_out_is_not(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        check({key: value for key, value in GOOD.items() if key != name})


@given(st.one_of(st.none(), st.text(), st.binary(), st.integers()))
def test_what_is_no_token_is_a_value_error(anything: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        claims_of(anything)


@pytest.mark.parametrize("claims", [[], "text", 7, None])
def test_claims_that_are_none_are_a_value_error(claims: object) -> None:
    with pytest.raises(ValueError, match="no id token"):
        claims_of(token(claims))


def test_a_huge_one_is_not_read() -> None:
    with pytest.raises(ValueError, match="no id token"):
        claims_of(token({"sub": "x" * LARGEST}))


def test_a_claim_that_is_no_text_is_none() -> None:
    assert text(GOOD, "sub") == "1077"
    for claims in ({}, {"sub": ""}, {"sub": 1}, {"sub": ["1077"]}):
        with pytest.raises(ValueError, match="no sub"):
            text(claims, "sub")
