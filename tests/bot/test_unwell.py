"""An admin's health names what the installation stands on where that is not well, and is silent where it is."""

from __future__ import annotations

from dataclasses import replace

from bot.wording import plain
from calendar_core.health import Unwell

from .talking import Talking, who


async def test_what_is_not_well_is_named_and_nothing_else(talk: Talking) -> None:
    await talk.make_admin("ana")
    before = (await talk.say(talk.stage.ana, "admin health"))["text"]

    async def everything() -> frozenset[Unwell]:
        return frozenset(Unwell)

    monitoring = replace(talk.conversation.core.monitoring, unwell=everything)
    conversation = replace(talk.conversation, core=replace(talk.conversation.core, monitoring=monitoring))
    answer = await conversation.say(who(talk.stage.ana), "admin health")
    for words in ("Encryption keys: ", "Public address: ", "Clock: ", "Mail records (SPF, DKIM, DMARC): "):
        assert words in plain(answer.reply, answer.reader)
        assert words not in before
