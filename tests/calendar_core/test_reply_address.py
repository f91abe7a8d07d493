"""Whom an invitation can be answered by, and with what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calendar_core.reply_address import ReplyAddresses

OURS = ReplyAddresses("programme@pairtime.example", (b"k" * 32,))


def test_an_address_is_the_same_each_time_and_fits_into_a_header() -> None:
    address = OURS.of("u-1", "Sam@Example.com")
    assert address == OURS.of("u-1", "sam@example.com")
    assert address.startswith("programme+")
    assert address.endswith("@pairtime.example")
    assert len(address.partition("@")[0]) <= 64


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_it_is_believed_of_nobody_else_and_for_nothing_else(one: tuple[str, str], other: tuple[str, str]) -> None:
    same = (one[0], one[1].strip().casefold()) == (other[0], other[1].strip().casefold())
    assert OURS.given_to(*other, [OURS.of(*one)]) is same


def test_other_addresses_prove_nothing() -> None:
    made_elsewhere = ReplyAddresses("programme@pairtime.example", (b"x" * 32,)).of("u-1", "sam@example.com")
    for address in ("", "programme@pairtime.example", "programme+@pairtime.example", "jörg@ü.example", made_elsewhere):
        assert not OURS.given_to("u-1", "sam@example.com", [address])


def test_a_new_key_changes_no_invitation_that_is_out_and_an_old_one_is_believed_as_long_as_it_is_kept() -> None:
    rotated = ReplyAddresses(OURS.mailbox, (b"n" * 32, *OURS.secrets))
    sent = OURS.of("u-1", "sam@example.com")
    assert rotated.of("u-1", "sam@example.com") == sent
    assert rotated.given_to("u-1", "sam@example.com", ["someone@example.com", sent.upper()])
    without = ReplyAddresses(OURS.mailbox, (b"n" * 32,))
    assert not without.given_to("u-1", "sam@example.com", [sent])
    assert rotated.given_to("u-1", "sam@example.com", [without.of("u-1", "sam@example.com")])
