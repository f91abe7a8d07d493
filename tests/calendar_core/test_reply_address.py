"""Whom an invitation can be answered by, and with what."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from calendar_core.interval import Interval
from calendar_core.invitation import Invitation
from calendar_core.people import UserId
from calendar_core.reply_address import ReplyAddresses

OURS = ReplyAddresses((b"k" * 32,))
SAM, ANA = UserId(2), UserId(1)


def invitation(uid: str = "u-1") -> Invitation:
    """One that was sent."""
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return Invitation(
        key=uid,
        uid=uid,
        mailbox="Programme@pairtime.example",
        title="Mentoring session",
        when=Interval.lasting(now, 45),
        zone="Europe/Berlin",
        changed_at=now,
        copies=(),
    )


def test_an_address_is_the_same_each_time_and_fits_into_a_header() -> None:
    address = OURS.of(invitation(), SAM)
    assert address == OURS.of(invitation(), SAM)
    assert address.startswith("Programme+")
    assert address.endswith("@pairtime.example")
    assert len(address.partition("@")[0]) <= 64


people = st.integers(0, 10_000).map(UserId)


@given(st.tuples(people, st.text()), st.tuples(people, st.text()))
def test_it_is_believed_of_nobody_else_and_for_nothing_else(one: tuple[UserId, str], other: tuple[UserId, str]) -> None:
    address = OURS.of(invitation(one[1]), one[0])
    assert OURS.given_to(other[0], invitation(other[1]), [address]) is (one == other)


def test_other_addresses_prove_nothing() -> None:
    made_elsewhere = ReplyAddresses((b"x" * 32,)).of(invitation(), SAM)
    for address in ("", "programme@pairtime.example", "programme+@pairtime.example", "jörg@ü.example", made_elsewhere):
        assert not OURS.given_to(SAM, invitation(), [address])


def test_a_new_key_changes_no_invitation_that_is_out_and_an_old_one_is_believed_as_long_as_it_is_kept() -> None:
    rotated = ReplyAddresses((b"n" * 32, *OURS.secrets))
    sent = OURS.of(invitation(), SAM)
    assert rotated.of(invitation(), SAM) == sent
    assert rotated.given_to(SAM, invitation(), ["someone@example.com", sent.upper()])
    without = ReplyAddresses((b"n" * 32,))
    assert not without.given_to(SAM, invitation(), [sent])
    assert rotated.given_to(SAM, invitation(), [without.of(invitation(), SAM)])
