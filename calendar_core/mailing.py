"""Sends everybody what they lack of an invitation: the job `mail`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from calendar_core.errors import NotTaken, ProviderRejected, ProviderUnavailable
from calendar_core.event import Person
from calendar_core.happening import InvitationRefused
from calendar_core.invitation import Copy, Guest, Invitation, calendar_file
from calendar_core.job import Job, mail_job
from calendar_core.people import User, UserId
from calendar_core.ports import (
    CalendarPart,
    Clock,
    Invitations,
    Jobs,
    Letter,
    Mailer,
    Penning,
    People,
    ReplyAddress,
    RetryAt,
    Telling,
)


@dataclass(frozen=True, slots=True)
class Mailing:
    """A letter is handed over, and then marked as sent: what was killed in between goes out once more, with the same
    Message-ID, UID and SEQUENCE, of which calendars make one. `reply_address` None: answers go to the mailbox itself.
    """

    people: People
    invitations: Invitations
    mailer: Mailer
    penning: Penning
    jobs: Jobs
    clock: Clock
    reply_address: ReplyAddress | None = None

    async def mail(self, job: Job) -> RetryAt | None:
        """One run. Before each letter the present state is read again: nobody is sent one that has been overtaken."""
        (key,) = job.subject
        unheard: dict[UserId, ProviderUnavailable] = {}
        while True:
            invitation = await self.invitations.of(key)
            now = self.clock.now()
            if invitation is None or now >= invitation.when.end:
                return None  # what is over needs no invitation any more
            missing = [copy for copy in invitation.missing() if copy.user not in unheard]
            if not missing:
                break
            try:
                await self._send(invitation, missing[0])
            except ProviderUnavailable as silence:
                unheard[missing[0].user] = silence
        return RetryAt(now + _pause(now - invitation.changed_at, *unheard.values())) if unheard else None

    async def sweep(self, _job: Job) -> None:
        """Gives what no job is left for its job again."""
        for key in await self.invitations.unsent(self.clock.now()):
            await self.jobs.defer(mail_job(key), lock=key)

    async def _send(self, invitation: Invitation, copy: Copy) -> None:
        """One letter to one of them. Raises ProviderUnavailable to be tried again."""
        letter = await self._letter(invitation, copy)
        await self.invitations.begin(invitation.key, copy.user, letter.message_id)
        try:
            await self.mailer.send(letter)
        except NotTaken:
            await self.invitations.not_taken(invitation.key, copy.user)
            raise
        except ProviderRejected:
            told = InvitationRefused(invitation.key, copy.user)
            tell = [Telling(each.user, told, self.clock.now()) for each in invitation.copies]
            if invitation.cancelled:
                tell = []  # whom the invitation never reached misses nothing
            await self.invitations.refused(invitation.key, copy.user, invitation.edition, tell=tell)
            return
        await self.invitations.sent(invitation.key, copy.user, invitation.edition)

    async def _letter(self, invitation: Invitation, copy: Copy) -> Letter:
        people = [await self.people.user(each.user) for each in invitation.copies]
        reader = next(each for each in people if each.id == copy.user)
        other = next(each for each in people if each.id != copy.user)
        text = self.penning.invitation(invitation, reader, other, news=copy.sent is not None)
        organizer = Person(self._organizer(invitation, reader), invitation.mailbox.name)
        guests = [Guest(_person(user), each.answer) for user, each in zip(people, invitation.copies, strict=True)]
        description = "\n\n".join(text.paragraphs)
        file = calendar_file(invitation, organizer, guests, title=invitation.title, description=description)
        message_id = invitation.message_id(copy)
        return Letter(
            sender=organizer,
            to=_person(reader),
            subject=text.subject,
            paragraphs=text.paragraphs,
            message_id=message_id,
            language=reader.language,
            after=copy.first if copy.first != message_id else None,
            calendar=CalendarPart(invitation.method, file),
        )

    def _organizer(self, invitation: Invitation, reader: User) -> str:
        if self.reply_address is None:
            return invitation.mailbox.email
        return self.reply_address.of(invitation.uid, reader.email)


def _person(user: User) -> Person:
    return Person(user.email, user.name, user.id)


def _pause(age: timedelta, *silences: ProviderUnavailable) -> timedelta:
    """A tenth of the age of what is to be told, from one second to five minutes; never shorter than was asked for."""
    asked = [silence.retry_after for silence in silences if silence.retry_after is not None]
    return max(min(max(age / 10, timedelta(seconds=1)), timedelta(minutes=5)), *asked, timedelta(0))
