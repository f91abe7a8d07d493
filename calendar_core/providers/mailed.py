"""Events where no calendar can be written: they are kept here, and everybody is invited by mail (decision 3)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from calendar_core.errors import EventGone, KeyTaken, ProviderRejected, ProviderUnavailable
from calendar_core.event import Event, EventDraft, Person
from calendar_core.integration import Suite
from calendar_core.interval import Interval
from calendar_core.invitation import Copy, Invitation
from calendar_core.participation import Participation
from calendar_core.people import User, UserId
from calendar_core.ports import Clock, Invitations
from calendar_core.session import Conference

RACES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedFrom:
    """What mailed events need. `mailbox` is the programme's own address, None where no mail is set up: then nobody can
    be invited."""

    invitations: Invitations
    user: Callable[[UserId], Awaitable[User]]
    mailbox: Person | None
    clock: Clock


class MailedEvents:
    """An EventWriter for one person. Both people are invited, that one included; the job `mail` writes the letters. So
    what is created stands at once, whatever the mail server does."""

    def __init__(self, mailed_from: MailedFrom, owner: UserId) -> None:
        self._from = mailed_from
        self._owner = owner

    @property
    def suite(self) -> Suite | None:
        return None

    async def create(self, draft: EventDraft) -> Event:
        mailbox = self._from.mailbox
        if mailbox is None:
            raise ProviderRejected("no mail is set up")
        people = (draft.organizer.user, draft.attendee.user)
        invitation = Invitation(
            key=draft.key,
            uid=f"{draft.key}@{mailbox.email.rpartition('@')[2]}",
            mailbox=mailbox,
            title=draft.title,
            when=draft.when,
            zone=draft.zone,
            changed_at=self._from.clock.now(),
            copies=tuple(Copy(user) for user in people if user is not None),
            link=draft.room,
            private=draft.private,
            about=draft.about,
        )
        stored = await self._from.invitations.invite(invitation)
        if stored.cancelled:
            raise KeyTaken("cancelled")
        return await self._event(stored)

    async def read(self, event_id: str) -> Event:
        return await self._event(await self._stored(event_id))

    async def find(self, key: str) -> Event | None:
        found = await self._from.invitations.of(key)
        return None if found is None or found.cancelled else await self._event(found)

    async def move(self, event_id: str, when: Interval, zone: str) -> Event:
        return await self._changed(
            event_id,
            lambda stands: stands if stands.when == when else stands.moved(when, zone, self._from.clock.now()),
        )

    async def cancel(self, event_id: str) -> None:
        try:
            await self._changed(event_id, lambda stands: stands.called_off(self._from.clock.now()))
        except EventGone:
            return

    async def add_conference(self, event_id: str, key: str) -> Event:
        """Nobody makes a link here: one can only be given."""
        del key
        return await self._changed(event_id, lambda stands: stands)

    async def give_link(self, event_id: str, url: str) -> Event:
        return await self._changed(
            event_id, lambda stands: stands if stands.link == url else stands.linked(url, self._from.clock.now())
        )

    async def answer(self, uid: str, when: Interval, answer: Participation) -> None:
        """Kept here: the owner's own calendar is not ours to write. Of an event that others' calendars hold it says
        that there is none."""
        del when
        found = await self._from.invitations.with_uid(uid)
        if found is None or found.copy_of(self._owner) is None:
            raise EventGone("no such invitation")
        await self._changed(found.key, lambda stands: stands.answered(self._owner, answer))

    async def _stored(self, event_id: str) -> Invitation:
        found = await self._from.invitations.of(event_id)
        if found is None:
            raise EventGone("no such invitation")
        return found

    async def _changed(self, event_id: str, wanted: Callable[[Invitation], Invitation]) -> Event:
        """Begins again if somebody else was faster. Raises EventGone, also for a cancelled one."""
        for _ in range(RACES):
            stands = await self._stored(event_id)
            if stands.cancelled:
                raise EventGone("cancelled")
            changed = wanted(stands)
            if changed == stands or await self._from.invitations.change(stands, changed):
                return await self._event(changed)
        raise ProviderUnavailable("others keep changing the invitation")

    async def _event(self, invitation: Invitation) -> Event:
        people = [await self._from.user(copy.user) for copy in invitation.copies]
        answers = zip(people, invitation.copies, strict=True)
        return Event(
            id=invitation.key,
            uid=invitation.uid,
            etag=str(invitation.edition),
            when=invitation.when,
            cancelled=invitation.cancelled,
            busy=not invitation.cancelled,
            organizer_email=invitation.mailbox.email,
            answers=tuple((person.email.lower(), copy.answer) for person, copy in answers),
            conference=Conference(None, invitation.link) if invitation.link else None,
            conference_pending=False,
            updated=invitation.changed_at,
        )
