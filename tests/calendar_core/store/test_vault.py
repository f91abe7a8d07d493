"""Sealing: what opens, what does not, and what is never said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table

from calendar_core.store.columns import Sealed
from calendar_core.store.vault import SealBroken, Vault, key_of

table = Table("table", MetaData(), Column("secret", Sealed), Column("other", Sealed))
SECRET = table.c.secret
A, B = ("a", b"a" * 32), ("b", b"b" * 32)
SEALED = Vault([A]).seal(SECRET, (1,), "texts")  # a length without padding, where each letter counts


@given(st.text(), st.tuples(st.integers(), st.text()))
def test_what_is_sealed_opens_where_it_was_sealed(text: str, row: tuple[int, str]) -> None:
    vault = Vault([A, B])
    sealed = vault.seal(SECRET, row, text)
    assert key_of(sealed) == "a"
    assert vault.open(SECRET, row, sealed) == text
    assert Vault([B, A]).open(SECRET, row, sealed) == text


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    assert len({Vault([A]).seal(SECRET, (1,), "text") for _ in range(100)}) == 100


@given(st.data())
def test_a_changed_letter_does_not_open(data: st.DataObject) -> None:
    sealed = SEALED
    at = data.draw(st.integers(0, len(sealed) - 1))
    letter = data.draw(st.sampled_from("aB3+/=|").filter(lambda each: each != sealed[at]))
    with pytest.raises(SealBroken):
        Vault([A, B]).open(SECRET, (1,), sealed[:at] + letter + sealed[at + 1 :])


def test_it_opens_in_no_other_place() -> None:
    vault = Vault([A])
    sealed = vault.seal(SECRET, (1, 23), "text")
    elsewhere = Table("elsewhere", MetaData(), Column("secret", Sealed)).c.secret
    for column, row in ((table.c.other, (1, 23)), (elsewhere, (1, 23)), (SECRET, (12, 3)), (SECRET, (1,))):
        with pytest.raises(SealBroken):
            vault.open(column, row, sealed)


def test_a_key_that_took_another_s_name_does_not_open() -> None:
    with pytest.raises(SealBroken):
        Vault([("a", B[1])]).open(SECRET, (1,), Vault([A]).seal(SECRET, (1,), "text"))
    with pytest.raises(SealBroken):  # nor does the right key under another name
        Vault([("b", A[1])]).open(SECRET, (1,), Vault([A]).seal(SECRET, (1,), "text").replace("a|", "b|", 1))


@pytest.mark.parametrize("keys", [[("a", b"short")], [A, A], [("", A[1])], [("a|b", A[1])], [("a%", A[1])]])
def test_keys_that_are_none_are_refused_without_being_quoted(keys: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ValueError, match="32 bytes") as refused:
        Vault(keys)
    assert "short" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "text", "a||", "a|AAAA|AAAA", "|AAAAAAAAAAAAAAAA|AAAAAAAAAAAAAAAAAAAAAAAA"])
def test_what_was_never_sealed_neither_opens_nor_is_stored(text: str) -> None:
    with pytest.raises(SealBroken):
        Vault([A]).open(SECRET, (1,), text)
    with pytest.raises(ValueError, match="not sealed"):
        key_of(text)
