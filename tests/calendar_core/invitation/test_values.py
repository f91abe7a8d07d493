"""What each of the two still has to be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Invitation
from calendar_core.participation import Participation
from calendar_core.people import UserId

from .test_writing import AT, INVITATION

MIA, THEO = UserId(1), UserId(2)
LATER = Interval.lasting(INVITATION.when.start + timedelta(days=1), 45)


def sent(invitation: Invitation, user: UserId) -> Invitation:
    copies = [
        replace(copy, first="<first>", sent=invitation.edition) if copy.user == user else copy
        for copy in invitation.copies
    ]
    return replace(invitation, copies=tuple(copies))


def missing(invitation: Invitation) -> list[UserId]:
    return [copy.user for copy in invitation.missing()]


def test_everybody_is_sent_the_newest_state_once() -> None:
    assert missing(INVITATION) == [MIA, THEO]
    assert missing(sent(INVITATION, MIA)) == [THEO]
    assert missing(sent(sent(INVITATION, MIA), THEO)) == []
    moved = sent(INVITATION, MIA).moved(LATER, "UTC", AT).moved(INVITATION.when, "UTC", AT)
    assert (missing(moved), moved.sequence, moved.edition) == ([MIA, THEO], 2, 2)


def test_what_was_cancelled_before_it_was_sent_is_nothing_to_anybody() -> None:
    assert missing(INVITATION.called_off(AT)) == []
    assert missing(sent(INVITATION, MIA).called_off(AT)) == [MIA]


def test_what_may_have_been_sent_before_a_kill_is_told_of_the_cancellation() -> None:
    begun = replace(INVITATION, copies=(Copy(MIA, first="<first>"), Copy(THEO)))
    assert missing(begun) == [MIA, THEO]
    assert missing(begun.called_off(AT)) == [MIA]


def test_each_letter_has_an_id_of_its_own_that_stays() -> None:
    moved = INVITATION.moved(LATER, "UTC", AT)
    linked = moved.linked("https://video.example.com/1", AT)
    ids = [state.message_id(copy) for state in (INVITATION, moved, linked) for copy in state.copies]
    assert len(set(ids)) == 6
    assert ids[0] == INVITATION.message_id(INVITATION.copies[0]) == "<5f2b.0.0.0@pairtime.example>"


def test_a_state_that_the_mail_server_refused_is_not_tried_again_but_the_next_is() -> None:
    refused = replace(INVITATION, copies=(Copy(MIA, refused=0), Copy(THEO)))
    assert missing(refused) == [THEO]
    assert missing(refused.moved(LATER, "UTC", AT)) == [MIA, THEO]


def test_a_new_time_asks_again_and_a_link_does_not() -> None:
    accepted = INVITATION.answered(MIA, Participation.ACCEPTED)
    linked = accepted.linked("https://video.example.com/1", AT)
    assert (linked.copies[0].answer, linked.sequence, linked.edition) == (Participation.ACCEPTED, 0, 1)
    moved = linked.moved(LATER, "UTC", AT)
    assert (moved.copies[0].answer, moved.sequence, moved.link) == (Participation.NEEDS_ACTION, 1, linked.link)


def test_nothing_brings_back_what_was_cancelled() -> None:
    gone = INVITATION.called_off(AT)
    with pytest.raises(ValueError, match="cancelled"):
        gone.moved(LATER, "UTC", AT)
    with pytest.raises(ValueError, match="cancelled"):
        gone.called_off(AT)
    with pytest.raises(ValueError, match="cancelled"):
        gone.linked("https://video.example.com/1", AT)
