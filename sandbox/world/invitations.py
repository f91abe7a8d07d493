"""How an organizer's change reaches attendees' copies and how their answers travel back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal, Protocol

from sandbox.world.minting import event_id
from sandbox.world.values import Attendee, Event, Mailbox, Response

Tell = Literal["all", "external", "none"]
"""Whom the organizer's suite writes to. Inside one suite copies arrive either way."""


class Copies(Protocol):
    """Where copies are looked up."""

    def mailbox(self, address: str) -> Mailbox | None: ...

    def by_uid(self, mailbox: str, uid: str) -> Event | None: ...


def reaches(sender: Mailbox, receiver: Mailbox, tell: Tell) -> bool:
    """Whether a change made in one mailbox is seen in another."""
    return receiver.has_calendar and (sender.suite == receiver.suite or tell != "none")


def changed_by_organizer(old: Event | None, new: Event) -> Event:
    """The organizer's copy as it will be kept: a new time raises SEQUENCE and asks everybody again."""
    if old is None or old.when == new.when:
        return new
    asked_again = tuple(
        attendee
        if attendee.email == new.organizer.email
        else replace(attendee, response="needsAction", answered=None, comment="")
        for attendee in new.attendees
    )
    return replace(new, sequence=old.sequence + 1, attendees=asked_again)


def delivered(copies: Copies, old: Event | None, new: Event, tell: Tell) -> Iterator[Event]:
    """The attendees' copies that a change of the organizer's copy makes or alters."""
    sender = copies.mailbox(new.mailbox)
    if sender is None:
        return
    invited = {attendee.email for attendee in new.attendees}
    before = {attendee.email for attendee in old.attendees} if old is not None else set()
    for address in sorted((invited | before) - {new.mailbox}):
        receiver = copies.mailbox(address)
        if receiver is None or not reaches(sender, receiver, tell):
            continue
        present = copies.by_uid(address, new.uid)
        if address not in invited or new.status == "cancelled":
            if present is not None and not present.deleted:
                yield withdrawn(present, receiver, new.sequence)
        else:
            yield _copy_for(receiver, sender, new, present)


def withdrawn(copy: Event, owner: Mailbox, sequence: int) -> Event:
    """An attendee's copy of a cancelled event: Google hides it, Outlook leaves it there marked as cancelled."""
    return replace(copy, status="cancelled", sequence=sequence, deleted=copy.deleted or owner.suite == "google")


def _copy_for(receiver: Mailbox, sender: Mailbox, source: Event, present: Event | None) -> Event:
    if present is None:
        same_suite = receiver.suite == sender.suite == "google"
        return replace(
            source,
            mailbox=receiver.address,
            id=source.id if same_suite else event_id(receiver.suite),
            private_properties={},
            transaction_id="",
            extra=source.extra if same_suite else {},
        )
    return replace(
        present,
        title=source.title,
        when=source.when,
        organizer=source.organizer,
        attendees=source.attendees,
        body=source.body,
        body_is_html=source.body_is_html,
        location=source.location,
        status=source.status,
        conference=source.conference,
        shared_properties=source.shared_properties,
        sequence=source.sequence,
        # What the owner deleted comes back with a new time or a new invitation, not with a new title.
        deleted=present.deleted and present.status != "cancelled" and present.when == source.when,
    )


def answered(
    copies: Copies, copy: Event, response: Response, *, comment: str, at: datetime, tell: Tell
) -> Iterator[Event]:
    """An attendee's own copy with the answer, then the other copies in which it becomes visible."""

    def with_answer(event: Event) -> Event:
        return replace(event, attendees=tuple(map(answer, event.attendees)))

    def answer(attendee: Attendee) -> Attendee:
        if attendee.email != copy.mailbox:
            return attendee
        return replace(attendee, response=response, comment=comment, answered=at)

    yield with_answer(copy)
    sender = copies.mailbox(copy.mailbox)
    organizer = copies.mailbox(copy.organizer.email)
    if sender is None or organizer is None or not reaches(sender, organizer, tell):
        return
    original = copies.by_uid(organizer.address, copy.uid)
    if original is None:
        return
    yield with_answer(original)
    for attendee in original.attendees:
        other = copies.mailbox(attendee.email)
        # Guests see each other's answers inside Google; Outlook shows them to the organizer alone.
        if other is None or other.suite != "google" or organizer.suite != "google":
            continue
        if other.address not in (sender.address, organizer.address):
            theirs = copies.by_uid(other.address, copy.uid)
            if theirs is not None:
                yield with_answer(theirs)
