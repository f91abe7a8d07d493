"""The programme's mailbox as answers are read from it, and what has to be asked to believe them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from calendar_core.mailed_answer import MailedAnswer


@dataclass(frozen=True, slots=True, order=True)
class LetterNumber:
    """A letter's place: `uid` rises within one `validity`; a mailbox that was numbered anew has another one."""

    validity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter. `raw` is None where it is larger than any answer, and was left where it is."""

    number: LetterNumber
    raw: bytes | None


class Letters(Protocol):
    """The mailbox. Both raise ProviderUnavailable, and ProviderRejected where we are not let in."""

    async def after(self, last: LetterNumber | None, limit: int) -> tuple[Arrived, ...]:
        """The next letters, in order; from the first one on where `last` is None or of another numbering. Reading
        marks them as seen, and changes nothing else. Twice is harmless."""

    async def letter(self, number: LetterNumber) -> Arrived | None:
        """That one again; None if it is gone."""


class AnswerReader(Protocol):
    """Understands letters, and asks whether their sender's domain stands behind them."""

    async def read(self, raw: bytes) -> MailedAnswer:
        """What it claims. Raises LetterUnfit; never anything else, whatever the letter holds."""

    async def vouched(self, raw: bytes, domain: str) -> bool:
        """Whether a valid signature of that domain covers the letter. Raises ProviderUnavailable while the domain's
        key cannot be looked up."""


class TxtRecords(Protocol):
    """The domain name system, as far as keys are published in it."""

    async def txt(self, name: str) -> tuple[bytes, ...]:
        """The name's TXT records, each whole; none where there is no such name. Raises ProviderUnavailable where
        nobody answers."""
