"""Notices by mail, for whom no chat reaches: words them, and hands them to the mail server."""

from __future__ import annotations

from dataclasses import dataclass

from bot.notice_letter import notice_letter
from bot.replies import Answer
from calendar_core.event import Person
from calendar_core.people import User
from calendar_core.ports import Letter, Mailer


@dataclass(frozen=True, slots=True)
class NoticeLetters:
    """A NoticePost. `sender` is the programme's own mailbox."""

    mailer: Mailer
    sender: Person

    async def send(self, user: User, key: str, answer: Answer) -> None:
        """See NoticePost."""
        subject, paragraphs = notice_letter(answer)
        domain = self.sender.email.rpartition("@")[2]
        await self.mailer.send(
            Letter(
                sender=self.sender,
                to=Person(user.email, user.name),
                subject=subject,
                paragraphs=paragraphs,
                message_id=f"<notice-{key.replace('/', '-')}@{domain}>",
                language=user.language,
            )
        )
