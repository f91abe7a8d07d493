"""A file by mail, to whoever has no OneDrive: to the address by which the programme knows that person."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from bot.replies import File, Reader
from bot.sentences import sentence
from bot.wording import Voice
from bot.words import TeamsFileWords
from calendar_core.event import Person
from calendar_core.people import Identity
from calendar_core.ports import Attachment, Letter, Mailer, People


@dataclass(frozen=True, slots=True)
class FileLetters:
    """`sender` is the programme's own mailbox."""

    mailer: Mailer
    sender: Person
    people: People

    async def send(self, who: Identity, file: File, reader: Reader) -> str:
        """The address that it went to; empty for an account that is nobody's. The same file twice has one Message-ID.
        Raises ProviderUnavailable, ProviderRejected."""
        user = await self.people.known_as(who)
        if user is None:
            return ""
        voice = Voice(reader)
        kept = sha256(f"{user.id} {file.name} ".encode() + file.content).hexdigest()[:32]
        await self.mailer.send(
            Letter(
                sender=self.sender,
                to=Person(user.email, user.name),
                subject=voice.unmarked(sentence(TeamsFileWords.LETTER_SUBJECT, name=file.name)),
                paragraphs=(voice.unmarked(sentence(TeamsFileWords.LETTER)),),
                message_id=f"<file-{kept}@{self.sender.email.rpartition('@')[2]}>",
                language=user.language,
                file=Attachment(file.name, file.media_type, file.content),
            )
        )
        return user.email
