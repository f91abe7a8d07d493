"""What Exchange's Calendar Attendant does with an invitation that arrives by mail: it lies in the calendar at once,
tentatively, before anybody has read the letter. Gmail leaves invitations of strangers in the mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sandbox.mailbox.calendar_file import CalendarFile
from sandbox.world import Attendee, Event, Mailbox, Timed, World
from sandbox.world.invitations import withdrawn
from sandbox.world.minting import event_id

STAMP = "mailed"  # in `Event.extra`: the DTSTAMP of the newest letter; only copies that came by mail have it


class Attendant:
    """Puts invitations into Outlook's calendars."""

    def __init__(self, world: World) -> None:
        self._world = world

    def receive(self, recipient: str, file: CalendarFile) -> None:
        """Whoever is no attendee, or has no Outlook calendar, finds it in the mail alone."""
        mailbox = self._world.mailbox(recipient)
        if mailbox is None or mailbox.suite != "microsoft" or not mailbox.has_calendar:
            return
        present = self._world.by_uid(mailbox.address, file.uid)
        if present is not None and not _is_news(present, file):
            return
        if file.method == "REQUEST" and any(each.email == mailbox.address for each in file.attendees):
            self._world.load([_copy(mailbox, file, present)])
        elif file.method == "CANCEL" and present is not None:
            self._world.load([withdrawn(present, mailbox, file.sequence)])


def _is_news(present: Event, file: CalendarFile) -> bool:
    """RFC 5546 2.1.5: a higher sequence, or the same and a newer stamp. What did not come by mail is not its to change;
    nor does a letter bring back what a later one has cancelled."""
    stamp = present.extra.get(STAMP)
    if not isinstance(stamp, str) or present.organizer.email != file.organizer.email:
        return False
    return (file.sequence, file.stamp) > (present.sequence, datetime.fromisoformat(stamp))


def _copy(mailbox: Mailbox, file: CalendarFile, present: Event | None) -> Event:
    when = Timed(file.start, file.end)
    attendees = file.attendees
    if (
        present is not None
        and isinstance(present.when, Timed)
        and (present.when.start, present.when.end)
        == (
            file.start,
            file.end,
        )
    ):
        attendees = tuple(_as_answered(each, mailbox, present) for each in attendees)
    made = present or Event(
        mailbox=mailbox.address, id=event_id("microsoft"), uid=file.uid, title="", when=when, organizer=file.organizer
    )
    return replace(
        made,
        title=file.title,
        when=when,
        attendees=attendees,
        body=file.body,
        location=file.location,
        sequence=file.sequence,
        status="confirmed",
        deleted=False,
        extra={**made.extra, STAMP: file.stamp.isoformat()},
    )


def _as_answered(attendee: Attendee, mailbox: Mailbox, present: Event) -> Attendee:
    """The owner's own answer stays where the time does."""
    if attendee.email != mailbox.address or present.response is None:
        return attendee
    return replace(attendee, response=present.response)
