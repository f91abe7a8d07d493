"""The programme's own mailbox, joined: what sends invitations from it, and what reads their answers out of it."""

from __future__ import annotations

import asyncio
import base64
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.mail_values import ImapSettings, MailSettings
from adapters.settings import Settings
from calendar_core.errors import ProviderRejected, ProviderUnavailable, StoreUnavailable
from calendar_core.event import Person
from calendar_core.job import READ_LETTERS, Job
from calendar_core.mail import Security, SmtpMailer, SmtpServer, smtp_login
from calendar_core.mail.imap import ImapAccount, ImapLetters, ImapWatch
from calendar_core.mail.signed_answers import SignedAnswers
from calendar_core.mail.txt_records import NameServers
from calendar_core.ports import (
    Clock,
    Invitations,
    Jobs,
    Letter,
    MailedAnswers,
    People,
    Sessions,
    TxtRecords,
)
from calendar_core.reading_mailed_answers import ReadingMailedAnswers
from calendar_core.reply_address import ReplyAddresses

log = logging.getLogger(__name__)

LOST = 60.0  # seconds until a lost connection is tried again; each minute the mailbox is read anyway


class AnswersKept(Protocol):
    """The ports of the store that answers go to."""

    @property
    def people(self) -> People: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def invitations(self) -> Invitations: ...

    @property
    def mailed_answers(self) -> MailedAnswers: ...

    @property
    def jobs(self) -> Jobs: ...


@dataclass(frozen=True, slots=True)
class AnswersByMail:
    """Reads them when told to, and `watch` tells as soon as one comes."""

    reading: ReadingMailedAnswers
    jobs: Jobs
    watching: ImapWatch

    async def watch(self) -> None:
        """Until cancelled. What it misses is found by the reading each minute."""
        loop, came = asyncio.get_running_loop(), asyncio.Event()
        waking = loop.create_task(self._wake(came))
        try:
            while True:
                try:
                    if not await self.watching.until_lost(came.set):
                        return
                except (ProviderUnavailable, ProviderRejected) as lost:
                    log.info("the mailbox is not watched: %s", type(lost).__name__)
                await asyncio.sleep(LOST)
        finally:
            waking.cancel()

    async def _wake(self, came: asyncio.Event) -> None:
        while await came.wait():
            came.clear()
            try:
                await self.jobs.defer(Job(READ_LETTERS))
            except StoreUnavailable:
                log.info("a letter waits for the next reading: the database does not answer")


def smtp_mailer(settings: Settings, real_now: Callable[[], datetime]) -> SmtpMailer | None:
    """None where no mail is set up: then nobody is invited by mail either, and no such work is left lying."""
    return SmtpMailer(_server(settings.mail), real_now) if settings.mail else None


async def log_in_to_mail_server(settings: Settings) -> None:
    """Whether it takes our name and password; no letter is sent. Raises ProviderRejected, ProviderUnavailable."""
    if settings.mail is not None:
        await smtp_login(_server(settings.mail))


async def send_examined_letter(settings: Settings, to: str, real_now: Callable[[], datetime]) -> None:
    """A letter that says what it is. Raises ProviderRejected, ProviderUnavailable."""
    mailer, mail = smtp_mailer(settings, real_now), settings.mail
    if mailer is not None and mail is not None:
        domain = mail.address.rpartition("@")[2]
        await mailer.send(
            Letter(
                sender=Person(mail.address, mail.name),
                to=Person(to, ""),
                subject="Pairtime is being checked",
                paragraphs=("`pairtime doctor` has sent this, to see that letters arrive. There is nothing to do.",),
                message_id=f"<{secrets.token_hex(16)}@{domain}>",
            )
        )


async def log_in_to_mailbox(settings: Settings) -> None:
    """The same, of the mailbox that answers are read from; no letter is read. Raises as above."""
    if settings.imap is not None:
        letters = ImapLetters(_account(settings.imap))
        try:
            await letters.after(None, 0)
        finally:
            await letters.close()


def reply_addresses(settings: Settings) -> ReplyAddresses | None:
    """None where no answers are read: then they go to the mailbox itself, where people may look."""
    if settings.mail is None or settings.imap is None or not settings.encryption_keys:
        return None
    secrets = tuple(base64.b64decode(each.key.reveal()) for each in settings.encryption_keys)
    return ReplyAddresses(settings.mail.address, secrets)


@asynccontextmanager
async def answers_by_mail(
    settings: Settings, kept: AnswersKept, clock: Clock, records: TxtRecords | None
) -> AsyncIterator[AnswersByMail | None]:
    """None where no mailbox is set up. `records`: the system's name servers, unless somebody plays the world."""
    addresses = reply_addresses(settings)
    if addresses is None or settings.imap is None:
        yield None
        return
    account = _account(settings.imap)
    letters = ImapLetters(account)
    reader = SignedAnswers(records or NameServers())
    reading = ReadingMailedAnswers(
        kept.people, kept.sessions, kept.invitations, kept.mailed_answers, letters, reader, addresses, clock
    )
    try:
        yield AnswersByMail(reading, kept.jobs, ImapWatch(account))
    finally:
        await letters.close()


def _server(mail: MailSettings) -> SmtpServer:
    return SmtpServer(
        host=mail.host,
        port=mail.port,
        security={"tls": Security.TLS, "starttls": Security.STARTTLS, "plain": Security.PLAIN}[mail.private],
        username=mail.username,
        password=mail.password.reveal() if mail.password else None,
    )


def _account(imap: ImapSettings) -> ImapAccount:
    return ImapAccount(
        host=imap.host, port=imap.port, user=imap.username, password=imap.password.reveal(), tls=imap.tls
    )
