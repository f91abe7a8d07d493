"""A bot asks whether it may put a file into somebody's OneDrive, and the person allows it or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal  # attachments that were checked, looked into

from sandbox.teams.activities import Activities
from sandbox.teams.files import Files
from sandbox.teams.hands import Hands, Impossible
from sandbox.teams.outcome import UNREACHABLE, Outcome
from sandbox.world import Json

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
Decision = Literal["accept", "decline"]


@dataclass(frozen=True, slots=True)
class Consenting:
    hands: Hands
    files: Files

    async def decide(self, address: str, conversation: str, message: str, decision: Decision) -> Outcome:
        """The card is gone afterwards, as in Teams, whatever the bot answers."""
        person = self.hands.person(address)
        where = self.hands.message(person, conversation, message)
        card: Any = next(
            (each for each in where.attachments if isinstance(each, dict) and each.get("contentType") == CONSENT), None
        )
        if card is None:
            raise Impossible("That message asks for no such permission.")
        content, name = card["content"], str(card.get("name") or "file")
        value: dict[str, Json] = {
            "type": "fileUpload",
            "action": decision,
            "context": content.get(f"{decision}Context"),
        }
        if decision == "accept":
            size = content.get("sizeInBytes")
            value["uploadInfo"] = dict(self.files.allowed(name, size if isinstance(size, int) else 0))
        told = Activities(self.hands.state, person, self.hands.conversation(person, where.conversation))
        left = tuple(each for each in where.attachments if each is not card)
        words = f"{name}: {'allowed' if decision == 'accept' else 'declined'}"
        self.hands.state.messages.keep(replace(where, attachments=left, text=where.text or words, edited=True))
        self.hands.state.changes.tell()
        receipt = await self.hands.courier.ask(told.invoke("fileConsent/invoke", value, reply_to=message))
        return Outcome(receipt, trouble="" if receipt.good else UNREACHABLE)
