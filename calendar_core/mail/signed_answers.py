"""Reads answers out of letters: an AnswerReader."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from calendar_core.mailed_answer import MailedAnswer
from calendar_core.ports import TxtRecords

from . import signatures
from .itip import answer_in
from .letter import opened


@dataclass(frozen=True, slots=True)
class SignedAnswers:
    """See AnswerReader. Letters are taken apart in threads, so that a tangled one holds up nobody."""

    records: TxtRecords

    async def read(self, raw: bytes) -> MailedAnswer:
        return await asyncio.to_thread(lambda: answer_in(opened(raw)))

    async def vouched(self, raw: bytes, domain: str) -> bool:
        return await signatures.vouched(raw, domain, self.records)
