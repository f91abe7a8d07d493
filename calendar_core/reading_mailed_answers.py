"""Reads what people answered to invitations by mail, and believes little: the job `letters`.

An answer tells whether somebody comes. It never moves a session: a proposal of another time is refused, and its sender
told how to make one that can be looked at.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from calendar_core.errors import ProviderRejected, ProviderUnavailable
from calendar_core.happening import CounterRefused, SessionAccepted, SessionDeclined
from calendar_core.invitation import Invitation
from calendar_core.job import Job
from calendar_core.mailed_answer import LetterUnfit, MailedAnswer, Unfit
from calendar_core.participation import Participation
from calendar_core.people import User, address_of
from calendar_core.ports import (
    AnswerReader,
    Arrived,
    Clock,
    Invitations,
    LetterNumber,
    Letters,
    MailedAnswers,
    People,
    Read,
    RetryAt,
    Sessions,
    Taken,
    Telling,
)
from calendar_core.reply_address import ReplyAddresses
from calendar_core.session import STANDING

log = logging.getLogger(__name__)

AT_ONCE = 50
AGAIN = timedelta(minutes=5)
TRIED_FOR = timedelta(days=1)  # a domain whose key cannot be looked up for so long vouches for nothing
AHEAD = timedelta(days=1)  # a sender's clock may be wrong by so much; more would lock out later answers


@dataclass(frozen=True, slots=True)
class ReadingMailedAnswers:
    """A letter is done with in the transaction that keeps what was taken from it, so it counts once."""

    people: People
    sessions: Sessions
    invitations: Invitations
    answers: MailedAnswers
    letters: Letters
    reader: AnswerReader
    addresses: ReplyAddresses
    clock: Clock

    async def read(self, job: Job) -> RetryAt | None:
        """All that came since; with a subject that one letter again, whose signature could not be looked into."""
        try:
            if job.subject:
                return await self._again(LetterNumber(*map(int, job.subject)))
            while arrived := await self.letters.after(await self.answers.reached(self.addresses.mailbox), AT_ONCE):
                for each in arrived:
                    await self._take(each)
        except ProviderRejected as refused:
            log.warning("the mailbox lets nobody in", extra={"vendor": "imap", "code": refused.code})
        return None

    async def _again(self, number: LetterNumber) -> RetryAt | None:
        found = await self.letters.letter(number)
        if found is None or found.raw is None:
            return None
        try:
            await self._understood(number, found.raw)
        except ProviderUnavailable:
            return RetryAt(self.clock.now() + AGAIN)
        return None

    async def _take(self, arrived: Arrived) -> None:
        if arrived.raw is None:
            number = arrived.number
            await self._unfit(number, f"{number.validity}/{number.uid}", Unfit.TOO_LARGE)
            return
        try:
            await self._understood(arrived.number, arrived.raw)
        except ProviderUnavailable:
            await self.answers.put_off(self.addresses.mailbox, arrived.number, self.clock.now() + AGAIN)

    async def _understood(self, number: LetterNumber, raw: bytes) -> None:
        """Raises ProviderUnavailable while the sender's domain cannot be asked."""
        key = hashlib.sha256(raw).hexdigest()
        while True:
            if await self.answers.was_read(key):
                await self.answers.done(self._read(number, key))
                return
            try:
                taken, tell = await self._believed(raw)
            except LetterUnfit as unfit:
                await self._unfit(number, key, unfit.why)
                return
            if await self.answers.done(self._read(number, key), taken, tell=tell):
                return

    async def _believed(self, raw: bytes) -> tuple[Taken, list[Telling]]:
        """What follows from the letter. Raises LetterUnfit, and ProviderUnavailable."""
        answer = await self.reader.read(raw)
        invitation = await self.invitations.with_uid(answer.uid)
        if invitation is None:
            raise LetterUnfit(Unfit.UNKNOWN)
        user = await self._answering(answer, invitation)
        await self._insist_on_present(answer, invitation, user)
        if not await self._vouched(raw, answer):
            raise LetterUnfit(Unfit.NOT_SIGNED)
        return await self._effect(answer, invitation, user)

    async def _answering(self, answer: MailedAnswer, invitation: Invitation) -> User:
        """The one who was invited, by the address that only they were given."""
        invited = [await self.people.user(copy.user) for copy in invitation.copies]
        user = next((each for each in invited if address_of(each.email) == answer.attendee), None)
        if user is None or not self.addresses.given_to(invitation.uid, user.email, answer.to):
            raise LetterUnfit(Unfit.WRONG_ADDRESS)
        if answer.sent_by != answer.attendee:
            raise LetterUnfit(Unfit.OTHER_SENDER)
        return user

    async def _insist_on_present(self, answer: MailedAnswer, invitation: Invitation, user: User) -> None:
        now = self.clock.now()
        if invitation.cancelled or invitation.when.end <= now:
            raise LetterUnfit(Unfit.UNKNOWN)
        if answer.stamp > now + AHEAD:
            raise LetterUnfit(Unfit.MALFORMED)
        newest = await self.answers.newest(invitation, user.id)
        if answer.sequence != invitation.sequence or (newest is not None and answer.stamp <= newest):
            raise LetterUnfit(Unfit.STALE)

    async def _vouched(self, raw: bytes, answer: MailedAnswer) -> bool:
        try:
            return await self.reader.vouched(raw, answer.domain)
        except ProviderUnavailable:
            if self.clock.now() > answer.stamp + TRIED_FOR:
                return False
            raise

    async def _effect(self, answer: MailedAnswer, invitation: Invitation, user: User) -> tuple[Taken, list[Telling]]:
        now = self.clock.now()
        taken = Taken(
            invitation=invitation, user=user.id, answer=answer.answer, sequence=answer.sequence, stamp=answer.stamp
        )
        session = await self.sessions.with_event(invitation.key)
        if session is None:  # two people who agreed on a time without us looking: it is only noted
            return taken, []
        if answer.answer is None:
            return taken, [Telling(user.id, CounterRefused(session.uid), now)]
        if session.state not in STANDING or session.answer_of(user.id) is answer.answer:
            return taken, []
        taken = replace(taken, session=session.answered(user.id, answer.answer))
        if answer.answer is Participation.DECLINED:
            declined = SessionDeclined(session.uid, user.id)
            return taken, [Telling(each, declined, now) for each in session.people]
        if session.answer_of(user.id) is Participation.DECLINED:
            return taken, [Telling(session.other(user.id), SessionAccepted(session.uid, user.id), now)]
        return taken, []

    async def _unfit(self, number: LetterNumber, key: str, why: Unfit) -> None:
        log.info("a letter was not taken: %s", why.value)
        await self.answers.done(replace(self._read(number, key), unfit=why))

    def _read(self, number: LetterNumber, key: str) -> Read:
        return Read(mailbox=self.addresses.mailbox, number=number, key=key, at=self.clock.now())
