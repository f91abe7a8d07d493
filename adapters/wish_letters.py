"""What admins ask of the operator, by mail: words it, and hands it to the mail server."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.wish_letter import wish_letter
from calendar_core.event import Person
from calendar_core.operator_wish import OperatorWish
from calendar_core.people import Organisation, User
from calendar_core.ports import Letter, Mailer

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def address_in_contact(contact: str | None) -> str | None:
    """The first address in whatever an operator named as contact: "Olu (olu@example.com)"."""
    found = ADDRESS.search(contact or "")
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class WishLetters:
    """An OperatorPost. `sender` is the installation's own mailbox, `operator` the operator's address."""

    mailer: Mailer
    sender: Person
    operator: str

    async def send(self, wish: OperatorWish, organisation: Organisation, admin: User) -> None:
        """See OperatorPost."""
        subject, paragraphs = wish_letter(organisation, admin)
        domain = self.sender.email.rpartition("@")[2]
        await self.mailer.send(
            Letter(
                sender=self.sender,
                to=Person(self.operator, "Operator"),
                subject=subject,
                paragraphs=paragraphs,
                message_id=f"<wish-{wish.organisation}-{int(wish.asked_at.timestamp())}@{domain}>",
            )
        )
