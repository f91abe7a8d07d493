"""One-time codes by mail: words them, and hands them to the mail server."""

from __future__ import annotations

from dataclasses import dataclass

from bot.code_letter import code_letter
from calendar_core.event import Person
from calendar_core.people import User
from calendar_core.ports import Letter, Mailer


@dataclass(frozen=True, slots=True)
class CodeLetters:
    """A CodeSender. `sender` is the programme's own mailbox."""

    mailer: Mailer
    sender: Person

    async def send_code(self, user: User, code: str, key: str) -> None:
        """See CodeSender. An address that takes no mail is no reason to try again."""
        subject, paragraphs = code_letter(user, code)
        domain = self.sender.email.rpartition("@")[2]
        await self.mailer.send(
            Letter(
                sender=self.sender,
                to=Person(user.email, user.name),
                subject=subject,
                paragraphs=paragraphs,
                message_id=f"<{key}@{domain}>",
                language=user.language,
            )
        )
